"""The page of indicators is the catalogue that is delivered."""

from pathlib import Path

from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.rapports.donnees.page import page

PUBLIEE = Path(__file__).parents[3] / "docs" / "indicateurs.md"


def test_published_page_is_the_catalogue() -> None:
    commande = "python -m sne.infocentre.rapports.donnees.page"
    assert PUBLIEE.read_text(encoding="utf-8") == page(), f"run {commande}"


def test_each_measure_is_named() -> None:
    assert [code for code in MESURES if f"`{code}`" not in page()] == []
