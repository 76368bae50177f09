"""Pages by position: every line once, forwards and backwards, and an address that cannot be read is the first page."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.socle.pages import DEBUT, Page, Position, lire_place, lire_position, paginer

Repere = tuple[datetime, uuid.UUID]
LIGNES: list[Repere] = [
    (datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=rang // 2), uuid.UUID(int=rang))
    for rang in range(11)
]


def page(position: Position, par_page: int) -> Page[Repere]:
    """What a selector does, on a list."""
    repere = (position.cle, position.rang)
    if position.rang is None:
        lues = LIGNES
    elif position.en_arriere:
        lues = [x for x in LIGNES if x < repere][::-1]  # type: ignore[operator]
    else:
        lues = [x for x in LIGNES if x > repere]  # type: ignore[operator]
    return paginer(lues[: par_page + 1], position, par_page=par_page, repere=lambda x: Position(*x))


@given(st.integers(1, 12))
def test_every_line_once_forwards_and_the_same_pages_backwards(par_page: int) -> None:
    vues, position = [], DEBUT
    while position is not None:
        vues.append(page(position, par_page))
        position = vues[-1].suivante  # type: ignore[assignment]
    assert [x for p in vues for x in p.lignes] == LIGNES
    assert vues[0].precedente is None
    retour = [vues[-1]]
    while retour[-1].precedente is not None:
        retour.append(page(retour[-1].precedente, par_page))
    assert [x for p in retour[::-1] for x in p.lignes] == LIGNES


def test_position_survives_an_address() -> None:
    position = Position(*LIGNES[3])
    assert lire_position(apres=position.texte, avant="") == position
    assert lire_position(apres="", avant=position.texte) == Position(*LIGNES[3], en_arriere=True)
    assert DEBUT.texte == ""


@pytest.mark.parametrize("en_arriere", [False, True])
def test_an_address_with_its_direction_reads_as_it_was_written(en_arriere: bool) -> None:
    position = Position(*LIGNES[3], en_arriere=en_arriere)
    assert lire_place(position.adresse) == position


@pytest.mark.parametrize(
    "illisible",
    ["", "x", "~", "2026-11-24T10:00:00~" + str(uuid.UUID(int=1)), "2026-11-24T10:00:00+00:00~x", "a~b~c"],
)
def test_address_that_cannot_be_read_is_the_first_page(illisible: str) -> None:
    assert (
        lire_position(apres=illisible, avant="")
        == lire_place(illisible)
        == lire_place(f"r~{illisible}")
        == DEBUT
    )


def test_empty_page_leads_nowhere() -> None:
    vide = paginer([], Position(*LIGNES[0]), par_page=5, repere=lambda x: Position(*x))
    assert vide == Page((), None, None)
