"""What a digest says: how much is new, never what it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class Nouveautes:
    """How many things of each kind are new to somebody who did not come."""

    reponses: int = 0
    sujets: int = 0
    sans_reponse: int = 0
    suites: int = 0

    def __bool__(self) -> bool:
        return bool(self.reponses or self.sujets or self.sans_reponse or self.suites)


def dire(n: Nouveautes) -> Sequence[str]:
    """One line for each kind; nothing of what was written, nor of where: rights may end before it is read."""
    lignes = (
        (n.reponses, "sujet où vous avez écrit a une réponse", "sujets où vous avez écrit ont une réponse"),
        (
            n.sujets,
            "sujet nouveau ou repris dans un espace suivi",
            "sujets nouveaux ou repris dans vos espaces suivis",
        ),
        (n.sans_reponse, "question attend une réponse", "questions attendent une réponse"),
        (
            n.suites,
            "questionnaire auquel vous avez répondu est clos",
            "questionnaires auxquels vous avez répondu sont clos",
        ),
    )
    return [
        f"{combien}{INSECABLE}{un if combien == 1 else plusieurs}"
        for combien, un, plusieurs in lignes
        if combien
    ]
