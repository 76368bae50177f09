"""Dwellings let in the fictional territory and what RPLS says of them; reports that lived there, and who left."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from sne.demo.dossier import Dossier
from sne.demo.generation import locations, rapports
from sne.demo.generation.atelier import decor_du_territoire, ecrire_lot
from sne.demo.generation.locations import (
    AURETTE,
    COOPERATIVE,
    LOGIS,
    charger_millesimes,
    jouer_locations,
    list_locations,
)
from sne.demo.generation.menages import Generateur
from sne.demo.ouverture import ouvrir_comptes
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.infocentre.abonnements.models import Edition
from sne.infocentre.abonnements.rules.decisions import DEPART
from sne.infocentre.abonnements.selectors.abonnements import list_a_reprendre, list_abonnements
from sne.infocentre.abonnements.selectors.envois import list_derniers
from sne.infocentre.abonnements.selectors.migrations import list_dernieres
from sne.infocentre.ouvert import actions as ouvert
from sne.infocentre.ouvert.selectors import list_editions
from sne.infocentre.ouvert.tasks import calculer
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.infocentre.rpls.selectors import get_lettings
from sne.registre.demande.models.demande import Demande
from sne.registre.faits.models import Attribution
from sne.socle.horloge import PARIS
from tests.demo.decors import JOUR
from tests.demo.decors import generateur as dessiner
from tests.habilitations.factories import connecter
from tests.infocentre.abonnements.monde import compter, verser

MIDI = datetime(JOUR.year, JOUR.month, JOUR.day, 12, tzinfo=PARIS)
TAILLE = 4_000


def test_enough_households_for_every_landlord_the_same_at_each_call() -> None:
    louees = list_locations(dessiner(), TAILLE)
    assert louees == list_locations(dessiner(), TAILLE)
    assert len({x.rang for x in louees}) == len(louees) == sum(a + b for a, b in locations.QUOTAS.values())
    assert Counter(x.guichet for x in louees if x.bail.year == JOUR.year - 1) == {
        guichet: nombre for guichet, (nombre, _) in locations.QUOTAS.items()
    }
    assert all(x.bail < x.radiee_le < JOUR for x in louees)
    assert list_locations(dessiner(), 500) == ()


@pytest.fixture
def ouverts(settings: Any, tmp_path: Path) -> None:
    settings.DOSSIER_VAR, settings.DEMONSTRATION, settings.SMTP_URL = tmp_path, True, ""
    with time_machine.travel(MIDI, tick=False):
        ouvrir_comptes(Dossier(tmp_path))


@pytest.mark.usefixtures("en_owner", "ouverts")
def test_one_declares_more_one_less_one_nothing_let_one_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "QUOTAS", {"G0991": (4, 1), "G1011": (3, 1), "G1006": (1, 1)})
    for nom in (
        "consigner_decision",
        "consigner_attribution",
        "radier_demande",
    ):  # what keeps refusals has a transaction of its own
        monkeypatch.setattr(locations, nom, getattr(locations, nom).__wrapped__)
    generateur = Generateur(decor_du_territoire(JOUR))
    louees = list_locations(generateur, TAILLE)
    ecrire_lot(generateur, [x.rang for x in louees[1:]])
    assert jouer_locations(generateur, TAILLE) == len(louees) - 1, "somebody else has seen to that one"
    assert Demande.objects.filter(statut="RADIEE").count() == len(louees) - 1
    with time_machine.travel(MIDI, tick=False):
        charger_millesimes(generateur, TAILLE, instant=MIDI)
    lues = get_lettings(JOUR.year - 1, territoires=["099"])
    sne = Counter(x.bailleur for x in louees if x.bail.year == JOUR.year - 1)
    assert lues.lues(AURETTE, "099") > sne[AURETTE]
    assert 0 < lues.lues(LOGIS, "099") < sne[LOGIS]
    assert lues.lues(COOPERATIVE, "099") == 0
    assert "Non déclaré" in str(lues.lues("999000045", "099"))
    assert get_lettings(JOUR.year - 2, territoires=["099"]).charge
    with time_machine.travel(MIDI, tick=False):
        assert locations.corriger_un_contingent(generateur, TAILLE, instant=MIDI)
        assert not locations.corriger_un_contingent(generateur, TAILLE, instant=MIDI), "once"
        assert not locations.corriger_un_contingent(generateur, 500, instant=MIDI), "nobody was housed"
    [corrige] = Attribution.objects.exclude(remplace=None).select_related("remplace")
    assert (corrige.remplace.reservataire, corrige.reservataire) == ("PPRIOR", "COLTER")
    assert corrige.bail_signe_le < JOUR.replace(day=1), "of a month that was counted"


@pytest.mark.django_db
@pytest.mark.usefixtures("ouverts")
def test_who_comes_after_finds_what_was_set_and_nothing_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    compter(MIDI.date().replace(month=10, day=1), DEPOTS=12)
    compter(MIDI.date().replace(year=2024, month=1, day=1), DEPOTS=12)
    verser(MIDI)
    monkeypatch.setattr(rapports, "_verser", lambda _: None)
    monkeypatch.setattr(rapports.time, "sleep", lambda _: calculer())
    monkeypatch.setattr(ouvert, "list_comptes", lambda _: {("99001", "1"): 400, ("99008", "2"): 300})
    monkeypatch.setattr(ouvert, "ecrire_parquet", lambda *a: a[-1].write(b"PAR1"))
    with time_machine.travel(MIDI, tick=False):
        assert rapports.jouer_rapports(maintenant=MIDI) == 6
        assert rapports.jouer_rapports(maintenant=MIDI) == 0, "once"
        connection.check_constraints()
    gt = acteur_de(Compte.objects.get(courriel="helene.vasseur@exemple.fr"), le=JOUR)
    lus = list_abonnements(gt)
    flux = get_rapport("R04")
    assert {a.reglage.version for a in lus if a.vivant and a.reglage.rapport == "R04"} == {max(flux.versions)}
    assert flux.versions[1].vie.retiree(MIDI)
    assert flux.versions[1].vie.nom(MIDI).endswith("_OLD")
    etats = Counter(str(m.etat) for m in list_dernieres([a.id for a in lus]).values())
    assert etats == {"ACCEPTEE": 1, "AUTOMATIQUE": 2, "ARRETEE": 1}
    derniers = list_derniers([a.id for a in lus if a.vivant])
    assert {str(e.etat) for e in derniers.values()} == {"ENVOYE"}
    with time_machine.travel(MIDI, tick=False):
        client = connecter(Client(), Compte.objects.get(id=gt.id))
        assert client.get(reverse("infocentre-version", args=["R04", 1])).status_code == 410
        gardees = Edition.objects.filter(rapport="R04", version=1)
        assert {client.get(reverse("edition", args=[e.id])).status_code for e in gardees} == {200}
    [offert] = list_a_reprendre(gt, le=JOUR)
    assert offert.motif == DEPART
    assert [(e.annee, e.issue) for e in list_editions()] == [(JOUR.year - 1, ""), (JOUR.year - 2, "PUBLIEE")]
