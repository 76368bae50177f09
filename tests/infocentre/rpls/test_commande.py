"""``sne infocentre charger-rpls``, as an operator runs it."""

from pathlib import Path

import pytest

from tests.cli.commandes import Resultat, sne
from tests.infocentre.rpls.extraits import extrait, logement, logements


def charger(fichier: Path, *autres: str) -> Resultat:
    return sne("infocentre", "charger-rpls", str(fichier), "--millesime", "2025", *autres)


@pytest.mark.usefixtures("en_owner")
def test_loaded_told_twice_then_refused_with_its_rejects(tmp_path: Path) -> None:
    bon, mauvais = tmp_path / "rpls.csv", tmp_path / "mauvais.csv"
    bon.write_text(extrait(*logements(99, bail="05/2024"), logement(100, mode="7")))
    fait = charger(bon)
    assert (fait.code, fait.sortie.splitlines()[-1]) == (0, "Rejets    : 1"), fait.erreur
    assert "100" not in (tmp_path / "rpls.csv.rejets.csv").read_text().splitlines()[0]
    assert "rien n’a été changé" in charger(bon).sortie
    mauvais.write_text(extrait(*logements(9, bail="05/2024"), logement(10, bail="", mode="1")))
    refuse = charger(mauvais, "--rejets", str(tmp_path / "r.csv"))
    assert refuse.code == 1
    assert "1 ligne(s) rejetée(s) sur 10" in refuse.erreur
    assert "11;BAILDATE;Un logement loué" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert charger(bon, "--json").json["nouveau"] is False
    mauvais.write_text("nom;prenom\n")
    assert "La première ligne doit nommer" in charger(mauvais).erreur
