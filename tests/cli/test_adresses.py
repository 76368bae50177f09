"""``sne adresses``, as an operator runs it: the index is filled, a cut file is refused, a foreign one says why."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SNE = Path(sys.executable).parent / "sne"
ENTETE = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune\n"
LIGNES = [f"99001_0001_{n:05d};{n};;Rue Haute;99000;99001;Aurette-la-Ville\n" for n in range(1, 51)]


@pytest.fixture
def env(transactional_db: None, url_runtime: str, url_owner: str) -> dict[str, str]:
    """The environment of an operator of this test's database."""
    return {**os.environ, "SNE_RUNTIME_URL": url_runtime, "SNE_OWNER_URL": url_owner}


def charger(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    commande = [SNE, "adresses", "charger", *arguments]
    return subprocess.run(commande, env=env, capture_output=True, text=True, check=False)


def test_loaded_then_a_cut_file_is_refused_unless_told_so(env: dict[str, str], tmp_path: Path) -> None:
    entier, coupe = tmp_path / "adresses-99.csv.gz", tmp_path / "adresses-99.csv"
    entier.write_bytes(gzip.compress((ENTETE + "".join(LIGNES)).encode()))
    coupe.write_text(ENTETE + "".join(LIGNES[:10]))
    fait = charger(env, entier)
    assert (fait.returncode, fait.stdout.splitlines()[0]) == (0, "99   1 voies, 50 numéros"), fait.stderr
    refuse = charger(env, coupe)
    assert refuse.returncode == 1
    assert "ajoutez --meme-si-moins" in refuse.stderr
    force = json.loads(charger(env, coupe, "--meme-si-moins", "--json").stdout)
    assert force["departements"] == [{"departement": "99", "voies": 1, "numeros": 10, "refuse": False}]
    entier.write_bytes(entier.read_bytes()[:60])
    assert "ne peut pas être lu jusqu’au bout" in charger(env, entier).stderr
    coupe.write_text("nom;prenom\n")
    assert "La première ligne doit nommer les colonnes" in charger(env, coupe).stderr
