"""One occurrence, one end: every state against every finding."""

from itertools import product

import pytest

from sne.infocentre.abonnements.rules.issues import (
    FINALES,
    LIBELLES,
    UNE_FOIS,
    Constat,
    Issue,
    Pas,
    derniere,
    pas_suivant,
)

CONSTATS = [
    Constat(refus=r, couvert=c, lecteurs=n, tard=t, essais=e, partis=p, refuses=1 - p, en_attente=a)
    for r, c, n, t, e, p, a in product(
        ("", "Un filtre."), (True, False), (0, 2), (True, False), (0, 3), (0, 1), (0, 1)
    )
]


@pytest.mark.parametrize("fin", sorted(FINALES))
def test_nothing_follows_an_end(fin: Issue) -> None:
    for constat in CONSTATS:
        assert pas_suivant({Issue.PREPARE, fin}, constat) is Pas.ATTENDRE
        assert pas_suivant({fin}, constat) is Pas.ATTENDRE


@pytest.mark.parametrize(
    ("deja", "constat", "pas"),
    [
        ((), Constat(), Pas.PREPARER),
        ((), Constat(refus="Ce filtre n’existe plus."), Pas.ECHOUER),
        ((), Constat(refus="Ce filtre n’existe plus.", lecteurs=0, couvert=False), Pas.ECHOUER),
        ((), Constat(essais=2), Pas.PREPARER),
        ((), Constat(essais=3), Pas.ECHOUER),
        ((), Constat(lecteurs=0), Pas.DIRE_SANS_LECTEUR),
        ((Issue.SANS_LECTEUR,), Constat(lecteurs=0, tard=True), Pas.ATTENDRE),
        ((Issue.SANS_LECTEUR,), Constat(lecteurs=1, tard=True), Pas.PREPARER),
        ((), Constat(couvert=False), Pas.ATTENDRE),
        ((), Constat(couvert=False, tard=True), Pas.DIRE_EN_RETARD),
        ((Issue.RETARDE,), Constat(couvert=False, tard=True), Pas.ATTENDRE),
        ((Issue.RETARDE,), Constat(tard=True), Pas.PREPARER),
        ((Issue.PREPARE,), Constat(en_attente=2), Pas.ATTENDRE),
        ((Issue.PREPARE,), Constat(en_attente=2, tard=True), Pas.DIRE_EN_RETARD),
        ((Issue.PREPARE, Issue.RETARDE), Constat(en_attente=2, tard=True), Pas.ATTENDRE),
        ((Issue.PREPARE, Issue.RETARDE), Constat(partis=1, en_attente=1), Pas.CONCLURE),
        ((Issue.PREPARE,), Constat(partis=1, refuses=1), Pas.CONCLURE),
        ((Issue.PREPARE,), Constat(refuses=2), Pas.ECHOUER),
    ],
)
def test_what_comes_next(deja: tuple[Issue, ...], constat: Constat, pas: Pas) -> None:
    assert pas_suivant(deja, constat) is pas


def test_what_is_told_once_is_never_asked_for_again() -> None:
    dits = {Pas.DIRE_EN_RETARD: Issue.RETARDE, Pas.DIRE_SANS_LECTEUR: Issue.SANS_LECTEUR}
    assert set(dits.values()) | {Issue.PREPARE} == UNE_FOIS
    for constat in CONSTATS:
        for deja in ({Issue.RETARDE, Issue.SANS_LECTEUR}, {Issue.PREPARE, Issue.RETARDE}):
            assert pas_suivant(deja, constat) not in dits


def test_how_it_stands_is_its_end_whatever_was_sent_again_since() -> None:
    assert derniere(()) is None
    assert derniere((Issue.SANS_LECTEUR, Issue.PREPARE)) is Issue.PREPARE
    assert derniere((Issue.PREPARE, Issue.ENVOYE, Issue.RENVOYE)) is Issue.ENVOYE
    assert set(LIBELLES) == set(Issue)
