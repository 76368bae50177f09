"""The drawn lake: the SQL written by hand counts what the compiled one counts, and a difference stops the measure."""

from pathlib import Path

import pytest

from sne.bench import lac as dessin
from sne.bench.pgbench import MesureImpossible
from sne.infocentre.mesures.catalogue import par_fait


def test_every_measure_of_its_facts_is_written_by_hand() -> None:
    ecrites = {x for conditions in dessin.A_LA_MAIN.values() for x in conditions} | set(dessin.SOMMES)
    assert ecrites == {x for fait in dessin.PARTS for x in par_fait()[fait]}


def test_both_give_the_same_integers_or_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dessin.dessiner(tmp_path, 20_000) as lac:
        lac.compile()
        lac.a_la_main()
        lac.comparer()
        depots = {**dessin.A_LA_MAIN["depot"], "DEPOTS_RETARD_30J": "physique AND retard_jours >= 30"}
        monkeypatch.setattr(dessin, "A_LA_MAIN", {**dessin.A_LA_MAIN, "depot": depots})
        lac.a_la_main()
        with pytest.raises(MesureImpossible, match="« depot »"):
            lac.comparer()
