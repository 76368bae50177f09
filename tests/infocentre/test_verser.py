"""The pourer killed anywhere, two at once, what does not agree: cells are always what the files say."""

import os
import resource
import shutil
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from sne.infocentre.lac.actions import verser as module
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.disque import TRAVAIL, LacInaccessible, exiger_present
from sne.infocentre.lac.extraction import VersementRefuse, extraire
from sne.infocentre.lac.models import Agregat, Curseur, Fichier
from sne.infocentre.lac.selectors import get_avancement, recalculer, sommer
from sne.infocentre.lac.selectors.preuve import EcartDeCellule, list_ecarts, list_fichiers_abimes
from sne.infocentre.moteur import lancer
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.socle.horloge import maintenant
from tests.infocentre.f1 import ANNEE, AU_GUICHET, F1, LIGNE, LUES, TERRITOIRE
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
OISIVE = "SHOW idle_in_transaction_session_timeout"
ETAPES = ("_tirer_les_cles", "_extraire", "_ecrire", "inscrire_fichiers", "ajouter")
"""After each of these the process is killed; the two last are inside the transaction."""


def agir(**autres: Any) -> Any:
    return verser(acte=Acte(service_du_lac(), autres.pop("le", maintenant())))


@pytest.fixture
def scellee(sans_mesure: None) -> F1:
    histoire = F1()
    next(histoire.jouer())
    tout_sceller()
    return histoire


