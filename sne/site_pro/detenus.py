"""Pages that somebody answers for: shown when their rights end, handed over with the rest."""

import uuid
from collections.abc import Collection

from sne.habilitations.detenus import Detenu, Passation
from sne.habilitations.rules.carences import Lieu
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.site_pro.models import Page
from sne.site_pro.verbes import VerbeSite


def list_pages_detenues(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:  # noqa: ARG001 - of no place
    """« 3 pages du site »."""
    nombre = Page.objects.filter(proprietaire=compte_id).count()
    if not nombre:
        return ()
    libelle = f"{nombre} page{'s' * (nombre > 1)} du site"
    return (Detenu(libelle, "Une autre personne en répond, et reçoit ce que les lecteurs en disent.", True),)


def confier_pages(passation: Passation) -> int:
    """Give them to who takes over, in the caller's transaction; how many. Without anybody, they keep their owner."""
    if passation.successeur_id is None:
        return 0
    pages = Page.objects.filter(proprietaire=passation.compte_id)
    codes = sorted(pages.values_list("code", flat=True))
    if codes:
        pages.update(proprietaire=passation.successeur_id)
        faits = {"pages": codes, "proprietaire": str(passation.successeur_id)}
        inscrire(Entree(VerbeSite.DEPLACER_PAGE, passation.acte, faits=faits))
    return len(codes)
