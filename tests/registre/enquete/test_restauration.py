"""A dump restored into a fresh cluster: no number given twice, new entries sealed in a new era, the past verified."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from sne.socle.bases import ROLE_OWNER, url_de_base
from sne.socle.postgres import Serveur, dossier_des_binaires
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


LAISSER = """
INSERT INTO journal_entree
SELECT e.*, journal_feuille(ROW(e.*, NULL)::journal_entree) FROM (
    SELECT gen_random_uuid(), '099'::varchar(3), NULL::uuid, NULL::integer, 'CONNEXION'::varchar(30), '{}'::jsonb,
        '{}'::jsonb, NULL::uuid, now(), now() - %s::interval, '7/1', pg_current_xact_id()
) e
"""


@pytest.mark.parametrize(("depuis", "saut"), [("59 minutes", 2_000), ("61 minutes", 22_000)])
def test_recovery_to_an_instant_of_the_past_jumps_as_a_restore(
    url_owner: str, depuis: str, saut: int
) -> None:
    with psycopg.connect(url_owner) as owner:
        owner.execute("SELECT journal_ouvrir_mois(((now() - interval '2 hours') AT TIME ZONE 'UTC')::date)")
        owner.execute(LAISSER, [depuis])
        assert entrer(owner, connues=["7/1"], ouverte="7/2") == [saut + 101, saut + 102, saut + 1]
        owner.rollback()


@pytest.mark.parametrize(
    ("connues", "ouverte", "saut"),
    [
        ([], "7/1", 0),
        ([], "7/2", 2_000),  # copied before the first number was given
        (["7/1"], "7/1", 0),
        (["7/1"], "7/2", 2_000),
        (["7/1"], "7/3", 4_000),  # not where the second line went, which it does not know
        (["7/1", "7/2"], "7/3", 2_000),
        (["7/1"], "8/1", 20_000),  # a dump, restored into a new cluster
        (["7/1"], "8/2", 22_000),  # its standby, which does not know what it gave
        (["7/1", "8/1"], "7/1", 20_000),  # a dump of the new one, restored into the old one
        (["7/5"], "7/3", 24_000),
    ],
)
def test_entering_an_era_jumps_past_what_the_others_gave(
    url_owner: str, connues: list[str], ouverte: str, saut: int
) -> None:
    with psycopg.connect(url_owner) as owner:
        assert entrer(owner, connues=connues, ouverte=ouverte) == [saut + 101, saut + 102, saut + 1]
        owner.rollback()


def entrer(owner: psycopg.Connection, *, connues: list[str], ouverte: str) -> list[int]:
    """The first sequences given in an era: two where a hundred were, one where none was."""
    owner.execute("SELECT setval('nud_099', 100), setval('nud_001', 1, false)")
    owner.execute("DELETE FROM nud_ere")
    for ere in connues:
        owner.execute("INSERT INTO nud_ere (ere, marge) VALUES (%s, 0)", [ere])
    owner.execute(
        "CREATE OR REPLACE FUNCTION journal_ere() RETURNS text LANGUAGE sql STABLE "
        f"AS $$ SELECT '{ouverte}'::text $$"
    )
    donnes = owner.execute(
        "SELECT prochain_nud(t, '2026-11-24', 'G0993') FROM unnest(ARRAY['099', '099', '001']) AS t"
    )
    return [int(lue[0][7:13]) for lue in donnes]
