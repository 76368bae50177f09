"""Objects open with their own key, in their territory, whole; keys are changed without touching the bytes."""

import io
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.documents.chiffrement import (
    MORCEAU,
    chiffrer_flux,
    deballer,
    dechiffrer_flux,
    emballer,
    nouvelle_cle,
    taille_chiffree,
)
from sne.documents.models import Objet
from sne.documents.rotation import Tournees, tourner_cles
from sne.documents.rules import MagasinIndisponible
from sne.socle.chiffrement import Indechiffrable
from tests.documents.factories import OCTETS, contenu, garde

OBJET = uuid.UUID(int=7)
CLE = bytes(range(32))
UNE, DEUX = {1: b"\x33" * 32}, {1: b"\x33" * 32, 2: b"\x44" * 32}


def chiffre(clair: bytes, *, territoire: str = "099", objet_id: uuid.UUID = OBJET) -> bytes:
    """The blob of a content."""
    return b"".join(chiffrer_flux(io.BytesIO(clair), cle=CLE, territoire=territoire, objet_id=objet_id))


def dechiffre(blob: bytes, *, territoire: str = "099", objet_id: uuid.UUID = OBJET, par: int = 1000) -> bytes:
    """The content of a blob that comes by pieces."""
    pieces = (blob[i : i + par] for i in range(0, len(blob), par))
    return b"".join(dechiffrer_flux(pieces, cle=CLE, territoire=territoire, objet_id=objet_id))


@pytest.mark.parametrize("taille", [0, 1, MORCEAU - 1, MORCEAU, MORCEAU + 1, 2 * MORCEAU, 3 * MORCEAU - 7])
@pytest.mark.parametrize("par", [7, 65_552, 1 << 20])
def test_content_of_any_size_comes_back(taille: int, par: int) -> None:
    clair = bytes(i % 251 for i in range(taille))
    blob = chiffre(clair)
    assert len(blob) == taille_chiffree(taille)
    assert dechiffre(blob, par=par) == clair


@given(st.binary(max_size=200), st.data())
def test_any_change_is_seen(clair: bytes, data: st.DataObject) -> None:
    blob = bytearray(chiffre(clair))
    place = data.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Indechiffrable):
        dechiffre(bytes(blob))


def test_chunks_cannot_be_dropped_moved_or_added() -> None:
    blob = chiffre(bytes(2 * MORCEAU) + b"fin")
    un, deux, fin = blob[4 : 4 + MORCEAU + 16], blob[4 + MORCEAU + 16 : 4 + 2 * (MORCEAU + 16)], blob[-19:]
    for autre in (un + deux, un + fin, deux + un + fin, un + deux + fin + fin, un + deux + deux + fin, b""):
        with pytest.raises(Indechiffrable):
            dechiffre(blob[:4] + autre)


def test_blob_of_another_territory_or_object_does_not_open() -> None:
    blob = chiffre(b"contenu")
    for autres in ({"territoire": "098"}, {"objet_id": uuid.UUID(int=8)}):
        with pytest.raises(Indechiffrable):
            dechiffre(blob, **autres)  # type: ignore[arg-type]


def test_key_is_of_its_territory_and_object() -> None:
    emballee = emballer(CLE, territoire="099", objet_id=OBJET)
    assert deballer(emballee, territoire="099", objet_id=OBJET) == CLE
    assert CLE not in emballee.octets
    for territoire, objet_id in (("098", OBJET), ("099", uuid.UUID(int=8))):
        with pytest.raises(Indechiffrable):
            deballer(emballee, territoire=territoire, objet_id=objet_id)
    assert nouvelle_cle() != nouvelle_cle()


@pytest.mark.django_db
def test_rotation_wraps_every_key_again(settings: Any) -> None:
    settings.CLES_DOCUMENTS = UNE
    document = garde(pages=2)
    avant = dict(Objet.objects.values_list("id", "adresse"))
    settings.CLES_DOCUMENTS = DEUX
    assert contenu(document) == OCTETS
    recent = garde(b"depuis", pages=0)
    vus: list[int] = []
    assert tourner_cles(avancer=vus.append) == Tournees(3, 0)
    assert sum(vus) == 3
    assert set(Objet.objects.values_list("cle_version", flat=True)) == {2}
    assert avant.items() <= dict(Objet.objects.values_list("id", "adresse")).items()
    assert tourner_cles() == Tournees(0, 0)
    settings.CLES_DOCUMENTS = {2: DEUX[2]}
    assert (contenu(document), contenu(recent)) == (OCTETS, b"depuis")


@pytest.mark.django_db
def test_rotation_cut_in_the_middle_goes_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.documents.rotation.PAR_LOT", 1)
    settings.CLES_DOCUMENTS = UNE
    garde(pages=3)
    settings.CLES_DOCUMENTS = DEUX

    class Coupee(Exception):
        """The process stops there."""

    def couper(_: int) -> None:
        raise Coupee

    with pytest.raises(Coupee):
        tourner_cles(avancer=couper)
    assert tourner_cles() == Tournees(3, 0)


@pytest.mark.django_db
def test_key_that_is_gone_is_counted_and_says_so_when_opening(settings: Any) -> None:
    settings.CLES_DOCUMENTS = UNE
    document = garde(pages=0)
    settings.CLES_DOCUMENTS = {2: DEUX[2]}
    assert tourner_cles() == Tournees(0, 1)
    with pytest.raises(MagasinIndisponible):
        contenu(document)
    settings.CLES_DOCUMENTS = {1: b"\x55" * 32, 2: DEUX[2]}
    assert tourner_cles() == Tournees(0, 1)
