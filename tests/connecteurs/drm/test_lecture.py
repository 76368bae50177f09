"""Each answer of the DRM becomes months of six kinds; whatever is done to it, no absence ever becomes a figure."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.drm.rules.lecture import INDISPONIBLES, indisponible, lire_reponse, non_eligible
from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
    moyenne,
)
from sne.connecteurs.rules import Motif
from tests.connecteurs.drm.reponses import (
    DEMANDEE,
    LE,
    NIR,
    OK,
    RIEN,
    ZERO,
    erreur,
    ligne,
    present,
    reponse,
    vide,
)

AVRIL, MARS, FEVRIER = date(2026, 4, 1), date(2026, 3, 1), date(2026, 2, 1)


def lire(octets: bytes, statut: int = 200) -> tuple[Mois, ...]:
    return lire_reponse(statut, octets, demandee=DEMANDEE, le=LE)


def test_amounts_and_a_month_that_has_not_come() -> None:
    avril, mars, fevrier = lire(OK)
    assert avril == AucuneDonnee(AVRIL, SansDonnee.PAS_ENCORE_REMONTE)
    assert isinstance(mars, Montant)
    assert (mars.mois, mars.total) == (MARS, Decimal("1452.30"))
    assert isinstance(fevrier, Montant)
    assert [(x.nature, x.source, x.montant) for x in fevrier.lignes] == [
        ("SALAIRE", "DSN", Decimal("1452.30")),
        ("INDEMNITES_JOURNALIERES", "PASRAU", Decimal("210.00")),
    ]


def test_a_zero_that_is_declared_and_months_of_which_nothing_is_said() -> None:
    avril, mars, fevrier = lire(ZERO)
    assert isinstance(avril, ZeroConfirme)
    sans = {AucuneDonnee(MARS, SansDonnee.SOURCES_CLOSES), AucuneDonnee(FEVRIER, SansDonnee.SOURCES_CLOSES)}
    assert {mars, fevrier} == sans


def test_a_correction_may_be_below_zero_and_lines_may_cancel_out() -> None:
    octets = reponse(
        present("2026-04", "-12.50", ligne("-12.50")),
        present("2026-03", "0.00", ligne("5.00"), ligne("-5.00")),
    )
    avril, mars, fevrier = lire(octets)
    assert isinstance(avril, Montant)
    assert avril.total == Decimal("-12.50")
    assert isinstance(mars, ZeroConfirme)
    assert fevrier == AucuneDonnee(FEVRIER, SansDonnee.MOIS_ABSENT), "left out of the answer: not zero"


@pytest.mark.parametrize(
    ("statut", "code", "attendu"),
    [
        (404, "DRM-404-NIR", AucuneDonnee(AVRIL, SansDonnee.NIR_INCONNU)),
        (409, "DRM-409-IDENTITE", DiscordanceIdentite(AVRIL)),
        (422, "DRM-422-NIR-PROVISOIRE", PasEligible(AVRIL, NonEligible.NIR_PROVISOIRE)),
    ],
)
def test_what_it_refuses_about_a_person(statut: int, code: str, attendu: Mois) -> None:
    mois = lire(erreur(code), statut)
    assert len(mois) == 3
    assert mois[0] == attendu
    assert {type(m) for m in mois} == {type(attendu)}


@pytest.mark.parametrize("statut", [404, 409, 422, 418])
def test_a_refusal_of_something_else_says_nothing_of_the_person(statut: int) -> None:
    with pytest.raises(ValueError, match="says nothing"):
        lire(erreur("00404"), statut)


def test_an_identity_that_does_not_agree_hides_everything_that_comes_with_it() -> None:
    octets = reponse(present("2026-04", "10.00", ligne("10.00")), identite_concordante=False)
    assert {type(m) for m in lire(octets)} == {DiscordanceIdentite}


MENSONGES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a page": lambda: b"<!DOCTYPE html>",
    "null": lambda: b"null",
    "no data": lambda: b"{}",
    "data null": lambda: b'{"data": null}',
    "somebody else": lambda: reponse(present("2026-04", "10.00", ligne("10.00")), nir="190019999904519"),
    "NIR as a number": lambda: reponse(nir=int(NIR)),
    "drawn tomorrow": lambda: reponse(date_extraction="2026-05-15"),
    "drawn on no day": lambda: reponse(date_extraction="2026-02-31"),
    "a month twice": lambda: reponse(vide("2026-04"), vide("2026-04")),
    "a month not asked for": lambda: reponse(present("2026-01", "10.00", ligne("10.00"))),
    "a thirteenth month": lambda: reponse(vide("2026-13")),
    "months null": lambda: reponse(mois=None),
    "agreement null": lambda: reponse(identite_concordante=None),
    "agreement as a word": lambda: reponse(identite_concordante="oui"),
    "present without a total": lambda: reponse({**present("2026-04", "0", ligne()), "total_net_verse": None}),
    "present without lines": lambda: reponse(present("2026-04", "0.00")),
    "a total of nobody": lambda: reponse(present("2026-04", "10.00", ligne("9.00"))),
    "a total for nothing": lambda: reponse({**vide("2026-04"), "total_net_verse": "0.00"}),
    "lines for nothing": lambda: reponse({**vide("2026-04"), "ressources": [ligne()]}),
    "a number for an amount": lambda: reponse({**present("2026-04", "0", ligne()), "total_net_verse": 0}),
    "three decimals": lambda: reponse(present("2026-04", "1.000", ligne("1.000"))),
    "no decimals": lambda: reponse(present("2026-04", "1", ligne("1"))),
    "NaN": lambda: reponse(present("2026-04", "NaN", ligne("NaN"))),
    "a billion": lambda: reponse(present("2026-04", "1000000000.00", ligne("1000000000.00"))),
    "dollars": lambda: reponse(present("2026-04", "1.00", ligne("1.00", devise="USD"))),
    "empty amount": lambda: reponse(present("2026-04", "", ligne(""))),
    "unknown status": lambda: reponse(vide("2026-04", "PEUT_ETRE")),
    "no status": lambda: reponse({"mois": "2026-04", "total_net_verse": None, "ressources": []}),
    "lines null": lambda: reponse({**vide("2026-04"), "ressources": None}),
}


@pytest.mark.parametrize("mensonge", MENSONGES)
def test_what_does_not_hold_together_is_not_believed(mensonge: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        lire(MENSONGES[mensonge]())


def test_no_answer_is_said_of_each_month() -> None:
    assert indisponible(Motif.LENT, DEMANDEE.mois)[0] == SourceIndisponible(AVRIL, Indisponible.DELAI)
    assert set(INDISPONIBLES) == set(Motif)
    assert non_eligible(NonEligible.NIR_ABSENT, [AVRIL]) == (PasEligible(AVRIL, NonEligible.NIR_ABSENT),)


def test_who_is_asked_about_is_shown_nowhere() -> None:
    assert NIR not in repr(DEMANDEE)
    assert NIR not in f"{[DEMANDEE]}"
    assert DEMANDEE.corps()["nir"] == NIR
    assert DEMANDEE.corps()["periode"] == {"debut": "2026-02", "fin": "2026-04"}


feuilles = st.sampled_from(
    [None, 0, 0.0, "", "0", "0.00", "12.00", [], {}, True, False, "PRESENT", "AUCUNE_DONNEE"]
)


def chemins(valeur: Any, ici: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of an answer."""
    suites = (
        valeur.items() if isinstance(valeur, dict) else enumerate(valeur) if isinstance(valeur, list) else ()
    )
    return [*([ici] if ici else []), *(c for cle, v in suites for c in chemins(v, (*ici, cle)))]


