"""Pages of a document put in order by hand: which stay, which way up, which go apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sne.documents.rules.refus import DocumentRefuse

Ordre = list[tuple[int, int]]
"""(page from 1, clockwise turn in degrees), in their new order."""


class Place(StrEnum):
    """Where a page goes."""

    ICI = "ICI"
    A_PART = "A_PART"
    OTEE = "OTEE"


@dataclass(frozen=True, slots=True)
class PageVoulue:
    """What is asked of one page. ``ordre``: its new place among those that go with it; ``tour``: degrees, clockwise."""

    rang: int
    ordre: int
    tour: int
    place: Place


def ranger(voulues: Sequence[PageVoulue]) -> tuple[Ordre, Ordre]:
    """Pages that stay, then pages that go apart, each in order; two of the same order stay as they were.

    Raises ``DocumentRefuse``: no page would stay, or nothing would change.
    """
    ici, a_part = (_ordonner(voulues, place) for place in (Place.ICI, Place.A_PART))
    if not ici:
        raise DocumentRefuse(
            "SANS_PAGE",
            "Il ne resterait aucune page. Laissez-en au moins une dans la pièce, ou qualifiez-la.",
        )
    if ici == [(page.rang, 0) for page in sorted(voulues, key=lambda page: page.rang)]:
        raise DocumentRefuse("SANS_CHANGEMENT", "Rien ne change. Tournez, déplacez ou ôtez une page.")
    return ici, a_part


def _ordonner(voulues: Sequence[PageVoulue], place: Place) -> Ordre:
    retenues = sorted((v for v in voulues if v.place is place), key=lambda v: (v.ordre, v.rang))
    return [(v.rang, v.tour % 360) for v in retenues]
