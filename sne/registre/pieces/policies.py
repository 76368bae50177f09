"""Who adds, opens, qualifies and destroys documents."""

import uuid

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_ecrire_sante, can_lire
from sne.socle.acteur import Acteur, Canal


def can_lire_pieces(acteur: Acteur, *, territoire: str, demande: uuid.UUID | None = None) -> bool:
    """Know of the documents of a file and open them; those that say something of health need that right besides."""
    return acteur.peut(Permission.PIECE_LIRE, territoire, demande=demande)


def can_lire_piece(acteur: Acteur, *, territoire: str, sante: bool, demande: uuid.UUID | None = None) -> bool:
    """Know of one document, and open it."""
    return can_lire_pieces(acteur, territoire=territoire, demande=demande) and (
        not sante or acteur.peut(Permission.SANTE_LIRE, territoire, demande=demande)
    )


def can_deposer_piece(
    acteur: Acteur, *, territoire: str, demande: uuid.UUID | None = None, sante: bool = False
) -> bool:
    """Add a document, replace one, note that one was seen: any counter of the territory, the holder of the demande.

    What says something of health needs its own right.
    """
    permis = acteur.peut(Permission.PIECE_DEPOSER, territoire, demande=demande)
    return permis and (not sante or can_ecrire_sante(acteur, territoire=territoire, demande=demande))


def can_qualifier_piece(acteur: Acteur, *, territoire: str, sante: bool) -> bool:
    """Say what a document is worth: those who may open it, by a right of its own."""
    return acteur.peut(Permission.PIECE_QUALIFIER, territoire) and can_lire_piece(
        acteur, territoire=territoire, sante=sante
    )


def can_detruire_piece(acteur: Acteur, demande: Demande) -> bool:
    """Take the bytes of a document found infected: the service alone, which asked the antivirus."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)