@given(st.sampled_from([OK, ZERO, RIEN]), st.data())
def test_whatever_is_done_to_an_answer_no_absence_becomes_a_figure(
    octets: bytes, donnees: st.DataObject
) -> None:
    """Values replaced, taken away or repeated: what is still believed has a figure only where lines declare it."""
    mutee = json.loads(octets)
    for _ in range(donnees.draw(st.integers(1, 3))):
        *avant, dernier = donnees.draw(st.sampled_from(chemins(mutee)))
        lieu = mutee
        for cle in avant:
            lieu = lieu[cle]
        if donnees.draw(st.booleans()):
            lieu[dernier] = donnees.draw(feuilles)
        else:
            del lieu[dernier]
    try:
        lus = lire(json.dumps(mutee).encode())
    except ValueError:
        return
    declares = {m["mois"]: m for m in mutee["data"]["mois"]}
    assert [m.mois for m in lus] == list(DEMANDEE.mois)
    for mois in lus:
        declare = declares.get(f"{mois.mois:%Y-%m}")
        if isinstance(mois, Montant | ZeroConfirme):
            assert declare is not None
            assert declare["statut"] == "PRESENT"
            assert declare["ressources"]
            somme = sum(Decimal(x["montant_net_verse"]) for x in declare["ressources"])
            assert Decimal(declare["total_net_verse"]) == somme
            assert mutee["data"]["nir"] == NIR
            assert mutee["data"]["identite_concordante"] is True
        else:
            assert not hasattr(mois, "total")
    avec = [m for m in lus if isinstance(m, Montant | ZeroConfirme)]
    dite = moyenne(lus)
    assert (dite is None) is (not avec)
    assert dite is None or dite.mois_comptes == len(avec)
