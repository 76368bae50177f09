"""The SOAP 1.2 envelope: the operation that its body names and its children; the answer, or the fault. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from sne.nuu.rules.parties import Jointe, Recu, assembler, depuis_base64, nouvel_identifiant, reference
from sne.nuu.rules.xml import Limites, MessageIllisible, lire_xml, local

SOAP = "http://www.w3.org/2003/05/soap-envelope"
SERVICE = "http://ws.metier.nuu.application.i2/"
XOP = "http://www.w3.org/2004/08/xop/include"
TYPE_SOAP = "application/soap+xml; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Appel:
    """What is asked: the element of the body, its texts and its files by name of child; last word of the action."""

    corps: str
    textes: Mapping[str, str]
    fichiers: Mapping[str, bytes]
    action: str = ""


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file of an answer. ``lisible``: read as text by clients; a PDF is not."""

    nom: str
    element_du_nom: str
    element: str
    octets: bytes
    type_mime: str = "text/xml"


def lire_appel(recu: Recu, limites: Limites) -> Appel:
    """The call that this envelope makes. Raises ``MessageIllisible``."""
    racine = lire_xml(recu.enveloppe, limites)
    if racine.tag != f"{{{SOAP}}}Envelope":
        raise MessageIllisible("Enveloppe SOAP 1.2 attendue.")
    corps = racine.find(f"{{{SOAP}}}Body")
    demandes = [] if corps is None else list(corps)
    if len(demandes) != 1:
        raise MessageIllisible("Le corps de l’enveloppe SOAP doit contenir un seul élément.")
    textes: dict[str, str] = {}
    fichiers: dict[str, bytes] = {}
    for enfant in demandes[0]:
        nom = local(enfant)
        inclusion = enfant.find(f"{{{XOP}}}Include")
        if inclusion is not None:
            cle = reference(inclusion.get("href", ""))
            if cle not in recu.parties:
                raise MessageIllisible("Une partie citée par l’enveloppe n’est pas dans le message.")
            fichiers[nom] = recu.parties[cle]
        elif len(enfant):  # a filter whose code is in an attribute
            raise MessageIllisible("Un élément de l’enveloppe contient ce qui n’y est pas attendu.")
        else:
            textes[nom] = (enfant.get("code") or enfant.text or "").strip()
    return Appel(local(demandes[0]), textes, fichiers, recu.action.rstrip("/").rpartition("/")[2])


def fichier_de(appel: Appel, nom: str) -> bytes:
    """The file in this child, whether it came as a part or as base64 text. Raises ``MessageIllisible``."""
    if nom in appel.fichiers:
        return appel.fichiers[nom]
    return depuis_base64(appel.textes.get(nom, "").encode("utf-8"))


def repondre(corps: str, fichiers: Sequence[Fichier]) -> tuple[str, bytes]:
    """Content-Type and body of a good answer."""
    jointes: list[Jointe] = []
    enfants = "".join(_enfants(fichiers, jointes))
    enveloppe = (
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body><ns2:{corps} xmlns:ns2="{SERVICE}">'
        f"{enfants}</ns2:{corps}></soap:Body></soap:Envelope>"
    )
    return assembler(enveloppe, jointes)


def _enfants(fichiers: Sequence[Fichier], jointes: list[Jointe]) -> Iterator[str]:
    for fichier in fichiers:
        cle = nouvel_identifiant()
        jointes.append(
            Jointe(cle, fichier.type_mime, fichier.octets, lisible=fichier.type_mime == "text/xml")
        )
        yield f"<{fichier.element_du_nom}>{escape(fichier.nom)}</{fichier.element_du_nom}>"
        yield (
            f"<{fichier.element} ns2:contentType={quoteattr(fichier.type_mime)}>"
            f'<xop:Include xmlns:xop="{XOP}" href={quoteattr(f"cid:{cle}")}/></{fichier.element}>'
        )


def fauter(phrase: str, *, receveur: bool = False, detail: str = "") -> bytes:
    """A SOAP fault: of who sent (``Sender``), or of this service (``Receiver``). ``detail``: element of the detail."""
    code = "Receiver" if receveur else "Sender"
    suite = (
        f'<soap:Detail><ns2:{detail} xmlns:ns2="{SERVICE}"><message>{escape(phrase)}</message></ns2:{detail}>'
        "</soap:Detail>"
        if detail
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body><soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value>'
        f'</soap:Code><soap:Reason><soap:Text xml:lang="fr">{escape(phrase)}</soap:Text></soap:Reason>{suite}'
        "</soap:Fault></soap:Body></soap:Envelope>"
    ).encode()
