"""What a process keeps for a minute."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from sne.referentiels.selectors import instantanes
from sne.referentiels.selectors.instantanes import Instantane


class Source:
    """A table that counts its readings."""

    def __init__(self) -> None:
        self.version, self.lectures = 1, 0

    def lire(self) -> str:
        self.lectures += 1
        return f"v{self.version}"


@pytest.fixture
def sans_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The snapshots of the test are not kept among those of the process."""
    monkeypatch.setattr(instantanes, "INSTANTANES", [])


@pytest.mark.usefixtures("sans_trace")
class TestInstantane:
    """Kept, renewed, forgotten."""

    def test_is_read_once_within_a_minute(self) -> None:
        source = Source()
        instantane = Instantane(source.lire)
        assert [instantane.obtenir() for _ in range(3)] == ["v1"] * 3
        assert source.lectures == 1

    def test_is_read_again_when_the_minute_has_passed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(instantanes, "DUREE", 0.0)
        source = Source()
        instantane = Instantane(source.lire)
        instantane.obtenir()
        source.version = 2
        assert instantane.obtenir() == "v2"

    def test_same_version_is_not_read_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(instantanes, "DUREE", 0.0)
        source = Source()
        instantane = Instantane(source.lire, lambda: source.version)
        assert [instantane.obtenir(), instantane.obtenir()] == ["v1", "v1"]
        assert source.lectures == 1
        source.version = 2
        assert instantane.obtenir() == "v2"

    def test_two_threads_read_once(self) -> None:
        source, depart = Source(), Barrier(2)

        def lire_lentement() -> str:
            time.sleep(0.2)
            return source.lire()

        instantane = Instantane(lire_lentement)

        def demander() -> str:
            depart.wait()
            return instantane.obtenir()

        with ThreadPoolExecutor(2) as fils:
            assert [f.result() for f in [fils.submit(demander), fils.submit(demander)]] == ["v1", "v1"]
        assert source.lectures == 1

    def test_oublier_reads_again_at_once(self) -> None:
        source = Source()
        instantane = Instantane(source.lire)
        instantane.obtenir()
        source.version = 2
        instantanes.oublier()
        assert instantane.obtenir() == "v2"
