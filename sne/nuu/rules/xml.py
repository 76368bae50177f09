"""Reading XML that comes from outside: no document type, no entity, bounded in size, depth, elements and attributes."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from sne.socle.signes import INSECABLE

BLANCS = b" \t\r\n"
# Walked by the library: in Python, to count costs more than to parse.
ELEMENTS = etree.XPath("count(//*)")
CHARGES = etree.XPath("boolean(//*[count(@*) > $attributs])")


class MessageIllisible(Exception):
    """What was received cannot be read. ``str(exc)`` is a French sentence for whoever sent it, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Limites:
    """Dated limits of what is read: bytes, numbers of elements, of attributes, of parts, levels."""

    message_octets: int
    parties: int
    entetes_octets: int
    fichier_octets: int
    elements: int
    profondeur: int
    attributs: int


def lire_xml(octets: bytes, limites: Limites) -> etree._Element:
    """The root of this document, comments and instructions left out. Raises ``MessageIllisible``.

    The document says its own encoding (else UTF-8): what the part around it announced is not asked.
    """
    if len(octets) > limites.fichier_octets:
        raise MessageIllisible(f"Le fichier XML dépasse {limites.fichier_octets} octets.")
    lecteur = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        racine = etree.fromstring(octets.strip(BLANCS), parser=lecteur)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise MessageIllisible(f"Le fichier XML est mal formé{INSECABLE}: corrigez-le.") from None
    if racine is None or racine.getroottree().docinfo.internalDTD is not None:
        raise MessageIllisible(
            "Le fichier XML déclare un type de document (DOCTYPE), ce qui n’est pas admis."
        )
    _mesurer(racine, limites)
    return racine


def _mesurer(racine: etree._Element, limites: Limites) -> None:
    if ELEMENTS(racine) > limites.elements:
        raise MessageIllisible(f"Le fichier XML compte plus de {limites.elements} éléments.")
    if _plus_profond_que(limites.profondeur)(racine):
        raise MessageIllisible(f"Le fichier XML compte plus de {limites.profondeur} niveaux.")
    if CHARGES(racine, attributs=limites.attributs):
        raise MessageIllisible(f"Un élément du fichier XML porte plus de {limites.attributs} attributs.")


@cache
def _plus_profond_que(niveaux: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/*' * (niveaux + 1)})")


def local(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def texte(element: etree._Element) -> str:
    """Text of an element, trimmed of XML white space; empty when it has none."""
    return (element.text or "").strip(" \t\r\n")
