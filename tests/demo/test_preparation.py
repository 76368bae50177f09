"""What a start prepares: everything once, then only what changed; an interrupted territory resumes."""

import io
from pathlib import Path
from typing import Any

import psycopg
import pytest
from rich.console import Console

from sne.demo import empreintes, preparation
from sne.demo.annonce import annoncer
from sne.demo.comptes import COMPTES, decrire_comptes
from sne.demo.dossier import DejaEnMarche, Dossier, secret_de_compte
from sne.demo.empreintes import (
    ETAPES,
    LAC,
    SCENES,
    SITE,
    STATISTIQUES,
    SUITES,
    SUITES_DES,
    TERRITOIRE,
    Preparation,
    empreinte,
)
from sne.demo.generation.atelier import decor_du_territoire, ecrire_lot, rangs_manquants
from sne.demo.generation.ecriture import ecrire_menages
from sne.demo.generation.menages import Generateur
from sne.demo.ouverture import ouvrir_comptes
from sne.demo.place import refus_de_place
from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_guichet
from sne.site_pro.models import Page
from sne.socle.bases import Acces
from tests.demo.decors import JOUR


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    return Dossier(tmp_path)


@pytest.fixture
def acces(url_owner: str, url_runtime: str, db: None) -> Acces:
    return Acces(admin="", owner=url_owner, runtime=url_runtime)


def preparee(dossier: Dossier, acces: Acces, *, taille: int = 50) -> Preparation:
    """A preparation that did everything."""
    preparation = Preparation(dossier, acces, donnees=dossier.racine, taille=taille)
    for etape in list(preparation.etapes_a_faire()):
        preparation.noter(etape)
    return preparation


def a_faire(dossier: Dossier, acces: Acces, *, taille: int = 50) -> list[empreintes.Etape]:
    return list(Preparation(dossier, acces, donnees=dossier.racine, taille=taille).etapes_a_faire())


def test_first_start_does_everything_in_order(dossier: Dossier, acces: Acces) -> None:
    assert a_faire(dossier, acces) == list(ETAPES)


def test_second_start_does_nothing(dossier: Dossier, acces: Acces) -> None:
    preparee(dossier, acces)
    assert a_faire(dossier, acces) == []


def test_interrupted_start_resumes_at_the_step(dossier: Dossier, acces: Acces) -> None:
    preparation = Preparation(dossier, acces, donnees=dossier.racine, taille=50)
    for etape in ETAPES[:3]:
        preparation.noter(etape)
    assert a_faire(dossier, acces) == list(ETAPES[3:])


@pytest.mark.parametrize(("taille", "attendues"), [(60, [TERRITOIRE, SCENES, STATISTIQUES, LAC]), (40, [])])
def test_larger_territory_is_completed_and_smaller_one_kept(
    dossier: Dossier, acces: Acces, taille: int, attendues: list[Any]
) -> None:
    preparee(dossier, acces)
    assert a_faire(dossier, acces, taille=taille) == attendues


