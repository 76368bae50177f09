"""Every kind of act has words, and each module declares its own; rights name kinds of act that exist."""

import pytest

from sne.habilitations.rules.usages import VERBES
from sne.journal.rules import SILENCES, Silence, Verbe
from sne.journal.verbes import VerbeJournal


def test_every_kind_of_act_has_a_sentence() -> None:
    assert all(code == verbe.name for code, verbe in Verbe.tous().items())
    assert all(verbe.phrase[0].isupper() and len(verbe.phrase) > 5 for verbe in Verbe.tous().values())


@pytest.mark.parametrize(
    "module", sorted(Verbe.__subclasses__(), key=str), ids=lambda module: module.__module__
)
def test_a_module_declares_its_kinds_of_act_in_one_file(module: type[Verbe]) -> None:
    assert module.__module__.startswith("sne.")
    assert module.__module__.endswith(".verbes")
    assert all(verbe.phrase and verbe.menage for verbe in module)


def test_each_silence_has_its_reason_and_serves() -> None:
    assert (
        set(SILENCES)
        == set(Silence)
        == {v.menage for v in Verbe.tous().values() if isinstance(v.menage, Silence)}
    )


def test_rights_name_kinds_of_act() -> None:
    assert Verbe.tous().keys() >= VERBES


def test_two_modules_that_say_the_same_are_refused() -> None:
    assert Verbe.reunir([VerbeJournal]).keys() == {verbe.value for verbe in VerbeJournal}
    with pytest.raises(ValueError, match="the same Verbe"):
        Verbe.reunir([VerbeJournal, VerbeJournal])
