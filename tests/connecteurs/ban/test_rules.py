"""What the national service of addresses says, read from its documented shapes and from lies about them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.ban.rules import Nature, RechercheAdresse, lire_adresses, parametres, texte_cherche


def numero(**changes: Any) -> dict[str, Any]:
    """A house number, as documented."""
    return {
        "label": "10 Rue des Spécimens Fictifs 59000 Lille",
        "score": 0.94,
        "housenumber": "10",
        "id": "59350_0001_00010",
        "name": "10 Rue des Spécimens Fictifs",
        "postcode": "59000",
        "citycode": "59350",
        "x": 704062.0,
        "y": 7059803.0,
        "city": "Lille",
        "context": "59, Nord, Hauts-de-France",
        "type": "housenumber",
        "importance": 0.42,
        "street": "Rue des Spécimens Fictifs",
        "_type": "address",
        **changes,
    }


def collection(*proprietes: dict[str, Any]) -> bytes:
    """A whole answer."""
    traits = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3.05, 50.6]}, "properties": p}
        for p in proprietes
    ]
    return json.dumps({"type": "FeatureCollection", "version": "draft", "features": traits}).encode()


def test_a_house_number() -> None:
    [adresse] = lire_adresses(collection(numero()))
    assert (adresse.nature, adresse.numero, adresse.voie) == (
        Nature.NUMERO,
        "10",
        "Rue des Spécimens Fictifs",
    )
    assert (adresse.code_postal, adresse.code_commune, adresse.commune) == ("59000", "59350", "Lille")


def test_a_street_has_no_number_whatever_it_says() -> None:
    [adresse] = lire_adresses(collection(numero(type="street", name="Rue des Spécimens Fictifs")))
    assert (adresse.nature, adresse.numero) == (Nature.VOIE, "")


def test_a_commune_is_not_a_street() -> None:
    lue = {
        k: v
        for k, v in numero(type="municipality", name="Lille").items()
        if k not in {"street", "housenumber"}
    }
    [adresse] = lire_adresses(collection(lue))
    assert (adresse.nature, adresse.voie, adresse.commune) == (Nature.COMMUNE, "", "Lille")


def test_a_place_without_streets_is_named() -> None:
    lue = {k: v for k, v in numero(type="locality", name="Le Bout du Monde").items() if k != "street"}
    [adresse] = lire_adresses(collection(lue))
    assert (adresse.nature, adresse.voie) == (Nature.LIEU_DIT, "Le Bout du Monde")


def test_nothing_is_an_answer() -> None:
    assert lire_adresses(collection()) == ()


def test_a_score_just_over_one_is_one() -> None:
    assert lire_adresses(collection(numero(score=1.0000001)))[0].score == 1.0


MENSONGES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not JSON": lambda: b"<html>",
    "null": lambda: b"null",
    "list": lambda: b"[]",
    "no features": lambda: b'{"type": "FeatureCollection"}',
    "features null": lambda: b'{"type": "FeatureCollection", "features": null}',
    "not a number": lambda: collection(numero(score="0.9")),
    "infinite": lambda: collection(numero(score=float("nan"))),
    "score of nobody": lambda: collection(numero(score=17)),
    "postal code as a number": lambda: collection(numero(postcode=59000)),
    "postal code too long": lambda: collection(numero(postcode="590000")),
    "commune of nowhere": lambda: collection(numero(citycode="Lille")),
    "unknown kind": lambda: collection(numero(type="planet")),
    "number without its number": lambda: collection(numero(housenumber="")),
    "number without its street": lambda: collection(numero(street="")),
    "endless label": lambda: collection(numero(label="a" * 301)),
    "no label": lambda: collection(numero(label="")),
    "one wrong among right ones": lambda: collection(numero(), numero(city=None)),
    "too many": lambda: collection(*[numero()] * 21),
    "Latin-1": lambda: "é".encode("latin-1"),
}


@pytest.mark.parametrize("mensonge", MENSONGES)
def test_a_lie_is_not_read(mensonge: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        lire_adresses(MENSONGES[mensonge]())


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("  12   rue  X ", "12 rue X"),
        ("« 12 rue", "12 rue"),
        ("-- 12 rue", "12 rue"),
        ("ab", ""),
        ("École", "École"),
        ("a" * 300, "a" * 200),
        ("ab" + " " * 10, ""),
    ],
)
def test_what_may_be_sent(texte: str, attendu: str) -> None:
    assert texte_cherche(texte) == attendu


@given(st.text())
def test_what_is_sent_is_never_refused(texte: str) -> None:
    dit = texte_cherche(texte)
    assert dit == "" or (3 <= len(dit) <= 200 and dit[0].isalnum())


@pytest.mark.parametrize(("limite", "envoyee"), [(0, 1), (5, 5), (99, 20)])
def test_never_more_than_it_gives(limite: int, envoyee: int) -> None:
    assert parametres(RechercheAdresse("x", limite=limite), "x")["limit"] == envoyee
