"""The files of the two sister services (search, events): a header, an operation, a list or anomalies. Pure.

They are read into plain mappings and written from them: nothing of them is content of a demande.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from sne.anomalies.catalogue import borner, ligne_de
from sne.nuu.rules.description import ESPACE
from sne.nuu.rules.ecriture import DECLARATION, PREFIXE, ecrire_instant
from sne.nuu.rules.valeurs import HORS_XML
from sne.nuu.rules.xml import MessageIllisible, local, texte
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.faits.rules.faits import FaitRefuse
from sne.socle.erreurs import Introuvable, NonHabilite, Refus

VERSION = "02.00"
type Arbre = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Demande:
    """What a file asks. ``contenu``: children of the root but the header, by name, texts at the leaves."""

    type_fichier: str
    guichet: str
    contenu: Arbre


def lire(racine: etree._Element) -> Demande:
    """Read one file. Raises ``MessageIllisible``."""
    if local(racine) != "interfaceNuu":
        raise MessageIllisible("Le fichier XML n’est pas un message interfaceNuu.")
    lu = _lire(racine)
    entete = lu.pop("entete", {})
    if not isinstance(entete, dict):
        raise MessageIllisible("Le fichier XML n’a pas d’en-tête.")
    return Demande(str(entete.get("typeFichier", "")), str(entete.get("codeGuichet", "")), lu)


def _lire(element: etree._Element) -> dict[str, Any]:
    """Children by name: a text, a mapping, or a list of those that come more than once."""
    lus: dict[str, list[Any]] = {}
    for enfant in element:
        lus.setdefault(local(enfant), []).append(_lire(enfant) if len(enfant) else texte(enfant))
    return {nom: valeurs[0] if len(valeurs) == 1 else valeurs for nom, valeurs in lus.items()}


def en_liste(valeur: Any) -> list[Any]:
    """One or several, as a list."""
    if valeur in (None, ""):
        return []
    return valeur if isinstance(valeur, list) else [valeur]


def ecrire(demande: Demande, corps: Iterable[tuple[str, Any]], *, date_fichier: datetime) -> str:
    """The answer: the header of the request, then what is given, in order; nothing is left empty."""
    entete = (
        ("typeFichier", demande.type_fichier),
        ("dateFichier", ecrire_instant(date_fichier)),
        ("codeGuichet", demande.guichet),
    )
    dedans = "".join(_ecrire(nom, valeur) for nom, valeur in (("entete", entete), *corps))
    return (
        f'{DECLARATION}<{PREFIXE}:interfaceNuu xmlns:{PREFIXE}="{ESPACE}" versionInterface="{VERSION}">'
        f"{dedans}</{PREFIXE}:interfaceNuu>"
    )


def _ecrire(nom: str, valeur: Any) -> str:
    if isinstance(valeur, Anomalie):
        return valeur.ecrire()
    if isinstance(valeur, Mapping):
        valeur = tuple(valeur.items())
    if isinstance(valeur, tuple):
        dedans = "".join(_ecrire(enfant, v) for enfant, v in valeur if v is not None)
    elif isinstance(valeur, bool):
        dedans = "true" if valeur else "false"
    else:
        dedans = escape(HORS_XML.sub("", str(valeur)))
    return f"<{PREFIXE}:{nom}>{dedans}</{PREFIXE}:{nom}>"


def anomalies(refus: Refus, famille: str) -> tuple[str, Any]:
    """``listeAnomalies`` of these services: a code and a text each. ``famille``: ``EVT`` or ``REC``."""
    phrases = (
        [a.phrase for a in refus.anomalies]
        if isinstance(refus, DepotIncomplet | FaitRefuse)
        else [refus.phrase]
    )
    return dire([(produit_de(refus, famille), phrase) for phrase in phrases])


def produit_de(refus: Refus, famille: str) -> str:
    """Which row of the catalogue says this refusal."""
    if isinstance(refus, NonHabilite):
        return f"{famille}_NON_HABILITE"
    if isinstance(refus, Introuvable):
        return f"{famille}_INTROUVABLE"
    if isinstance(refus, DepotIncomplet | FaitRefuse):
        return f"{famille}_CONTENU"
    return f"{famille}_INTERDIT"


def dire(produits: Iterable[tuple[str, str]]) -> tuple[str, Any]:
    """The same from codes of the product and sentences."""
    return "listeAnomalies", tuple(
        ("anomalie", Anomalie(ligne_de(produit).code, borner(phrase))) for produit, phrase in produits
    )


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One anomaly of these services."""

    code: str
    phrase: str

    def ecrire(self) -> str:
        """Its element: the code is an attribute."""
        return (
            f"<{PREFIXE}:anomalie code={quoteattr(self.code)}><{PREFIXE}:message>"
            f"{escape(HORS_XML.sub('', self.phrase))}</{PREFIXE}:message></{PREFIXE}:anomalie>"
        )
