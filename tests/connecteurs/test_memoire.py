"""What is kept of answers: for a time, in bounded places, under a fingerprint that says nothing."""

from datetime import UTC, datetime, timedelta

from sne.connecteurs.memoire import Memoire
from sne.connecteurs.rules import Reponse

LE = datetime(2026, 11, 24, 10, tzinfo=UTC)
HEURE = timedelta(hours=1)


def test_kept_for_a_time() -> None:
    memoire: Memoire[str] = Memoire()
    memoire.garder("a", "b", reponse=Reponse("x", LE))
    assert memoire.lire("a", "b", le=LE + HEURE - timedelta(seconds=1), duree=HEURE) == Reponse("x", LE)
    assert memoire.lire("a", "b", le=LE + HEURE, duree=HEURE) is None
    assert memoire.lire("ab", le=LE, duree=HEURE) is None


def test_the_oldest_leaves_first() -> None:
    memoire: Memoire[int] = Memoire(places=2)
    for rang in (1, 2, 1, 3):
        memoire.garder(str(rang), reponse=Reponse(rang, LE))
    assert len(memoire) == 2
    assert [memoire.lire(str(r), le=LE, duree=HEURE) is None for r in (1, 2, 3)] == [False, True, False]
    memoire.vider()
    assert len(memoire) == 0


def test_what_was_asked_is_not_in_it() -> None:
    memoire: Memoire[int] = Memoire()
    memoire.garder("12 rue du Secret", reponse=Reponse(1, LE))
    assert b"Secret" not in b"".join(memoire._lignes)
