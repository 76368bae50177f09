"""Who helps on a demande, by where they are reached: an address of theirs is not one of the household's."""

import uuid
from datetime import date

from sne.referentiels.selectors import list_guichets
from sne.registre.demande.models.mandat_aide import MandatAide


def list_courriels_de_l_organisme(territoire: str, organisme: str, *, le: date) -> frozenset[str]:
    """The addresses of the counters of a body, in small letters; none for who is no body."""
    fiches = list_guichets(territoire, le=le) if organisme else ()
    return frozenset(f.courriel.casefold() for f in fiches if f.organisme == organisme and f.courriel)


def list_courriels_des_aidants(demande_id: uuid.UUID, *, le: date) -> dict[str, str]:
    """Where those who help on a demande, or are asked to, are reached, in small letters; each with who they are."""
    joints: dict[str, str] = {}
    for ligne in MandatAide.objects.filter(demande=demande_id, clos_le=None).order_by("survenu_le", "id"):
        siens = list_courriels_de_l_organisme(ligne.territoire, ligne.organisme, le=le)
        joints |= dict.fromkeys(siens | {ligne.courriel} - {""}, ligne.organisme_nom)
    return joints
