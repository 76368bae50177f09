"""A dump restored into a fresh cluster: no number given twice, new entries sealed in a new era, the past verified."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from sne.socle.postgres import ROLE_OWNER, Serveur, dossier_des_binaires, url_de_base
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


def pg(outil: str, *arguments: str) -> None:
    subprocess.run([dossier_des_binaires() / outil, *arguments], check=True, capture_output=True)


@pytest.fixture
def neuf(tmp_path: Path) -> Serveur:
    serveur = Serveur(tmp_path / "neuf", jetable=True)
    serveur.demarrer()
    yield serveur
    serveur.arreter()


def test_restored_dump_goes_on_without_repeating_a_number(
    neuf: Serveur, tmp_path: Path, nom_de_base: str
) -> None:
    avant = f.deposer().nud
    tout_sceller()
    f.deposer(doublons_ecartes="Une autre personne.")  # not sealed when the dump is taken
    archive = str(tmp_path / "sauvegarde.dump")
    pg("pg_dump", "-Fc", "-f", archive, url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base))
    perdu = f.deposer(
        doublons_ecartes="Encore une autre."
    ).nud  # given after the dump: lost with the old cluster

    acces = neuf.preparer("sne")
    pg("pg_restore", "--no-owner", f"--role={ROLE_OWNER}", "-d", acces.admin, archive)
    with psycopg.connect(acces.runtime, autocommit=True) as c:
        c.execute("SELECT journal_inscrire('099', NULL, NULL, 'CONNEXION', '{}', '{}', '[]', NULL, now())")
        scellees = [c.execute("SELECT journal_sceller()").fetchone()[0] for _ in range(4)]
        numeros = [
            c.execute("SELECT prochain_nud('099', '2026-11-24', 'G0993')").fetchone()[0] for _ in range(50)
        ]
        eres = [r[0] for r in c.execute("SELECT ere FROM journal_scellement ORDER BY numero")]
        en_attente = c.execute(
            "SELECT count(*) FROM journal_entree e "
            "WHERE NOT EXISTS (SELECT 1 FROM journal_position p WHERE p.entree = e.id)"
        ).fetchone()
        modifiees = c.execute(
            "SELECT count(*) FROM journal_entree e WHERE empreinte <> journal_feuille(e)"
        ).fetchone()

    assert [n for n in scellees if n] == [1, 1]  # the old era's last entry first, then the new one
    assert eres[0] == eres[1] != eres[2]
    assert en_attente == modifiees == (0,)
    assert avant not in numeros
    assert perdu not in numeros
    assert int(numeros[0][7:13]) > 20_000


def test_cycle_passes_over_numbers_still_held(url_owner: str) -> None:
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute("SELECT setval('nud_099', 999999)")  # wherever other tests left it
        tenu = f.deposer().nud
        owner.execute("SELECT setval('nud_099', 999999)")
    suivant = f.deposer(doublons_ecartes="Une autre personne.").nud
    assert (tenu[7:13], suivant[7:13]) == ("000001", "000002")
