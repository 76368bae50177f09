"""``sne adresses``, as an operator runs it: the index is filled, a cut file is refused, a foreign one says why."""

import gzip
from pathlib import Path

import pytest

from tests.cli.commandes import Resultat, sne

ENTETE = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune\n"
LIGNES = [f"99001_0001_{n:05d};{n};;Rue Haute;99000;99001;Aurette-la-Ville\n" for n in range(1, 51)]


def charger(*arguments: str | Path) -> Resultat:
    return sne("adresses", "charger", *map(str, arguments))


@pytest.mark.usefixtures("en_owner")
def test_loaded_then_a_cut_file_is_refused_unless_told_so(tmp_path: Path) -> None:
    entier, coupe = tmp_path / "adresses-99.csv.gz", tmp_path / "adresses-99.csv"
    entier.write_bytes(gzip.compress((ENTETE + "".join(LIGNES)).encode()))
    coupe.write_text(ENTETE + "".join(LIGNES[:10]))
    fait = charger(entier)
    assert (fait.code, fait.sortie.splitlines()[0]) == (0, "99   1 voies, 50 numéros"), fait.erreur
    refuse = charger(coupe)
    assert refuse.code == 1
    assert "ajoutez --meme-si-moins" in refuse.erreur
    force = charger(coupe, "--meme-si-moins", "--json").json
    assert force["departements"] == [{"departement": "99", "voies": 1, "numeros": 10, "refuse": False}]
    entier.write_bytes(entier.read_bytes()[:60])
    assert "ne peut pas être lu jusqu’au bout" in charger(entier).erreur
    coupe.write_text("nom;prenom\n")
    assert "La première ligne doit nommer les colonnes" in charger(coupe).erreur
