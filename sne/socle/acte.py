"""One act about to be done: who does it, and when. Passed whole to every action: no two of them ever disagree."""

from dataclasses import dataclass
from datetime import datetime

from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Acte:
    """``acteur`` acts at ``survenu_le``: the business instant (aware), on which rules and past states live.

    Built once, by the screen, the interface, the command or the task that was asked; an action never reads the clock.
    """

    acteur: Acteur
    survenu_le: datetime

    def __post_init__(self) -> None:
        if self.survenu_le.tzinfo is None:
            raise ValueError("survenu_le must be aware")
