"""Which registration made twice by mistake is taken back now, and for which other demande."""

from datetime import date
from typing import Protocol

from sne.referentiels.selectors import get_guichet
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.enquete.rules.gel import Gel
from sne.registre.enquete.selectors.gels import limite_de_retour
from sne.registre.vie import policies
from sne.registre.vie.models.annulation import Annulation
from sne.registre.vie.rules.radiation import PAS_DE_RETOUR, motifs_de, refus_de_retour
from sne.registre.vie.rules.renouvellement import motif_de_refus
from sne.registre.vie.selectors.renouvellement import Valable, get_fenetre
from sne.socle import horloge
from sne.socle.acteur import Acteur


def get_annulation(demande: Demande) -> Annulation | None:
    """The one that holds, with the demande that is kept; ``None`` unless the demande is taken back."""
    if demande.statut != Statut.ANNULEE:
        return None
    return Annulation.objects.filter(demande=demande).select_related("gardee").latest("revision")


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


def comptee_depuis(radiation: Radiation) -> date:
    """The day from which the erasure is counted: the delay of the law also has to pass since the striking-off was
    inscribed.
    """
    return max(radiation.date_radiation, horloge.jour(radiation.inscrit_le))


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
