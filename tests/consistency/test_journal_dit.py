"""Every verb of the journal has words, and nothing but verbs is written."""

from sne.journal.rules import LECTURES, PHRASES, Verbe
from sne.registre.lecture.rules.historique_demandeur.catalogue import CATALOGUE, TUS


def test_every_verb_has_a_sentence() -> None:
    assert set(PHRASES) == set(Verbe)
    assert all(phrase[0].isupper() and len(phrase) > 5 for phrase in PHRASES.values())


def test_every_verb_is_told_to_households_or_said_not_to_be() -> None:
    """A new verb goes into ``lecture/rules/historique_demandeur/catalogue.py``: a sentence, or why there is none."""
    assert set(CATALOGUE) | set(TUS) == set(Verbe)
    assert not set(CATALOGUE) & set(TUS)


def test_reads_are_verbs() -> None:
    assert set(Verbe) >= LECTURES
