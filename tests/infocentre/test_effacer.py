"""Erasure: the key goes with the demande, its rows within the delay, what they were worth stays; all still proves."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import DatabaseError, connection, transaction

from sne.infocentre.lac import tasks
from sne.infocentre.lac.actions.cellules import en_tableau
from sne.infocentre.lac.actions.effacer import effacer_du_lac
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Agregat, AgregatEfface, CleStatistique, Fichier
from sne.infocentre.lac.selectors import list_derriere, recalculer, sommer
from sne.infocentre.lac.selectors.preuve import list_ecarts, list_fichiers_abimes
from sne.journal.models import Entree
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import maintenant
from tests.infocentre.f1 import ANNEE, AU_GUICHET, F1, LIGNE, LUES, TERRITOIRE, midi
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
UN_AN_APRES = midi(date(2028, 12, 1))
"""Later than a year after the striking-off was inscribed."""


def effacer(le: datetime, *, sans_attendre: bool = False) -> int:
    return effacer_du_lac(acte=Acte(service_du_lac(), le), sans_attendre=sans_attendre)


def derriere_de(mesure: str, **quand: Any) -> int:
    """How much of a figure is of demandes erased since."""
    return list_derriere(mesure, guichets=None, territoires=[TERRITOIRE], **quand).effacees


@pytest.fixture
def versee() -> F1:
    """The whole story, in two files of each fact, then d1 and d4 erased."""
    histoire = F1()
    for _ in histoire.jouer():
        tout_sceller()
        verser(acte=Acte(service_du_lac(), maintenant()))
    return histoire


def purger(histoire: F1, *noms: str) -> None:
    for nom in noms:
        purger_demande(histoire.cles[nom], acte=Acte(horloge_du_registre(TERRITOIRE), UN_AN_APRES))
    tout_sceller()


@pytest.mark.parametrize("valeurs", [["", "75+", 'a"b', "c\\d", "{NULL}", "NULL", "é, '"], ["seule"], [""]])
def test_a_list_is_written_as_it_is_read(valeurs: list[str]) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT %s::text[], %s::bigint[]", [en_tableau(valeurs), en_tableau([-1, 12])])
        assert curseur.fetchone() == (valeurs, [-1, 12])


def test_totals_stay_proved_and_nothing_of_the_erased_is_left(versee: F1, lac: Path) -> None:
    partantes = CleStatistique.objects.filter(demande__in=[versee.cles["d1"], versee.cles["d4"]])
    cles, instant = set(partantes.values_list("cle", flat=True)), maintenant()
    purger(versee, "d1", "d4")
    assert not CleStatistique.objects.filter(cle__in=cles).exists(), "gone in the transaction of the erasure"
    verser(acte=Acte(service_du_lac(), instant))
    derriere = list_derriere("ATTRIBUTIONS", guichets=None, territoires=[TERRITOIRE], **ANNEE)
    assert (derriere.demandes, derriere.effacees) == ((versee.cles["d0"],), 2)
    assert effacer(instant + timedelta(days=5)) == 0, "not due yet"
    assert effacer(instant + timedelta(days=7)) == 20, "ten lines each"
    assert set(AgregatEfface.objects.filter(mesure="ATTRIBUTIONS").values_list("valeur", flat=True)) == {1}
    assert sommer(LUES, territoires=[TERRITOIRE], **ANNEE)[LIGNE] == AU_GUICHET[-1], "unchanged"
    assert recalculer(["ATTRIBUTIONS"], territoires=[TERRITOIRE], **ANNEE) == {LIGNE: {"ATTRIBUTIONS": 1}}
    assert (list_ecarts(), list_fichiers_abimes()) == ([], [])
    assert derriere_de("ATTRIBUTIONS", **ANNEE) == 2, "still told, from what is kept of them"
    assert derriere_de("RETARD_JOURS", **ANNEE, au_dela=-1) == 2
    fin_mars = {"du": date(2024, 1, 1), "au": date(2024, 3, 31)}
    assert derriere_de("ANCIENNETE_MOIS", **fin_mars, au_dela=-1) == 1, "d4 was open then, since that month"
    assert derriere_de("ANCIENNETE_MOIS", **fin_mars, au_dela=0) == 0
    assert effacer(instant + timedelta(days=60)) == 0, "once"
    restent = {x: lac / x for x in Fichier.objects.filter(detruit_le=None).values_list("chemin", flat=True)}
    assert {str(x.relative_to(lac)) for x in lac.rglob("*.parquet")} == set(restent)
    lues = {
        c for x in restent.values() for (c,) in duckdb.sql(f"SELECT cle FROM read_parquet('{x}')").fetchall()
    }
    assert lues.isdisjoint(cles)
    assert lues <= set(CleStatistique.objects.values_list("cle", flat=True))
    entree = Entree.objects.get(verbe="EFFACER_DU_LAC")
    assert entree.faits["lignes"] == 20


@pytest.mark.usefixtures("moteur_ici")
def test_files_of_a_past_month_become_one(versee: F1) -> None:
    lues = sommer(LUES, territoires=[TERRITOIRE], **ANNEE)
    assert Fichier.objects.filter(fait="attribution").count() > 1
    effacer(maintenant() + timedelta(days=40), sans_attendre=True)
    assert Fichier.objects.filter(fait="attribution", retire_le=None).count() == 1
    assert recalculer(LUES, territoires=[TERRITOIRE], **ANNEE) == lues
    assert (list_ecarts(), list_fichiers_abimes(), AgregatEfface.objects.count()) == ([], [], 0)
    purger(versee, "d0", "d1", "d4")
    effacer(maintenant() + timedelta(days=40), sans_attendre=True)
    assert not Fichier.objects.filter(fait="attribution", retire_le=None).exists(), (
        "nothing was left to write"
    )
    assert sommer(LUES, territoires=[TERRITOIRE], **ANNEE) == lues
    assert list_ecarts() == []


def test_before_the_first_pouring_there_is_nothing_to_take_out() -> None:
    assert effacer(maintenant(), sans_attendre=True) == 0
    with pytest.raises(NonHabilite):
        effacer_du_lac(acte=Acte(f.creer_acteur(), maintenant()))


def test_who_is_erased_leaves_though_nothing_can_be_poured(
    versee: F1, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The replica that pouring reads is away, for days maybe."""

    def refuser(**_: Any) -> None:
        raise Interdit("La copie de la base ne répond pas.")

    purger(versee, "d1")
    monkeypatch.setattr(tasks, "verser", refuser)
    monkeypatch.setattr(tasks, "maintenant", lambda: maintenant() + timedelta(days=40))
    presentes = Fichier.objects.filter(retire_le=None).values_list("lignes", flat=True)
    avant = sum(presentes.all())
    with pytest.raises(Interdit, match="ne répond pas"):
        tasks.heure(0)
    assert sum(presentes.all()) < avant


def test_a_key_goes_with_its_demande_only_and_the_cursor_never_back(versee: F1) -> None:
    for ordre in (
        "DELETE FROM cle_statistique",
        "UPDATE cle_statistique SET cle = cle + 1",
        "UPDATE lac_curseur SET scellement = scellement - 1",
        "DELETE FROM lac_fichier",
        "UPDATE lac_fichier SET sha256 = ''",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(ordre)
    assert Agregat.objects.exists()
