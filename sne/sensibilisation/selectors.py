"""Reads of awareness: what one has still to read or answer, the coverage of counters, what was found unclear."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Coalesce

from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_de, list_titulaires
from sne.referentiels.selectors import get_parametres
from sne.sensibilisation.models import (
    AccuseCampagne,
    CampagneAccueil,
    LectureRappel,
    ReponseScenario,
)
from sne.sensibilisation.parametres import ParametresSensibilisation
from sne.sensibilisation.policies import est_concerne
from sne.sensibilisation.rules import (
    RAPPEL,
    SCENARIOS,
    Acquis,
    Personne,
    Rappel,
    Scenario,
    debut_de_validite,
    qui_a_tout_trouve,
)
from sne.sensibilisation.rules.campagnes import Genre
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


@dataclass(frozen=True, slots=True)
class Etape:
    """One situation, and whether its right answer was found by this person while it holds."""

    scenario: Scenario
    faite: bool


def depuis_quand(le: datetime) -> datetime:
    """What is older than this instant is to be done again."""
    return debut_de_validite(
        le, mois=get_parametres(horloge.jour(le))[ParametresSensibilisation].sensibilisation_mois
    )


def get_rappel(acteur: Acteur, *, le: datetime) -> Rappel | None:
    """The reminder, while this person has not said that they read it; ``None`` when it does not concern them."""
    if not est_concerne(acteur) or has_lu(acteur.id, le=le):
        return None
    return RAPPEL


def has_lu(compte_id: uuid.UUID, *, le: datetime) -> bool:
    """Whether the person of this account read the present reminder, from any of their accounts."""
    lectures = LectureRappel.objects.filter(version=RAPPEL.version, survenu_le__gt=depuis_quand(le))
    return lectures.filter(compte__in=list_comptes_de(compte_id)).exists()


def list_etapes(acteur: Acteur, *, le: datetime) -> tuple[Etape, ...]:
    """Every situation in its order."""
    justes = ReponseScenario.objects.filter(
        compte__in=list_comptes_de(acteur.id), juste=True, survenu_le__gt=depuis_quand(le)
    )
    faites = set(justes.values_list("scenario", flat=True))
    return tuple(Etape(scenario, scenario.code in faites) for scenario in SCENARIOS.values())


def list_personnes(
    territoire: str, *, le: datetime, guichets: Collection[str] | None
) -> tuple[Personne, ...]:
    """People who may change a civil status in these counters of a territory (all of them: ``None``)."""
    titulaires = list_titulaires(Permission.ETAT_CIVIL_PROPOSER, territoire=territoire, le=horloge.jour(le))
    return tuple(
        Personne(t.guichet, t.personne, t.nom)
        for t in titulaires
        if guichets is None or t.guichet in guichets
    )


def get_acquis(personnes: Collection[Personne], *, le: datetime) -> Acquis:
    """What these people have read and found, from any of their accounts: two reads, however many they are."""
    ids, depuis = {p.id for p in personnes}, depuis_quand(le)
    personne = Coalesce("compte__titulaire", "compte")
    lectures = LectureRappel.objects.filter(version=RAPPEL.version, survenu_le__gt=depuis)
    justes = ReponseScenario.objects.filter(juste=True, survenu_le__gt=depuis)
    trouvees: dict[uuid.UUID, set[str]] = {}
    siennes = justes.annotate(personne=personne).filter(personne__in=ids)
    for qui, scenario in siennes.values_list("personne", "scenario").distinct():
        trouvees.setdefault(qui, set()).add(scenario)
    lus = lectures.annotate(personne=personne).filter(personne__in=ids).values_list("personne", flat=True)
    return Acquis(frozenset(lus), qui_a_tout_trouve(trouvees, attendues=SCENARIOS.keys()))


def get_campagne(code: str) -> CampagneAccueil | None:
    """By the code of its page; ``None`` while it is not launched."""
    return CampagneAccueil.objects.filter(code=code).first()


def get_campagne_de(code: str) -> CampagneAccueil:
    """By the code of its page. Raises ``Introuvable``."""
    campagne = get_campagne(code)
    if campagne is None:
        raise Introuvable("Cette campagne n’est pas lancée.")
    return campagne


def list_campagnes_en_cours(*, le: date) -> tuple[CampagneAccueil, ...]:
    """Launched and not over on that day, the first to end first."""
    return tuple(CampagneAccueil.objects.filter(du__lte=le, au__gte=le).order_by("au", "code"))


def list_accuses(code: str, acteur: Acteur) -> frozenset[Genre]:
    """What this person has said of it, in the place they act for."""
    accuses = AccuseCampagne.objects.filter(
        campagne=code, compte=acteur.id, territoire=acteur.territoire, guichet=acteur.guichet
    )
    return frozenset(Genre(g) for g in accuses.values_list("genre", flat=True))


def lieux_qui_ont_lu(*, le: date) -> frozenset[tuple[str, str, str]]:
    """(campaign, territory, counter) of each place where somebody read one that is not over on that day."""
    lus = AccuseCampagne.objects.filter(genre=Genre.LU.value, campagne__au__gte=le)
    return frozenset(lus.exclude(guichet="").values_list("campagne_id", "territoire", "guichet"))


def guichets_qui_affichent(code: str, territoire: str) -> frozenset[str]:
    """Counters of a territory where somebody says that the poster is up."""
    affiches = AccuseCampagne.objects.filter(campagne=code, territoire=territoire, genre=Genre.AFFICHEE.value)
    return frozenset(affiches.values_list("guichet", flat=True))


def get_lecteurs(code: str, personnes: Collection[Personne]) -> Acquis:
    """Which of these people read the campaign, from any of their accounts; nothing else is asked of them."""
    ids = {p.id for p in personnes}
    personne = Coalesce("compte__titulaire", "compte")
    lus = AccuseCampagne.objects.filter(campagne=code, genre=Genre.LU.value).annotate(personne=personne)
    trouves = frozenset(lus.filter(personne__in=ids).values_list("personne", flat=True))
    return Acquis(trouves, trouves)


def is_relayee(code: str, territoire: str) -> bool:
    """Whether somebody passed it on to the counters of this territory."""
    return AccuseCampagne.objects.filter(
        campagne=code, territoire=territoire, genre=Genre.RELAYEE.value
    ).exists()