def test_changed_source_asks_for_its_step_alone(
    dossier: Dossier, acces: Acces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(empreintes, "RACINE", tmp_path / "projet")
    feuille = tmp_path / "projet" / "sne" / "socle" / "static" / "socle" / "sne.css"
    feuille.parent.mkdir(parents=True)
    feuille.write_text("a{}")
    preparee(dossier, acces)
    feuille.write_text("b{}")
    assert [e.nom for e in a_faire(dossier, acces)] == ["statiques"]


def test_other_database_is_prepared_whole(dossier: Dossier, acces: Acces, transactional_db: None) -> None:
    preparee(dossier, acces)
    with psycopg.connect(acces.owner) as connexion:
        connexion.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert a_faire(dossier, acces) == list(ETAPES)


def test_lost_keys_are_seen(dossier: Dossier, acces: Acces) -> None:
    assert not preparee(dossier, acces).cles_perdues
    (dossier.racine / "secrets.json").unlink()
    assert Preparation(dossier, acces, donnees=dossier.racine, taille=50).cles_perdues


def test_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("un")
    avant = empreinte(tmp_path, ("*.txt",))
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    renomme = empreinte(tmp_path, ("*.txt",))
    (tmp_path / "b.txt").write_text("deux")
    assert len({avant, renomme, empreinte(tmp_path, ("*.txt",))}) == 3


def test_every_source_of_a_step_exists() -> None:
    for etape in ETAPES:
        for motif in etape.sources:
            assert any(empreintes.RACINE.glob(motif)), motif


def test_secrets_are_made_once_and_private(dossier: Dossier) -> None:
    assert dossier.secrets() == dossier.secrets()
    assert (dossier.racine / "secrets.json").stat().st_mode & 0o077 == 0
    assert secret_de_compte(dossier, "a@exemple.fr") == secret_de_compte(dossier, "a@exemple.fr")
    assert secret_de_compte(dossier, "a@exemple.fr") != secret_de_compte(dossier, "b@exemple.fr")


def test_folder_is_held_by_one_supervisor(dossier: Dossier) -> None:
    with dossier.verrou(), pytest.raises(DejaEnMarche, match="démarre déjà"), dossier.verrou():
        pytest.fail("entered twice")
    with dossier.verrou():
        pass


@pytest.mark.django_db
def test_accounts_are_opened_once_and_sign_in(dossier: Dossier) -> None:
    assert ouvrir_comptes(dossier) == sum(len(c.mandats) for c in COMPTES)
    assert ouvrir_comptes(dossier) == 0
    for description in decrire_comptes(dossier):
        compte = Compte.objects.get_by_natural_key(description["courriel"])
        assert compte.check_password(description["mot_de_passe"])
        assert compte.totpdevice_set.get().confirmed
        for g in description["guichets"]:
            assert get_guichet(g["territoire"], g["guichet"], le=JOUR) is not None


@pytest.mark.django_db
def test_interrupted_territory_is_completed_without_repeat() -> None:
    generateur = Generateur(decor_du_territoire(JOUR), graine="reprise")
    assert ecrire_lot(generateur, [1, 3]) == 2
    manquants = list(rangs_manquants(generateur, 5))
    assert manquants == [0, 2, 4]
    ecrire_lot(generateur, manquants)
    assert list(rangs_manquants(generateur, 5)) == []


def test_territory_is_written_by_every_core(
    transactional_db: None, url_runtime: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNE_RUNTIME_URL", url_runtime)  # the writing processes set Django up for themselves
    faits: list[int] = []
    decor = decor_du_territoire(JOUR)
    ecrire_menages(decor, range(130), avancer=faits.append)
    assert sorted(faits) == [30, 100]
    assert list(rangs_manquants(Generateur(decor), 130)) == []


def test_panel_cuts_nothing_that_is_to_be_copied(dossier: Dossier) -> None:
    ecrit = io.StringIO()
    description = {
        "urls": {
            "accueil": "http://localhost:8000/",
            "portail": "http://localhost:8001/",
            "editeurs": "http://localhost:8002/",
        },
        "comptes": decrire_comptes(dossier),
        "dossier": "/srv/sne/var",
    }
    annoncer(description, console=Console(file=ecrit, width=80))
    panneau = ecrit.getvalue()
    assert "http://localhost:8000/" in panneau
    for compte in description["comptes"]:
        assert compte["courriel"] in panneau
        assert compte["mot_de_passe"] in panneau
    assert max(map(len, panneau.splitlines())) <= 80


def test_a_size_that_does_not_fit_is_refused_with_one_that_does() -> None:
    assert refus_de_place(1_000_000, libre=15_000_000_000) == ""
    refus = refus_de_place(10_000_000, libre=15_000_000_000)
    assert "environ 132 Go" in refus
    assert "--taille 1000000." in refus
    assert "--taille 0." in refus_de_place(20_000, libre=1_000_000_000)


def test_what_was_written_is_known(dossier: Dossier, acces: Acces) -> None:
    assert Preparation(dossier, acces, donnees=dossier.racine, taille=50).taille_faite == 0
    assert preparee(dossier, acces, taille=50).taille_faite == 50


def test_the_site_is_played_once_the_doors_answer_in_a_small_territory_too(
    dossier: Dossier, acces: Acces
) -> None:
    petite = preparee(dossier, acces, taille=SUITES_DES - 1)
    assert petite.suites_a_faire() == [SITE]
    ouvrir_comptes(dossier)
    preparation.site(0)
    assert Page.objects.filter(code="radiation").exists()
    petite.noter(SITE)
    assert petite.suites_a_faire() == []
    assert preparee(dossier, acces, taille=SUITES_DES).suites_a_faire() == list(SUITES[1:])
