"""A territory with its figures, people who hold it, and the service that passes every hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import time_machine
from django.db import connection, transaction

from sne.habilitations.models import CampagneRevue, Compte, Habilitation, LigneRevue, Suspension
from sne.habilitations.rules.acteurs import service
from sne.habilitations.rules.revues import CodeModele
from sne.habilitations.selectors import acteur_de
from sne.habilitations.verbes import VerbeHabilitation
from sne.infocentre.abonnements import tasks
from sne.infocentre.abonnements.actions.decider import abonner
from sne.infocentre.abonnements.models import SuiteEnvoi
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.decisions import Reglage
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.lac.models import Agregat, Curseur
from sne.infocentre.lac.verbes import VerbeLac
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.notifications.tasks import reprendre
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, jour
from tests.habilitations.factories import dire

ICI = Place(Lieu(NatureLieu.TERRITOIRE, "099"))
AU_JOUR_DEUX = Reglage(
    rapport="TB06",
    version=1,
    periode=PeriodeRelative.DOUZE_MOIS,
    calendrier=Calendrier(Rythme.MOIS, 2),
    format="csv",
    roles=("GESTIONNAIRE_TERRITORIAL",),
)


def le(annee: int, mois: int, quantieme: int, heure: int = 3) -> datetime:
    """That hour of that day in Paris."""
    return datetime(annee, mois, quantieme, heure, 37, tzinfo=PARIS)


def acteur(compte: Compte, instant: datetime) -> Any:
    """This person, as they act at that instant."""
    return acteur_de(compte, le=jour(instant))


def abonner_ici(compte: Compte, instant: datetime, *, place: Place = ICI, **autres: Any) -> Any:
    """Open a subscription as this person, at that instant."""
    reglage = replace(AU_JOUR_DEUX, **autres)
    cle = abonner(place, reglage, acte=Acte(acteur(compte, instant), instant))
    connection.check_constraints()
    return cle


def compter(mois: date, *, guichet: str = "099G0991", **mesures: int) -> None:
    """What that counter did in that month."""
    Agregat.objects.bulk_create(
        Agregat(territoire="099", mois=mois, ligne=guichet, mesure=mesure, valeur=valeur)
        for mesure, valeur in mesures.items()
    )


def verser(instant: datetime) -> None:
    """The lake was poured at that instant, and held nothing more."""
    acte = Acte(service("Versement"), instant)
    with transaction.atomic():
        Curseur.objects.update_or_create(
            id=1,
            defaults={"scellement": 1, "verse_le": instant, "mesures": "essai", "efface_le": instant},
        )
        inscrire(Entree(VerbeLac.VERSER_LAC, acte, faits={"scellement": "1"}))
    connection.check_constraints()


@contextmanager
def a(instant: datetime) -> Iterator[None]:
    """Everything happens at that instant."""
    with time_machine.travel(instant, tick=False):
        yield
        connection.check_constraints()


def passer(instant: datetime) -> None:
    """The lake is poured, then the service passes, as every hour; messages leave at the next try."""
    with a(instant):
        verser(instant)
        tasks.heure(0)


def courrier(instant: datetime) -> None:
    """The sending of messages, then the pass that takes note of it."""
    with a(instant):
        reprendre(0)
    with a(instant + timedelta(minutes=30)):
        tasks.heure(0)


def nuit(instant: datetime) -> None:
    """A pass, the messages, the pass that notes what became of them."""
    passer(instant)
    courrier(instant + timedelta(minutes=10))


def issues() -> list[tuple[str, str]]:
    """What happened to each occurrence, in order: its cycle, the outcome."""
    suites = SuiteEnvoi.objects.order_by("envoi__due_le", "survenu_le", "id")
    return [(s.envoi.occurrence, s.issue) for s in suites.select_related("envoi")]


def ecrits(genre: str = "ABONNEMENT_EDITION") -> list[tuple[str, dict[str, str]]]:
    """Messages of that kind, oldest first: to whom, what they say."""
    contenus = (get_contenu(m.id) for m in MessageAgent.objects.filter(genre=genre).order_by("id"))
    return [(c.destinataire, c.contexte) for c in contenus if c]


def suspendre(compte: Compte, depuis: datetime) -> None:
    """Nobody confirmed their role in time."""
    habilitation = Habilitation.objects.get(compte=compte)
    campagne = CampagneRevue.objects.create(
        territoire="099",
        modele=CodeModele.TRIMESTRIELLE,
        ouverte_par=compte.id,
        ouverte_le=depuis,
        limite=depuis.date(),
    )
    ligne = LigneRevue.objects.create(territoire="099", campagne=campagne, habilitation=habilitation)
    Suspension.objects.create(
        territoire="099",
        habilitation=habilitation,
        ligne=ligne,
        suspendue_le=depuis,
        expire_le=date(2030, 1, 1),
    )
    dire(VerbeHabilitation.SUSPENDRE_HABILITATION, habilitation=habilitation.id)
