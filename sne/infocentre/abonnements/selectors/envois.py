"""What was due of each subscription and how it ended; what still waits."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from sne.infocentre.abonnements.models import EnvoiDu, SuiteEnvoi
from sne.infocentre.abonnements.rules.issues import FINALES, Issue, derniere
from sne.infocentre.abonnements.selectors.abonnements import Abonnement, get_abonnement
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable

DERNIERS = 10


@dataclass(frozen=True, slots=True)
class SuiteVue:
    """One thing that happened to an occurrence. ``par``: who did it."""

    issue: Issue
    motif: str
    destinataires: int
    edition: uuid.UUID | None
    par: str
    survenu_le: datetime


@dataclass(frozen=True, slots=True)
class EnvoiVu:
    """One occurrence, with what happened to it, the oldest first."""

    id: uuid.UUID
    abonnement: uuid.UUID
    occurrence: str
    due_le: date
    du: date
    au: date
    constate_le: datetime
    suites: tuple[SuiteVue, ...]

    @property
    def deja(self) -> tuple[Issue, ...]:
        """What happened to it, in order."""
        return tuple(suite.issue for suite in self.suites)

    @property
    def etat(self) -> Issue | None:
        """How it stands; ``None`` while nothing was done of it."""
        return derniere(self.deja)

    @property
    def fin(self) -> SuiteVue | None:
        """What ended it, else what happened last, sendings again aside."""
        return next((s for s in self.suites if s.issue is self.etat), None)

    @property
    def edition(self) -> uuid.UUID | None:
        """The last edition that was made of it."""
        return next((s.edition for s in reversed(self.suites) if s.edition), None)

    def quand(self, issue: Issue) -> datetime | None:
        """When this happened first."""
        return next((s.survenu_le for s in self.suites if s.issue is issue), None)


def list_envois(abonnement_id: uuid.UUID, *, au_plus: int = DERNIERS) -> tuple[EnvoiVu, ...]:
    """The last occurrences of a subscription, the newest first."""
    envois = EnvoiDu.objects.filter(abonnement=abonnement_id).order_by("-due_le", "-id")
    return _vus(envois.prefetch_related("suites")[:au_plus])


def list_derniers(abonnements: Collection[uuid.UUID]) -> dict[uuid.UUID, EnvoiVu]:
    """The last occurrence of each of these subscriptions that was ever due."""
    envois = EnvoiDu.objects.filter(abonnement__in=[*abonnements]).order_by("abonnement", "-due_le", "-id")
    return {e.abonnement: e for e in _vus(envois.distinct("abonnement").prefetch_related("suites"))}


def list_codes(abonnement_id: uuid.UUID) -> frozenset[str]:
    """The cycles that a subscription was due in already."""
    return frozenset(EnvoiDu.objects.filter(abonnement=abonnement_id).values_list("occurrence", flat=True))


def list_ouverts() -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    """Occurrences without an end and their subscription, the oldest due first."""
    return tuple(_ouverts().order_by("due_le", "id").values_list("id", "abonnement"))


def list_a_arreter(abonnement_id: uuid.UUID) -> tuple[EnvoiVu, ...]:
    """Those of a subscription that nothing was sent for yet: they end with it."""
    ouverts = _ouverts().filter(abonnement=abonnement_id).order_by("due_le", "id")
    return tuple(e for e in _vus(ouverts.prefetch_related("suites")) if Issue.PREPARE not in e.deja)


def lire_envoi(envoi_id: uuid.UUID) -> EnvoiVu:
    """One occurrence, whoever asks. Raises ``Introuvable``."""
    envois = _vus(EnvoiDu.objects.filter(id=envoi_id).prefetch_related("suites"))
    if not envois:
        raise Introuvable("Aucun envoi de votre périmètre sous cette adresse.")
    return envois[0]


def get_envoi(envoi_id: uuid.UUID, acteur: Acteur) -> tuple[EnvoiVu, Abonnement]:
    """One occurrence of a subscription that the actor decides of, and the subscription. Raises ``Introuvable``."""
    envoi = lire_envoi(envoi_id)
    return envoi, get_abonnement(envoi.abonnement, acteur)


def est_apres_un_echec(envoi: EnvoiVu) -> bool:
    """Whether the occurrence that ended before this one did not leave: the next one says that it leaves again."""
    precedents = EnvoiDu.objects.filter(abonnement=envoi.abonnement, due_le__lt=envoi.due_le)
    for precedent in _vus(precedents.order_by("-due_le", "-id").prefetch_related("suites")[:DERNIERS]):
        if precedent.etat in FINALES:
            return precedent.etat is Issue.ECHEC
    return False


@dataclass(frozen=True, slots=True)
class Attente:
    """Occurrences due without an end: how many, and how long the oldest one of which nothing was told has waited."""

    ouverts: int
    depuis: timedelta


def get_attente(*, le: datetime) -> Attente:
    """What waits of every subscription, for whoever runs the service."""
    dits = SuiteEnvoi.objects.filter(
        envoi=OuterRef("pk"), issue__in=[Issue.RETARDE.value, Issue.SANS_LECTEUR.value]
    )
    muets = _ouverts().filter(~Exists(dits)).order_by("survenu_le").values_list("survenu_le", flat=True)
    premier = muets.first()
    return Attente(_ouverts().count(), le - premier if premier else timedelta())


def _ouverts() -> QuerySet[EnvoiDu]:
    finies = SuiteEnvoi.objects.filter(envoi=OuterRef("pk"), issue__in=[i.value for i in FINALES])
    return EnvoiDu.objects.filter(~Exists(finies))


def _vus(envois: Iterable[EnvoiDu]) -> tuple[EnvoiVu, ...]:
    return tuple(
        EnvoiVu(
            id=e.id,
            abonnement=e.abonnement,
            occurrence=e.occurrence,
            due_le=e.due_le,
            du=e.du,
            au=e.au,
            constate_le=e.survenu_le,
            suites=_suites(e.suites.all()),
        )
        for e in envois
    )


def _suites(suites: Collection[SuiteEnvoi]) -> tuple[SuiteVue, ...]:
    return tuple(
        SuiteVue(
            Issue(s.issue), s.motif, s.destinataires, s.edition_id, str(s.decide_par["nom"]), s.survenu_le
        )
        for s in sorted(suites, key=lambda s: (s.survenu_le, s.id))
    )