def mourir_apres(etape: str) -> None:
    """Pour in another process, which is killed at once after that step."""
    connection.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it forks beside threads, and is killed
        pid = os.fork()
    if not pid:
        etait: Callable[..., Any] = getattr(module, etape)

        def tuee(*args: Any, **kwargs: Any) -> None:
            etait(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(module, etape, tuee)
        try:
            agir()
        finally:
            os._exit(3)  # it was to be killed
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


@pytest.mark.usefixtures("sans_mesure")
@pytest.mark.parametrize("tours", [2, pytest.param(4, marks=pytest.mark.longue)])
def test_killed_anywhere_nothing_is_lost_nor_counted_twice(lac: Path, tours: int) -> None:
    """So many times after each of the five steps, twenty in all at length, then once when all is done: what the next
    one finds is what was there before."""
    histoire = F1()
    suite = histoire.jouer()
    next(suite)
    tout_sceller()
    agir()
    avant, fichiers = set(Agregat.objects.values_list()), Fichier.objects.count()
    list(suite)
    tout_sceller()
    for etape in ETAPES * tours:
        mourir_apres(etape)
        assert (set(Agregat.objects.values_list()), Fichier.objects.count()) == (avant, fichiers)
    assert list_ecarts() == []
    mourir_apres("_inscrire")
    assert sommer(LUES, territoires=[TERRITOIRE], **ANNEE)[LIGNE] == AU_GUICHET[-1]
    assert agir() == [], "it was done"
    assert (list_ecarts(), list_fichiers_abimes()) == ([], [])
    agir(le=maintenant() + timedelta(hours=2))
    presents = {str(x.relative_to(lac)) for x in lac.rglob("*") if x.is_file()}
    assert presents == set(Fichier.objects.values_list("chemin", flat=True)), "what nothing names is swept"


@contextmanager
def disque_plein(octets: int) -> Iterator[None]:
    """No file grows past that size, of this process nor of the engine's: what a full disk answers."""
    avant = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, avant[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, avant)


@pytest.mark.parametrize("octets", [100, 1_000], ids=["extraits", "fichiers"])
def test_a_full_disk_moves_nothing_is_told_and_the_next_pouring_mends(scellee: F1, octets: int) -> None:
    with disque_plein(octets), pytest.raises((OSError, lancer.MoteurEnPanne)):
        agir()
    assert [m for m in (Fichier, Agregat, Curseur) if m.objects.exists()] == []
    assert get_avancement(le=maintenant() + timedelta(hours=27)).en_retard
    assert len(agir()) == 1
    assert (list_ecarts(), list_fichiers_abimes()) == ([], [])


@pytest.mark.parametrize("reste", ["rien", "un dossier vide", "un fichier à sa place"])
def test_a_lake_that_is_away_takes_nothing_is_told_and_the_next_pouring_goes_on(
    scellee: F1, lac: Path, reste: str
) -> None:
    """Its disk is not mounted, or answers no more: nothing is poured beside it; when it is back, all is."""
    agir()
    avant = set(Agregat.objects.values_list()), Fichier.objects.count()
    ailleurs = lac.rename(lac.with_name("démonté"))
    if reste == "un dossier vide":
        lac.mkdir()
    elif reste == "un fichier à sa place":
        lac.touch()
    f.deposer(le=f.MAINTENANT)
    tout_sceller()
    with pytest.raises(LacInaccessible):
        agir()
    with pytest.raises(LacInaccessible):
        list_ecarts()
    with pytest.raises(LacInaccessible):
        recalculer(["DEPOTS"], territoires=[TERRITOIRE], **ANNEE)
    assert (set(Agregat.objects.values_list()), Fichier.objects.count()) == avant
    assert get_avancement(le=maintenant() + timedelta(hours=27)).en_retard
    assert sommer(["DEPOTS"], territoires=[TERRITOIRE], **ANNEE), "tables of today are read without it"
    lac.unlink() if lac.is_file() else shutil.rmtree(lac, ignore_errors=True)
    ailleurs.rename(lac)
    assert len(agir()) == 1
    assert (list_ecarts(), list_fichiers_abimes()) == ([], [])


def test_no_place_to_work_is_the_lake_away(scellee: F1, lac: Path) -> None:
    lac.mkdir()
    (lac / TRAVAIL).touch()
    with pytest.raises(LacInaccessible, match="no place to work"):
        agir()
    assert [m for m in (Fichier, Agregat, Curseur) if m.objects.exists()] == []


def test_a_disk_that_fails_is_the_lake_away(lac: Path) -> None:
    """Not « no such file »: an error of its own, as a share that went away gives."""
    lac.mkdir()
    with pytest.raises(LacInaccessible, match="cannot be looked at"):
        exiger_present("x" * 300)


def test_the_connection_that_lent_its_view_waits_as_long_as_the_other_needs(
    scellee: F1, tmp_path: Path
) -> None:
    """No limit of an idle transaction in that one, and in that one alone."""
    with connection.cursor() as curseur:
        curseur.execute("SET idle_in_transaction_session_timeout = '1min'")
        try:
            with transaction.atomic():
                extraire(tmp_path, depuis=0, jusqua=1)
                assert curseur.execute(OISIVE).fetchone() == ("0",)
            assert curseur.execute(OISIVE).fetchone() == ("1min",)
        finally:
            curseur.execute("RESET idle_in_transaction_session_timeout")


def test_two_at_once_one_pours(scellee: F1, url_runtime: str) -> None:
    with psycopg.connect(url_runtime) as autre:
        autre.execute("SELECT pg_advisory_lock(hashtextextended('lac', 0))")
        assert agir() == []
        autre.execute("SELECT pg_advisory_unlock(hashtextextended('lac', 0))")
        assert len(agir()) == 1


def test_whoever_poured_meanwhile_is_not_poured_over(scellee: F1) -> None:
    """The lock is that of a session: one that was cut off lost it."""
    rien: dict[str, list[object]] = {"fichiers": [], "cellules": []}
    with pytest.raises(VersementRefuse, match="est passé avant"):
        module._inscrire([], rien, sceaux=(5, 6), acte=Acte(service_du_lac(), maintenant()))


def test_an_act_without_its_row_stops_the_pouring(scellee: F1, url_owner: str) -> None:
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE radiation DISABLE TRIGGER USER")
        owner.execute("DELETE FROM radiation")
    with pytest.raises(VersementRefuse, match="RADIER 1"):
        agir()
    assert not Fichier.objects.exists()


def test_lines_that_do_not_reach_the_file_stop_the_pouring(
    scellee: F1, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = lancer.executer

    def amputer(ordre: Any, **options: Any) -> Any:
        ordre["faits"]["depot"]["lignes"] += 1
        return vrai(ordre, **options)

    monkeypatch.setattr(lancer, "executer", amputer)
    with pytest.raises(lancer.MoteurEnPanne, match="depot: 7 lines sent, 6 read"):
        agir()
    assert [m for m in (Fichier, Agregat, Curseur) if m.objects.exists()] == []


def test_a_little_at_a_time(scellee: F1, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pouring takes some seals only; its entry names the files that it wrote."""
    f.deposer(le=f.MAINTENANT)
    tout_sceller()
    vrais = module.get_parametres
    monkeypatch.setattr(module, "get_parametres", lambda le: vrais(le).avec(lac_entrees_par_versement=1))
    un, autre = agir()
    assert (un.depuis, un.jusqua, autre.depuis) == (0, autre.depuis, un.jusqua)
    assert (un.lignes["depot"], autre.lignes["depot"]) == (6, 1)
    entrees = Entree.objects.filter(verbe="VERSER_LAC")
    assert {cle for e in entrees for cle in e.faits["fichiers"]} == {str(x.id) for x in Fichier.objects.all()}
    assert list_ecarts() == []


def test_the_service_alone_pours() -> None:
    with pytest.raises(NonHabilite):
        verser(acte=Acte(f.creer_acteur(), f.MAINTENANT))


def test_a_damaged_file_is_told(scellee: F1, lac: Path) -> None:
    agir()
    premier, second = Fichier.objects.order_by("chemin")[:2]
    (lac / premier.chemin).unlink()
    (lac / second.chemin).write_bytes(b"autre chose")
    assert [x.partition(" : ")[0] for x in list_fichiers_abimes()] == [premier.chemin, second.chemin]


def test_a_cell_that_does_not_prove_is_told(scellee: F1) -> None:
    agir()
    avril = {"mesure": "DEPOTS", "ligne": LIGNE, "mois": date(2024, 4, 1)}
    Agregat.objects.filter(**avril).update(valeur=7)
    assert list_ecarts() == [
        EcartDeCellule(TERRITOIRE, "GUICHET", LIGNE, "2024-04-01", "DEPOTS", cellule=7, lac=1)
    ]
    Agregat.objects.filter(**avril).delete()
    assert list_ecarts() == [
        EcartDeCellule(TERRITOIRE, "GUICHET", LIGNE, "2024-04-01", "DEPOTS", cellule=0, lac=1)
    ]


def test_other_formulas_count_the_cells_again(scellee: F1) -> None:
    agir()
    avant = sommer(["DEPOTS"], territoires=[TERRITOIRE], **ANNEE)
    Agregat.objects.filter(mesure="DEPOTS").delete()
    Curseur.objects.update(mesures="autres formules")
    agir()
    assert sommer(["DEPOTS"], territoires=[TERRITOIRE], **ANNEE) == avant
    assert list_ecarts() == []


def test_what_waits_too_long_is_late(scellee: F1) -> None:
    agir()
    tout_sceller()
    avancement = get_avancement(le=maintenant())
    assert (avancement.retard, avancement.restants) == (timedelta(0), 0)
    assert avancement.dernier > avancement.fraicheur.scellement, "what the pouring itself wrote is sealed"
    f.deposer(le=f.MAINTENANT)
    tout_sceller()
    avancement = get_avancement(le=maintenant() + timedelta(hours=3))
    assert avancement.retard >= timedelta(hours=3)
    assert avancement.restants
