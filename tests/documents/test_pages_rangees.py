"""Pages put in order by hand: what stays, what goes apart, what is refused."""

import pytest

from sne.documents.rules import DocumentRefuse
from sne.documents.rules.pages import PageVoulue, Place, ranger


def page(rang: int, ordre: int | None = None, tour: int = 0, place: Place = Place.ICI) -> PageVoulue:
    """What is asked of a page."""
    return PageVoulue(rang, ordre or rang, tour, place)


def test_pages_are_ordered_turned_and_kept_apart() -> None:
    voulues = [page(1, 3), page(2, 1, 450), page(3, 1, place=Place.A_PART), page(4, place=Place.OTEE)]
    assert ranger(voulues) == ([(2, 90), (1, 0)], [(3, 0)])


def test_two_pages_of_one_place_stay_as_they_were() -> None:
    assert ranger([page(1, 2), page(2, 1), page(3, 1)])[0] == [(2, 0), (3, 0), (1, 0)]


@pytest.mark.parametrize(
    ("voulues", "code"),
    [
        ([page(1), page(2)], "SANS_CHANGEMENT"),
        ([page(1, tour=360)], "SANS_CHANGEMENT"),
        ([page(1, place=Place.OTEE), page(2, place=Place.A_PART)], "SANS_PAGE"),
    ],
)
def test_order_that_makes_no_sense(voulues: list[PageVoulue], code: str) -> None:
    with pytest.raises(DocumentRefuse) as refus:
        ranger(voulues)
    assert refus.value.code == code
