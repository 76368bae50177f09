"""Documents handed in since: which may stay, and what they take the place of."""

import uuid

import pytest

from sne.registre.restauration.rules.pieces import (
    PieceUlterieure,
    lire_pieces_gardees,
    pieces_retablies,
    remplacements,
)
from sne.socle.erreurs import Interdit

ALORS, UNE, DEUX, AUTRE = (uuid.UUID(int=rang) for rang in range(1, 5))
DEPUIS = (
    PieceUlterieure(UNE, ALORS, sante=False, de_l_autre_foyer=False),
    PieceUlterieure(DEUX, UNE, sante=False, de_l_autre_foyer=False),
    PieceUlterieure(AUTRE, None, sante=False, de_l_autre_foyer=True),
)


@pytest.mark.parametrize(
    ("saisies", "a_part", "gardees"),
    [((), True, ()), ((UNE,), True, (UNE,)), ((AUTRE, DEUX), False, (DEUX, AUTRE))],
)
def test_what_is_ticked_is_kept_in_the_order_of_arrival(
    saisies: tuple[uuid.UUID, ...], a_part: bool, gardees: tuple[uuid.UUID, ...]
) -> None:
    assert lire_pieces_gardees([str(p) for p in saisies], DEPUIS, a_part=a_part) == gardees


@pytest.mark.parametrize(
    ("saisies", "phrase"),
    [
        ((ALORS,), "n’est pas, ou plus, de celles arrivées depuis"),
        (("pas-un-identifiant",), "n’est pas, ou plus, de celles arrivées depuis"),
        ((AUTRE,), "de l’autre foyer"),
        ((UNE, DEUX), "l’une a remplacé l’autre"),
    ],
)
def test_what_may_not_be_kept_is_refused_on_its_field(saisies: tuple[object, ...], phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase) as refus:
        lire_pieces_gardees([str(p) for p in saisies], DEPUIS, a_part=True)
    assert refus.value.champ == "pieces"


def test_what_a_kept_document_took_the_place_of_counts_no_more() -> None:
    remplace = remplacements(DEPUIS)
    assert pieces_retablies((ALORS,), (), remplace) == (ALORS,)
    assert pieces_retablies((ALORS,), (DEUX,), remplace) == (DEUX,)
    assert pieces_retablies((ALORS,), (AUTRE,), remplace) == (ALORS, AUTRE)
