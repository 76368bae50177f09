"""Which columns make a version of a report: known, once each, and not those of the version before."""

import pytest

from sne.infocentre.rapports.rules.colonnes import refuser

CONNUS = {"STOCK": 2, "DEPOTS": 1}


@pytest.mark.parametrize(
    ("colonnes", "avant", "refus"),
    [
        (["STOCK", "INCONNU"], [], "INCONNU"),
        (["STOCK", "STOCK"], [], "deux fois"),
        (["STOCK", "DEPOTS"], [("STOCK", 2), ("DEPOTS", 1)], "version précédente"),
        (["DEPOTS", "STOCK"], [("STOCK", 2), ("DEPOTS", 1)], ""),
        (["STOCK", "DEPOTS"], [("STOCK", 1), ("DEPOTS", 1)], ""),
    ],
)
def test_columns_that_make_no_version_say_why(
    colonnes: list[str], avant: list[tuple[str, int]], refus: str
) -> None:
    dit = refuser(colonnes, CONNUS, avant)
    assert refus in dit
    assert bool(dit) is bool(refus)
