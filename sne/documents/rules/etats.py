"""States of a document, parts that it is kept as, and the moves between states: a table."""

from collections.abc import Mapping
from enum import StrEnum

from sne.documents.rules.refus import DocumentIndisponible
from sne.socle.erreurs import Efface, Introuvable


class EtatDocument(StrEnum):
    """Where a document stands.

    ``RECEPTION``: its row is there, its bytes may not be. ``QUARANTAINE``: the antivirus could not be asked yet.
    ``INFECTE`` and ``EFFACE`` are ends: the bytes go, the emptied row stays.
    """

    RECEPTION = "RECEPTION"
    QUARANTAINE = "QUARANTAINE"
    DISPONIBLE = "DISPONIBLE"
    INFECTE = "INFECTE"
    EFFACE = "EFFACE"


class Part(StrEnum):
    """What a stored object is of its document.

    ``ORIGINAL``: the document made safe, the only one ever handed over. ``RECU``: the bytes as received, kept while
    the antivirus has not answered, never opened. ``PAGE`` and ``VIGNETTE``: images of a page, counted from 1.
    ``TEXTE``: what a reading aid read. ``AIDES``: what other aids found, as JSON.
    """

    ORIGINAL = "ORIGINAL"
    RECU = "RECU"
    PAGE = "PAGE"
    VIGNETTE = "VIGNETTE"
    TEXTE = "TEXTE"
    AIDES = "AIDES"


class Verdict(StrEnum):
    """What the antivirus says; ``MUET``: it could not be asked."""

    SAIN = "SAIN"
    INFECTE = "INFECTE"
    MUET = "MUET"


class Magasin(StrEnum):
    """Where the bytes of an object are."""

    DISQUE = "disque"
    S3 = "s3"


TRANSITIONS: Mapping[EtatDocument, frozenset[EtatDocument]] = {
    EtatDocument.RECEPTION: frozenset(
        {EtatDocument.DISPONIBLE, EtatDocument.QUARANTAINE, EtatDocument.EFFACE}
    ),
    EtatDocument.QUARANTAINE: frozenset({EtatDocument.DISPONIBLE, EtatDocument.INFECTE, EtatDocument.EFFACE}),
    EtatDocument.DISPONIBLE: frozenset({EtatDocument.EFFACE}),
    EtatDocument.INFECTE: frozenset({EtatDocument.EFFACE}),
    EtatDocument.EFFACE: frozenset(),
}

ATTACHABLES = frozenset({EtatDocument.DISPONIBLE, EtatDocument.QUARANTAINE})

SANS_LECTURE: Mapping[EtatDocument, str] = {
    EtatDocument.RECEPTION: "Ce document est en cours d’enregistrement\u00a0: rouvrez-le dans quelques instants.",
    EtatDocument.QUARANTAINE: (
        "Ce document attend d’être contrôlé par l’antivirus, qui ne répond pas\u00a0: il s’ouvrira ensuite, "
        "sans rien faire de plus. Réessayez dans quelques minutes."
    ),
    EtatDocument.INFECTE: (
        "L’antivirus a trouvé un programme malveillant dans ce document\u00a0: il a été détruit. "
        "Demandez-en une autre copie."
    ),
}


def exiger_lisible(etat: EtatDocument, part: Part) -> None:
    """Refuse to open what is not available. Raises :class:`DocumentIndisponible`, ``Efface`` or ``Introuvable``."""
    if etat is EtatDocument.EFFACE:
        raise Efface("Ce document a été effacé.")
    if etat is not EtatDocument.DISPONIBLE:
        raise DocumentIndisponible(SANS_LECTURE[etat])
    if part is Part.RECU:
        raise Introuvable("Le fichier d’origine n’est pas conservé\u00a0: ouvrez le document.")
