"""The checklist of equal treatment: one list for everyone, three steps, the last record of each counts."""

from datetime import datetime

from sne.registre.depot.rules.egalite import (
    MOMENTS,
    POINTS,
    Consigne,
    Moment,
    bilan,
    inconnus,
    ordonner,
    points_de,
)
from sne.socle.horloge import PARIS

LE = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)


def consigne(moment: Moment, *points: str) -> Consigne:
    return Consigne(moment, frozenset(points), LE, "G0993")


def test_every_step_has_lines_and_every_line_its_source():
    assert [moment for moment in MOMENTS if points_de(moment)] == list(Moment)
    assert all(point.source and point.phrase[0].isupper() for point in POINTS)
    assert not any(point.phrase.endswith(".") for point in POINTS)
    assert len({point.code for point in POINTS}) == len(POINTS)


def test_lines_are_read_in_the_order_of_the_list_and_only_in_their_step():
    assert ordonner(Moment.AVANT, ["PIECE_SEULE", "GUICHET_AU_CHOIX", "PIECE_SEULE"]) == (
        "GUICHET_AU_CHOIX",
        "PIECE_SEULE",
    )
    assert inconnus(Moment.AVANT, ["NUMERO", "PIECE_SEULE", "X"]) == ("NUMERO", "X")


def test_nothing_recorded_leaves_three_steps_to_do():
    etapes = bilan([])
    assert [(e.moment, e.titre) for e in etapes] == list(MOMENTS.items())
    assert not any(e.complete or e.consigne or any(fait for _, fait in e.lignes) for e in etapes)


def test_last_record_of_a_step_replaces_the_one_before():
    apres = [point.code for point in points_de(Moment.APRES)]
    _, pendant, dernier = bilan(
        [consigne(Moment.APRES, *apres), consigne(Moment.APRES, "NUMERO"), consigne(Moment.PENDANT)]
    )
    assert {point.code for point, fait in dernier.lignes if fait} == {"NUMERO"}
    assert (dernier.complete, pendant.consigne) == (False, consigne(Moment.PENDANT))
    assert bilan([consigne(Moment.APRES, *apres)])[2].complete
