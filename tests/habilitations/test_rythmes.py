"""Regular reviews: what may be decided, when one is due, that it outlives whoever decided it, and failures told."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.habilitations import tasks
from sne.habilitations.actions import (
    OuvertureRevue,
    arreter_revues,
    clore_revues,
    ouvrir_revue,
    ouvrir_revue_due,
    programmer_revues,
)
from sne.habilitations.models import CampagneRevue, Compte, RythmeRevue
from sne.habilitations.rules.rythmes import Rythme, lire_rythme
from sne.habilitations.selectors.revues import CLOSES_PAR_PAGE, list_campagnes_closes
from sne.habilitations.selectors.rythmes import (
    get_etat_des_revues,
    list_etats_des_revues,
    list_revues_dues,
)
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, NonHabilite
from tests.habilitations import factories as f
from tests.habilitations.test_revues import LE, acteur
from tests.registre.factories import midi

DEMAIN = LE + timedelta(days=1)


@pytest.mark.decision("D-2024-07")
@pytest.mark.parametrize(
    ("derniere", "prochaine"),
    [
        (None, date(2026, 11, 30)),
        (date(2026, 11, 2), date(2026, 11, 30)),  # before: the day that was chosen stands
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 12, 3), date(2027, 3, 3)),
    ],
)
def test_the_next_review_counts_from_the_last_one(derniere: date | None, prochaine: date) -> None:
    assert Rythme(3, date(2026, 11, 30)).prochaine(derniere) == prochaine


@pytest.mark.parametrize(
    ("mois", "premiere", "champ"),
    [
        (0, DEMAIN, "mois"),
        (13, DEMAIN, "mois"),
        (3, LE, "premiere"),
        (3, LE + relativedelta(months=12, days=1), "premiere"),
    ],
)
def test_a_rhythm_that_makes_no_sense_is_refused(mois: int, premiere: date, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_rythme(mois, premiere, le=LE, mois_max=12)
    assert refus.value.champ == champ


def regler(
    par: Acteur, *, mois: int = 3, premiere: date = DEMAIN, le: date = LE, territoire: str = "099"
) -> None:
    programmer_revues(territoire, mois=mois, premiere=premiere, acte=Acte(par, midi(le)))


@pytest.fixture
def gt() -> Compte:
    f.creer_agent(le=midi(LE))
    return f.creer_gestionnaire(le=midi(LE))


@pytest.mark.django_db
class TestRhythm:
    """Set, changed, stopped; opened each time its day comes."""

    def test_set_changed_stopped_each_told(self, gt: Compte) -> None:
        par = acteur(gt)
        regler(par)
        etat = get_etat_des_revues("099")
        assert (etat.rythme, etat.prochaine) == (Rythme(3, DEMAIN), DEMAIN)
        with pytest.raises(Interdit, match="déjà réglées ainsi"):
            regler(par)
        regler(par, mois=6, le=LE + timedelta(days=1), premiere=LE + timedelta(days=9))
        arreter_revues("099", acte=Acte(par, midi(LE + timedelta(days=2))))
        assert get_etat_des_revues("099").prochaine is None
        with pytest.raises(Interdit, match="rien à arrêter"):
            arreter_revues("099", acte=Acte(par, midi(LE + timedelta(days=3))))
        dites = Entree.objects.filter(verbe__in=["PROGRAMMER_REVUES", "ARRETER_REVUES"]).order_by(
            "survenu_le"
        )
        assert [(e.verbe, e.faits.get("mois"), e.territoire) for e in dites] == [
            ("PROGRAMMER_REVUES", 3, "099"),
            ("PROGRAMMER_REVUES", 6, "099"),
            ("ARRETER_REVUES", None, "099"),
        ]
        with pytest.raises(DatabaseError), transaction.atomic():
            RythmeRevue.objects.update(mois=1)

    def test_refused_by_person(self, gt: Compte) -> None:
        for compte, territoire in ((f.creer_responsable(le=midi(LE)), "099"), (gt, "02B"), (gt, "")):
            with pytest.raises(NonHabilite, match="régler les revues"):
                regler(acteur(compte), territoire=territoire)
            with pytest.raises(NonHabilite):
                arreter_revues(territoire, acte=Acte(acteur(compte), midi(LE)))
        regler(acteur(f.creer_exploitation(le=midi(LE))), territoire="02B")
        assert [e.territoire for e in list_etats_des_revues(acteur(gt))] == ["099"]

    def test_nothing_is_set_when_the_journal_fails(self, gt: Compte) -> None:
        with (
            mock.patch(
                "sne.habilitations.actions.revues.programmer.inscrire", side_effect=RuntimeError("journal")
            ),
            pytest.raises(RuntimeError, match="journal"),
        ):
            regler(acteur(gt))
        assert not RythmeRevue.objects.exists()

    def test_it_opens_when_its_day_comes_and_outlives_whoever_set_it(self, gt: Compte) -> None:
        regler(acteur(gt))
        assert list_revues_dues(le=LE) == ()
        assert not ouvrir_revue_due("099", survenu_le=midi(LE))
        autre = f.creer_gestionnaire(le=midi(LE))
        Compte.objects.filter(id=gt.id).update(actif=False)
        f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=gt.id)
        assert list_revues_dues(le=DEMAIN) == ("099",)
        assert ouvrir_revue_due("099", survenu_le=midi(DEMAIN))
        campagne = CampagneRevue.objects.get()
        assert (campagne.modele, campagne.limite) == ("TRIMESTRIELLE", DEMAIN + timedelta(days=21))
        prevenus = MessageAgent.objects.filter(genre="REVUE_A_FAIRE").values_list("compte", flat=True)
        assert autre.id in prevenus
        ouverte = Entree.objects.get(verbe="OUVRIR_REVUE")
        assert ouverte.acteur["nom"] == "Service des habilitations"
        # Each quarter, once the one before it has ended.
        assert not ouvrir_revue_due("099", survenu_le=midi(DEMAIN + relativedelta(months=3)))
        clore_revues(midi(campagne.limite + timedelta(days=1)))
        assert not ouvrir_revue_due("099", survenu_le=midi(DEMAIN + relativedelta(months=3, days=-1)))
        assert ouvrir_revue_due("099", survenu_le=midi(DEMAIN + relativedelta(months=3)))

    def test_a_review_of_the_whole_territory_counts_and_one_of_a_guichet_does_not(self, gt: Compte) -> None:
        regler(acteur(gt))
        ouvrir_revue(OuvertureRevue("099", "G0993"), acte=Acte(acteur(gt), midi(LE)))
        assert list_revues_dues(le=DEMAIN) == ("099",)
        ouvrir_revue(OuvertureRevue("099"), acte=Acte(acteur(gt, le=DEMAIN), midi(DEMAIN)))
        assert list_revues_dues(le=DEMAIN) == ()
        etat = get_etat_des_revues("099")
        assert (etat.ouverte, etat.prochaine) == (True, DEMAIN + relativedelta(months=3))

    def test_where_nobody_holds_a_role_nothing_opens(self, gt: Compte) -> None:
        regler(acteur(f.creer_exploitation(le=midi(LE))), territoire="02B")
        assert not ouvrir_revue_due("02B", survenu_le=midi(DEMAIN))
        assert not CampagneRevue.objects.exists()

    def test_the_ended_ones_come_by_pages(self, gt: Compte, django_assert_num_queries: Any) -> None:
        par = acteur(gt)
        for rang in range(CLOSES_PAR_PAGE + 1):
            le = LE + timedelta(days=30 * rang)
            ouvrir_revue(OuvertureRevue("099"), acte=Acte(acteur(gt, le=le), midi(le)))
            CampagneRevue.objects.filter(close_le=None).update(close_le=midi(le))
            if not rang:
                with django_assert_num_queries(3):
                    assert list_campagnes_closes(par, le=LE)[1] == 1
        with django_assert_num_queries(3):
            premiere, nombre = list_campagnes_closes(par, le=LE)
        assert (len(premiere), nombre) == (CLOSES_PAR_PAGE, CLOSES_PAR_PAGE + 1)
        assert premiere[0].limite > premiere[-1].limite
        (derniere,), _ = list_campagnes_closes(par, le=LE, page=2)
        assert derniere.limite < premiere[-1].limite
        ailleurs = f.creer_gestionnaire(territoire="02B", le=midi(LE))
        assert list_campagnes_closes(acteur(ailleurs), le=LE) == ((), 0)
        page = f.connecter(Client(), gt).get(reverse("revue-ouvrir"), {"page": "2"}).content.decode()
        assert 'href="?page=1" rel="prev"' in page
        assert "Suivantes" not in page


@pytest.fixture
def demain() -> Iterator[time_machine.Traveller]:
    """The clock of the machine stands on the day after the decisions."""
    with time_machine.travel(midi(DEMAIN), tick=False) as horloge:
        yield horloge


def contexte(essais: int) -> Any:
    """What a worker gives to a job at its n-th new try."""
    return SimpleNamespace(job=SimpleNamespace(attempts=essais))


@pytest.mark.django_db
@pytest.mark.usefixtures("demain")
class TestJobs:
    """One job for each territory: whichever fails stops itself alone, and is told."""

    def test_each_territory_due_has_its_job(self, gt: Compte) -> None:
        exploitant = f.creer_exploitation(le=midi(LE))
        f.creer_agent(territoire="02B", guichet="GD2B1", le=midi(LE))
        for territoire in ("099", "02B"):
            regler(acteur(exploitant), territoire=territoire)
        assert tasks.ouvrir_les_dues(0) == 2
        jobs = ProcrastinateJob.objects.filter(task_name=tasks.OUVRIR_DUE)
        assert [tasks.ouvrir_due(contexte(0), **job.args) for job in jobs] == [True, True]
        assert tasks.ouvrir_les_dues(0) == 0

    @pytest.mark.parametrize(("essais", "prevenus"), [(0, 0), (tasks.ESSAIS_AU_PLUS, 1)])
    def test_a_failure_is_told_once_every_try_was_made(self, gt: Compte, essais: int, prevenus: int) -> None:
        exploitant = f.creer_exploitation()
        for _ in range(2):
            with (
                mock.patch("sne.habilitations.tasks.ouvrir_revue_due", side_effect=RuntimeError("base")),
                pytest.raises(RuntimeError, match="base"),
            ):
                tasks.ouvrir_due(contexte(essais), territoire="099")
        ecrits = MessageAgent.objects.filter(genre="REVUE_NON_OUVERTE")
        assert [m.compte for m in ecrits] == [exploitant.id] * prevenus


@pytest.mark.django_db
def test_the_page_sets_changes_and_stops(demain: time_machine.Traveller) -> None:
    client = f.connecter(Client(), f.creer_gestionnaire())
    page = reverse("revue-rythme", args=["099"])
    assert page in client.get(reverse("revue-ouvrir")).content.decode()
    vierge = client.get(page).content.decode()
    assert 'value="3"' in vierge
    lendemain = f"{DEMAIN + timedelta(days=1):%d/%m/%Y}"
    assert lendemain in vierge
    for saisie, phrase in (
        ({"mois": "", "premiere": lendemain}, "indiquez un nombre de mois"),
        ({"mois": "trois", "premiere": lendemain}, "en chiffres"),
        ({"mois": "40", "premiere": lendemain}, "de 1 à 12"),
        ({"mois": "3", "premiere": "01/01/2020"}, "ce jour est passé"),
    ):
        texte = client.post(page, saisie).content.decode()
        assert phrase in texte.lower()
        assert f'value="{saisie["mois"]}"' in texte or not saisie["mois"]
    texte = client.post(page, {"mois": "6", "premiere": lendemain}, follow=True).content.decode()
    assert "continuent si vous partez" in texte
    assert "tous les 6" in texte
    assert "tous les 6" in client.get(reverse("revue-ouvrir")).content.decode()
    arreter = reverse("revue-rythme-arreter", args=["099"])
    demain.shift(timedelta(minutes=1))
    assert "régulières arrêtées" in client.post(arreter, follow=True).content.decode()
    assert "rien à arrêter" in client.post(arreter, follow=True).content.decode()
    for ailleurs in ("02B", "zzz"):
        assert client.get(reverse("revue-rythme", args=[ailleurs])).status_code == 404
