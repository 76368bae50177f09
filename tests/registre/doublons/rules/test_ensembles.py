"""Pairs become components, whatever their order; what may be decided of a set, and what a past decision forbids."""

import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.doublons.rules.cas import MOTIFS, Motif
from sne.registre.doublons.rules.ensembles import (
    ISSUES,
    MOTIFS_PAR_ISSUE,
    Composante,
    Decision,
    IssueEnsemble,
    a_rouvrir,
    composantes,
    deux_a_deux,
    issues_possibles,
    lire_decision,
    verifier_acquis,
)
from sne.socle.erreurs import Interdit

A, B, C, D = (uuid.UUID(int=n) for n in range(1, 5))
E1, E2 = (uuid.UUID(int=n) for n in range(101, 103))


def composante(*demandes: uuid.UUID, ensembles: tuple[uuid.UUID, ...] = ()) -> Composante:
    return Composante(frozenset(demandes), frozenset(ensembles))


@pytest.mark.parametrize(
    ("paires", "ouverts", "attendu"),
    [
        ([], {}, set()),
        ([(A, B), (C, D)], {}, {composante(A, B), composante(C, D)}),
        ([(A, B), (C, D), (B, C)], {}, {composante(A, B, C, D)}),
        ([(A, B)], {A: E1}, {composante(A, B, ensembles=(E1,))}),
        ([(A, B)], {A: E1, B: E2}, {composante(A, B, ensembles=(E1, E2))}),
        # two pairs that touch nothing in common but an open set
        ([(A, B), (C, D)], {A: E1, C: E1}, {composante(A, B, C, D, ensembles=(E1,))}),
    ],
)
def test_components(
    paires: list[tuple[uuid.UUID, uuid.UUID]],
    ouverts: dict[uuid.UUID, uuid.UUID],
    attendu: set[Composante],
) -> None:
    assert set(composantes(paires, ouverts)) == attendu


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda p: p[0] != p[1]), max_size=20)
)
def test_components_do_not_depend_on_the_order(bruts: list[tuple[int, int]]) -> None:
    paires = [(uuid.UUID(int=a), uuid.UUID(int=b)) for a, b in bruts]
    trouvees = set(composantes(paires, {}))
    melees = [paire[::-1] for paire in paires]
    random.Random(3).shuffle(melees)
    assert set(composantes(melees, {})) == trouvees
    assert sum(len(c.demandes) for c in trouvees) == len({d for p in paires for d in p})
    assert all(sum(set(p) <= c.demandes for c in trouvees) == 1 for p in paires)


def lire(*membres: uuid.UUID, **autres: object) -> Decision:
    dits = {
        "issue": "MEME_FOYER",
        "motif": "DEJA_ENREGISTREE",
        "precision": "",
        "gardee": None,
        "groupes": {},
    } | autres
    return lire_decision(dict.fromkeys(membres, True), **dits)  # type: ignore[arg-type]


def test_every_end_and_reason_has_words() -> None:
    assert set(ISSUES) == set(IssueEnsemble)
    assert {m for motifs in MOTIFS_PAR_ISSUE.values() for m in motifs} <= set(MOTIFS)
    assert issues_possibles(2) == (IssueEnsemble.MEME_FOYER, IssueEnsemble.FOYERS_DIFFERENTS)
    assert issues_possibles(3)[-1] is IssueEnsemble.A_SEPARER


def test_one_household_keeps_one_demande() -> None:
    decision = lire(A, B, gardee=B)
    assert (decision.groupes, decision.gardees) == ({A: 1, B: 1}, {B})
    assert a_rouvrir(decision, [(A, B)]) == ()


def test_different_households_all_go_on() -> None:
    decision = lire(A, B, C, issue="FOYERS_DIFFERENTS", motif="HOMONYME")
    assert (len(set(decision.groupes.values())), decision.gardees) == (3, {A, B, C})


def test_a_split_asks_again_of_each_household_that_holds_a_pair() -> None:
    decision = lire(A, B, C, D, issue="A_SEPARER", motif="MEME_FAMILLE", groupes={A: 1, B: 2, C: 1, D: 3})
    assert a_rouvrir(decision, [(A, B), (A, C), (B, D)]) == (frozenset({A, C}),)
    assert a_rouvrir(decision, [(A, B), (B, D)]) == ()  # A and C were decided before


LONGUE, NIR = "x" * 301, "son numéro est 2 87 03 99 000 001 54"
REFUS = [
    ((A, B), {"issue": ""}, "issue"),
    ((A, B), {"issue": "REUNI"}, "issue"),
    ((A, B), {"issue": "A_SEPARER"}, "issue"),
    ((A, B), {"motif": "HOMONYME", "gardee": A}, "motif"),
    ((A, B), {}, "gardee"),
    ((A, B), {"gardee": C}, "gardee"),
    ((A, B), {"gardee": A, "motif": "AUTRE"}, "precision"),
    ((A, B), {"gardee": A, "precision": LONGUE}, "precision"),
    ((A, B), {"gardee": A, "precision": NIR}, "precision"),
    ((A, B, C), {"issue": "A_SEPARER", "motif": "HOMONYME", "groupes": {A: 1, B: 1}}, "groupes"),
    ((A, B, C), {"issue": "A_SEPARER", "motif": "HOMONYME", "groupes": {A: 1, B: 1, C: 1}}, "groupes"),
    ((A, B, C), {"issue": "A_SEPARER", "motif": "HOMONYME", "groupes": {A: 1, B: 2, C: 3}}, "groupes"),
]


@pytest.mark.parametrize(("membres", "dits", "champ"), REFUS)
def test_refusals(membres: tuple[uuid.UUID, ...], dits: dict[str, object], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire(*membres, **dits)
    assert refus.value.champ == champ


def test_a_demande_that_cannot_come_back_does_not_go_on() -> None:
    with pytest.raises(Interdit, match="Choisissez la demande qui continue"):
        lire_decision(
            {A: False, B: True},
            issue="MEME_FOYER",
            motif="DEJA_ENREGISTREE",
            precision="",
            gardee=A,
            groupes={},
        )


def separer(**groupes: int) -> Decision:
    noms = {"a": A, "b": B, "c": C}
    return Decision(
        IssueEnsemble.A_SEPARER,
        Motif.HOMONYME,
        "",
        {noms[nom]: rang for nom, rang in groupes.items()},
        frozenset(),
    )


@pytest.mark.parametrize(
    ("meme", "decision", "refusee"),
    [
        (True, separer(a=1, b=1, c=2), False),
        (True, separer(a=1, b=2, c=2), True),
        (False, separer(a=1, b=2, c=2), False),
        (False, separer(a=1, b=1, c=2), True),
    ],
)
def test_a_pair_decided_before_holds(meme: bool, decision: Decision, refusee: bool) -> None:
    acquis, noms = {frozenset({A, B}): meme}, {A: "099A", B: "099B", C: "099C"}
    if not refusee:
        verifier_acquis(decision, acquis, noms)
        return
    with pytest.raises(Interdit, match="099A et 099B sont déjà décidées"):
        verifier_acquis(decision, acquis, noms)


def test_every_pair() -> None:
    assert deux_a_deux([A, B, C]) == {frozenset({A, B}), frozenset({A, C}), frozenset({B, C})}
