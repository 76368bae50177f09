"""A server is lost and its standby promoted: what was acknowledged is never given, forgotten nor passed over again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from sne.socle.postgres import Serveur
from tests import bases

BASE = "sne"
INSCRIRE = "SELECT journal_inscrire('099', NULL, NULL, 'CONNEXION', '{}', '{}', '[]', NULL, now())"
DONNER = "SELECT prochain_nud('099', '2026-11-24', 'G0993') FROM generate_series(1, %s)"
SCELLER = "SELECT journal_sceller()"
ERE = "SELECT journal_ere()"
DU_FICHIER = "SELECT timeline_id FROM pg_control_checkpoint()"
SANS_POSITION = (
    "SELECT count(*) FROM journal_entree e "
    "LEFT JOIN journal_position p ON p.entree = e.id WHERE p.entree IS NULL"
)


def ligne(connexion: psycopg.Connection, ordre: str) -> object:
    lue = connexion.execute(ordre).fetchone()
    assert lue is not None
    return lue[0]


def donner(connexion: psycopg.Connection, nombre: int) -> list[str]:
    return [str(lue[0]) for lue in connexion.execute(DONNER, [nombre])]


def sequence(numero: str) -> int:
    return int(numero[7:13])


@dataclass
class Promotion:
    """What was seen on both sides of the loss; ``serveur``, the promoted one, still runs."""

    serveur: Serveur
    runtime: str
    recus: list[str]  # numbers that the standby had received
    perdus: list[str]  # acknowledged by the lost server, never received by the standby
    ere_d_avant: str
    ere: str  # the first one that the promoted server tells
    du_fichier: int  # the timeline that its control file still held at that instant


@pytest.fixture(scope="module")
def modele(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bases.archiver_le_modele(tmp_path_factory.mktemp("modele") / "modele.dump")


@contextmanager
def sans_jalon(serveur: Serveur) -> Iterator[None]:
    """The checkpoint that a promotion begins does not end meanwhile, as when there are many pages to write."""
    with psycopg.connect(serveur.url_admin, autocommit=True) as c:
        pid = ligne(c, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def promotion(modele: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Promotion]:
    dossier = tmp_path_factory.mktemp("promotion")
    principal, secours = (Serveur(dossier / nom, jetable=True) for nom in ("principal", "secours"))
    principal.demarrer()
    acces = principal.preparer(BASE)
    bases.restaurer(modele, acces.admin)
    try:
        with psycopg.connect(acces.runtime, autocommit=True) as c:
            c.execute(INSCRIRE)
            assert ligne(c, SCELLER) == 1
        secours.suivre(principal)
        with psycopg.connect(acces.runtime, autocommit=True) as c:
            recus, ere_d_avant = donner(c, 5), str(ligne(c, ERE))
            c.execute(INSCRIRE)  # never sealed by the server where it was written
        secours.arreter()  # what was written before is received; what comes now is not
        with psycopg.connect(acces.runtime, autocommit=True) as c:
            perdus = donner(c, 200)
        principal.tuer()
        secours.demarrer()
        with sans_jalon(secours):
            secours.promouvoir()
            runtime = secours.preparer(BASE).runtime
            with psycopg.connect(runtime, autocommit=True) as c:
                ere, du_fichier = str(ligne(c, ERE)), ligne(c, DU_FICHIER)
        assert isinstance(du_fichier, int)
        yield Promotion(secours, runtime, recus, perdus, ere_d_avant, ere, du_fichier)
    finally:
        secours.arreter()
        principal.arreter()


def test_first_era_read_is_that_of_the_promotion(promotion: Promotion) -> None:
    assert promotion.du_fichier == 1, "the checkpoint ended: this test would see nothing"
    assert promotion.ere_d_avant.endswith("/1")
    assert promotion.ere == promotion.ere_d_avant[:-1] + "2"


def test_numbers_that_were_lost_are_not_given_again(promotion: Promotion) -> None:
    with psycopg.connect(promotion.runtime, autocommit=True) as c:
        donnes = donner(c, 300)
    assert len(promotion.perdus) == 200
    assert not set(donnes) & {*promotion.recus, *promotion.perdus}
    assert sequence(donnes[0]) - sequence(promotion.perdus[-1]) < 2_000, (
        "a promotion burns a few thousands, no more"
    )


def test_entry_that_straddles_the_checkpoint_is_sealed(promotion: Promotion) -> None:
    with (
        psycopg.connect(promotion.runtime) as premiere,
        psycopg.connect(promotion.runtime) as lente,
        psycopg.connect(promotion.runtime, autocommit=True) as c,
    ):
        premiere.execute("SELECT pg_current_xact_id()")  # the older transaction of the two
        lente.execute(INSCRIRE)
        with psycopg.connect(promotion.serveur.url_admin, autocommit=True) as admin:
            admin.execute("CHECKPOINT")
        premiere.execute(INSCRIRE)
        premiere.commit()
        while ligne(c, SCELLER):
            pass
        lente.commit()
        while ligne(c, SCELLER):
            pass
        assert ligne(c, SANS_POSITION) == 0
        eres = [lue[0] for lue in c.execute("SELECT ere FROM journal_scellement ORDER BY numero")]
    assert eres == sorted(eres), "the era that ended is sealed first"
    assert set(eres) == {promotion.ere_d_avant, promotion.ere}
