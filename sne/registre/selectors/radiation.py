"""How a demande was struck off, last, and for which reasons somebody may strike it off."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Protocol

from sne.referentiels.selectors import get_guichet
from sne.registre import policies
from sne.registre.models import Radiation
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.gel import Gel
from sne.registre.rules.radiation import PAS_DE_RETOUR, MotifRadiation, motifs_de, refus_de_retour
from sne.registre.rules.renouvellement import motif_de_refus
from sne.registre.selectors.gels import limite_de_retour
from sne.registre.selectors.renouvellement import Valable, get_fenetre
from sne.socle import horloge
from sne.socle.acteur import Acteur


class Resumable(Valable, Protocol):
    """The banner's values that a renewal depends on."""

    @property
    def statut(self) -> str: ...

    @property
    def territoire(self) -> str: ...


class Renouvelable(Protocol):
    """A file read: its demande, the striking-off and the freeze that hold."""

    @property
    def demande(self) -> Resumable: ...

    @property
    def radiation(self) -> Radiation | None: ...

    @property
    def gel(self) -> Gel | None: ...


def get_radiation(demande_id: uuid.UUID) -> Radiation | None:
    """The last striking-off, or ``None`` when there never was one; whether it still holds is the demande's status."""
    return Radiation.objects.filter(demande=demande_id).order_by("-revision").first()


def comptee_depuis(radiation: Radiation) -> date:
    """The day that the erasure is counted from: nothing is erased sooner after it was inscribed than the law gives."""
    return max(radiation.date_radiation, horloge.jour(radiation.inscrit_le))


def get_radiations(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, Radiation]:
    """The last striking-off of each of these demandes that ever had one, by demande."""
    lignes = Radiation.objects.filter(demande__in=demandes).order_by("demande", "revision")
    return {ligne.demande_id: ligne for ligne in lignes}


def list_motifs(acteur: Acteur, *, territoire: str, le: date) -> tuple[MotifRadiation, ...]:
    """Reasons for which the actor may strike off a demande of this territory, in the order of the article."""
    auteurs = policies.auteurs_de_radiation(
        acteur, territoire=territoire, bailleur=est_bailleur(acteur, le=le)
    )
    return motifs_de(auteurs)


def refus_de_renouveler(fiche: Renouvelable, acteur: Acteur, *, le: date) -> str:
    """Why the actor may not renew this file on that day, or bring it back; empty when they may."""
    demande, radiation = fiche.demande, fiche.radiation
    if radiation is None:
        return motif_de_refus(Statut(demande.statut), get_fenetre(demande, le=le, gel=fiche.gel), le)
    if not policies.can_reactiver(acteur, MotifRadiation(radiation.motif), territoire=demande.territoire):
        return PAS_DE_RETOUR
    return refus_de_retour(jour=le, limite=limite_de_retour(radiation, le=le))


def est_bailleur(acteur: Acteur, *, le: date) -> bool:
    """Whether the counter that the actor acts for is a landlord's."""
    guichet = get_guichet(acteur.territoire, acteur.guichet, le=le) if acteur.guichet else None
    return guichet is not None and bool(guichet.bailleur)
