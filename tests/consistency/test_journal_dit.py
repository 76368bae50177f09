"""Every verb of the journal has words, and nothing but verbs is written."""

from sne.journal.rules import LECTURES, PHRASES, Verbe


def test_every_verb_has_a_sentence() -> None:
    assert set(PHRASES) == set(Verbe)
    assert all(phrase[0].isupper() and len(phrase) > 5 for phrase in PHRASES.values())


def test_reads_are_verbs() -> None:
    assert set(Verbe) >= LECTURES
