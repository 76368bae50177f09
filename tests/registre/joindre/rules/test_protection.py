"""When a protection may be lifted, and what a refusal says to do."""

from dataclasses import replace

import pytest

from sne.registre.joindre.rules.lever_protection import Protection, exiger_levable
from sne.socle.erreurs import Interdit

LEVABLE = Protection(ouverte=True, en_place=True, dite=False, de_soi=False)


def test_by_another_person_once_the_reason_is_out() -> None:
    exiger_levable(LEVABLE)


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"ouverte": False}, "Réactivez-la"),
        ({"en_place": False}, "rien à lever"),
        ({"dite": True}, "encore dans la demande"),
        ({"de_soi": True}, "Une autre personne"),
    ],
)
def test_refusals(changes: dict[str, bool], phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase):
        exiger_levable(replace(LEVABLE, **changes))
