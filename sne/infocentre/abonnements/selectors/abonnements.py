"""Subscriptions as they are decided now, and how they came to be so."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from sne.habilitations.selectors.departs import list_partants
from sne.infocentre.abonnements import policies
from sne.infocentre.abonnements.models import DecisionAbonnement
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.decisions import SANS_PERSONNE, Nature, Reglage
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.rapports.rules.lieux import lire_lieu
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable

HORS_PERIMETRE = "Aucun abonnement de votre périmètre sous cette adresse."


@dataclass(frozen=True, slots=True)
class Abonnement:
    """``nature``: of the last decision, taken by ``par``; ``depuis``: the first day on which it may be due;
    ``reprend``: somebody’s own that it goes on with.
    """

    id: uuid.UUID
    place: Place
    reglage: Reglage
    nature: Nature
    depuis: date
    par: str
    motif: str
    survenu_le: datetime
    reprend: uuid.UUID | None = None

    @property
    def vivant(self) -> bool:
        """Whether it still leaves."""
        return self.nature is not Nature.ARRETE


def get_abonnement(abonnement_id: uuid.UUID, acteur: Acteur) -> Abonnement:
    """A subscription that the actor decides of. Raises ``Introuvable``."""
    abonnement = lire_abonnement(abonnement_id)
    if not policies.can_tenir(acteur, place=abonnement.place, decoupage=get_decoupage()):
        raise Introuvable(HORS_PERIMETRE)
    return abonnement


def list_abonnements(acteur: Acteur) -> tuple[Abonnement, ...]:
    """Those that the actor decides of, of their places and their own: those that leave first, by report."""
    decoupage = get_decoupage()
    vus = [a for a in _lus(_dernieres(Q())) if policies.can_tenir(acteur, place=a.place, decoupage=decoupage)]
    return tuple(sorted(vus, key=lambda a: (not a.vivant, a.reglage.rapport, a.id)))


def list_a_reprendre(acteur: Acteur, *, le: date) -> tuple[Abonnement, ...]:
    """What is somebody’s own in a place that the actor holds, and ends, or ended, with their right: the place may go on
    with it, once."""
    decoupage, partants = get_decoupage(), list_partants(le=le)
    repris = DecisionAbonnement.objects.filter(reprend__isnull=False).values("reprend")
    siens = _dernieres(Q(compte__isnull=False) & ~Q(abonnement__in=repris))
    return tuple(
        a
        for a in _lus(siens)
        if (a.place.compte in partants if a.vivant else a.motif in SANS_PERSONNE)
        and policies.can_tenir(acteur, place=a.place.du_lieu, decoupage=decoupage)
    )


def list_vivants(condition: Q | None = None) -> tuple[Abonnement, ...]:
    """Every subscription that still leaves, of anybody: for the service."""
    return tuple(a for a in _lus(_dernieres(condition or Q())) if a.vivant)


def lire_abonnement(abonnement_id: uuid.UUID) -> Abonnement:
    """A subscription, whoever asks. Raises ``Introuvable``."""
    lu = next(iter(_lus(_dernieres(Q(abonnement=abonnement_id)))), None)
    if lu is None:
        raise Introuvable(HORS_PERIMETRE)
    return lu


def est_repris(abonnement_id: uuid.UUID) -> bool:
    """Whether its place goes on with it already."""
    return DecisionAbonnement.objects.filter(reprend=abonnement_id).exists()


def list_decisions(abonnement_id: uuid.UUID) -> tuple[Abonnement, ...]:
    """What was decided of it, the newest first."""
    lignes = DecisionAbonnement.objects.filter(abonnement=abonnement_id).order_by("-survenu_le", "-id")
    return tuple(_lus(lignes))


def _dernieres(condition: Q) -> QuerySet[DecisionAbonnement]:
    return (
        DecisionAbonnement.objects.filter(condition)
        .order_by("abonnement", "-survenu_le", "-id")
        .distinct("abonnement")
    )


def _lus(lignes: Iterable[DecisionAbonnement]) -> Iterable[Abonnement]:
    for ligne in lignes:
        lieu = lire_lieu(ligne.lieu)
        if lieu is None:
            raise ValueError(f"subscription {ligne.abonnement}: no such place")
        yield Abonnement(
            id=ligne.abonnement,
            place=Place(lieu, ligne.organisme, ligne.compte),
            reglage=Reglage(
                rapport=ligne.rapport,
                version=ligne.version,
                periode=PeriodeRelative(ligne.periode),
                calendrier=Calendrier(Rythme(ligne.rythme), ligne.jour),
                format=ligne.format,
                filtres=tuple((code, valeur) for code, valeur in ligne.filtres),
                tri=ligne.tri,
                roles=tuple(ligne.roles),
                epinglee=ligne.epinglee,
                sauf_vide=ligne.sauf_vide,
            ),
            nature=Nature(ligne.nature),
            depuis=ligne.depuis,
            par=str(ligne.decide_par["nom"]),
            motif=ligne.motif,
            survenu_le=ligne.survenu_le,
            reprend=ligne.reprend,
        )
