"""Two hundred hostile files and more: each refused by one clear sentence, nothing made of it, no process harmed."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from sne.documents.lecture.depot import analyser
from sne.documents.rules import DocumentRefuse, Limites
from tests.documents.lecture.abimes import abimes
from tests.documents.lecture.bombes import bombes
from tests.documents.lecture.mauvais_types import mauvais_types
from tests.documents.lecture.polyglottes import polyglottes
from tests.documents.limites import BORNES, PRESSEES

LIMITES = Limites(octets=20_000_000, pages=300, lecture=BORNES)
HOSTILES = [*mauvais_types(), *polyglottes(), *abimes(), *bombes()]


@pytest.mark.usefixtures("en_lot")
@pytest.mark.parametrize(("octets", "codes"), [h[1:] for h in HOSTILES], ids=[h[0] for h in HOSTILES])
def test_hostile_file_is_refused(octets: bytes, codes: set[str], tmp_path: Path) -> None:
    recu = tmp_path / "recu"
    recu.write_bytes(octets)
    with pytest.raises(DocumentRefuse) as refus:
        analyser(recu, dossier=tmp_path, limites=replace(LIMITES, lecture=PRESSEES))
    assert refus.value.code in codes
    assert refus.value.phrase.endswith(".")
    assert recu.read_bytes() == octets


SANS_DANGER = [*mauvais_types(), *polyglottes(), *abimes()]


@pytest.mark.usefixtures("sur_place")
@pytest.mark.parametrize(("octets", "codes"), [h[1:] for h in SANS_DANGER], ids=[h[0] for h in SANS_DANGER])
def test_refusal_comes_from_the_reading_and_not_from_the_walls(
    octets: bytes, codes: set[str], tmp_path: Path
) -> None:
    (tmp_path / "recu").write_bytes(octets)
    with pytest.raises(DocumentRefuse) as refus:
        analyser(tmp_path / "recu", dossier=tmp_path, limites=LIMITES)
    assert refus.value.code in codes


def test_at_least_two_hundred_distinct_files() -> None:
    assert len({hashlib.sha256(octets).digest() for _, octets, _ in HOSTILES}) == len(HOSTILES) >= 200
