"""The message of a partner given back as it came, with what is wrong with it. Pure."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from sne.nuu.rules.description import ESPACE
from sne.nuu.rules.ecriture import PREFIXE, AnomalieFilaire, ecrire_anomalies
from sne.nuu.rules.valeurs import HORS_XML
from sne.nuu.rules.xml import local

APRES = ("dateDerniereModificationPiece", "incrementFichier")
A_NOUS = ("listeAnomalie", "listeDoublons")
"""What only the service writes: a message that carries some is given back without."""


def renvoyer(racine: etree._Element, anomalies: Sequence[AnomalieFilaire], *, doublons: str = "") -> str:
    """The same message with its anomalies, in their place. ``doublons``: rows of close demandes, already written."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_racine(racine, ecrire_anomalies(anomalies), doublons)}'


def _racine(racine: etree._Element, anomalies: str, doublons: str) -> str:
    version = racine.get("versionInterface", "")
    attributs = f' xmlns:{PREFIXE}="{ESPACE}"' + (
        f" versionInterface={quoteattr(version)}" if version else ""
    )
    enfants = "".join(_element(enfant, anomalies, doublons) for enfant in racine)
    return f"<{PREFIXE}:interfaceNuu{attributs}>{enfants}</{PREFIXE}:interfaceNuu>"


def _element(element: etree._Element, anomalies: str, doublons: str) -> str:
    nom = local(element)
    attributs = "".join(
        f" {PREFIXE + ':' if cle.startswith('{') else ''}{cle.rpartition('}')[2]}={quoteattr(valeur)}"
        for cle, valeur in element.attrib.items()
    )
    gardes = [enfant for enfant in element if local(enfant) not in A_NOUS]
    morceaux = [_element(enfant, anomalies, doublons) for enfant in gardes]
    if nom == "demandeLogement":
        place = next((rang for rang, enfant in enumerate(gardes) if local(enfant) in APRES), len(gardes))
        morceaux.insert(place, _balises("listeAnomalie", anomalies) + _balises("listeDoublons", doublons))
    texte = escape(HORS_XML.sub("", element.text or "")) if not len(element) else ""
    return f"<{PREFIXE}:{nom}{attributs}>{texte}{''.join(morceaux)}</{PREFIXE}:{nom}>"


def _balises(nom: str, contenu: str) -> str:
    return f"<{PREFIXE}:{nom}>{contenu}</{PREFIXE}:{nom}>" if contenu else ""
