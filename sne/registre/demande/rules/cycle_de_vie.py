"""States of an application on the server, and the only moves between them.

Sources: CCH R441-2-7 (one year of validity), R441-2-8 (closed list of reasons for striking off); arrêté
du 23 mars 2015, annex §6 (re-activation) and §7 (erasure one year after).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.registre.contenu.rules.anomalie import citer
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class Statut(StrEnum):
    """Where an application stands. A draft is not an application yet, and has no state here."""

    ACTIVE = "ACTIVE"
    EXPIREE = "EXPIREE"
    RADIEE = "RADIEE"
    PURGEE = "PURGEE"
    ANNULEE = "ANNULEE"  # registered twice by mistake: another demande of the household is kept


class Transition(StrEnum):
    """What may happen to an application."""

    DEPOSER = "DEPOSER"  # by a counter, identity seen: registered at once
    MODIFIER = "MODIFIER"
    RENOUVELER = "RENOUVELER"
    EXPIRER = "EXPIRER"
    RADIER = "RADIER"
    REACTIVER = "REACTIVER"
    PURGER = "PURGER"
    ANNULER = "ANNULER"
    RETABLIR = "RETABLIR"


LIBELLES_STATUT: Mapping[Statut, str] = MappingProxyType(
    {
        Statut.ACTIVE: "active",
        Statut.EXPIREE: "expirée",
        Statut.RADIEE: "radiée",
        Statut.PURGEE: "effacée",
        Statut.ANNULEE: "annulée",
    }
)
LIBELLES_TRANSITION: Mapping[Transition, str] = MappingProxyType(
    {
        Transition.DEPOSER: "enregistrée",
        Transition.MODIFIER: "modifiée",
        Transition.RENOUVELER: "renouvelée",
        Transition.EXPIRER: "déclarée expirée",
        Transition.RADIER: "radiée",
        Transition.REACTIVER: "réactivée",
        Transition.PURGER: "effacée",
        Transition.ANNULER: "annulée",
        Transition.RETABLIR: "rétablie",
    }
)
"""Past participles, feminine: « elle ne peut pas être … »."""

CYCLE_DE_VIE: Mapping[tuple[Statut | None, Transition], Statut] = MappingProxyType(
    {
        (None, Transition.DEPOSER): Statut.ACTIVE,
        (Statut.ACTIVE, Transition.MODIFIER): Statut.ACTIVE,
        (Statut.ACTIVE, Transition.RENOUVELER): Statut.ACTIVE,
        (Statut.ACTIVE, Transition.EXPIRER): Statut.EXPIREE,
        (Statut.ACTIVE, Transition.RADIER): Statut.RADIEE,
        (Statut.EXPIREE, Transition.MODIFIER): Statut.EXPIREE,
        (Statut.EXPIREE, Transition.RENOUVELER): Statut.ACTIVE,
        (Statut.EXPIREE, Transition.RADIER): Statut.RADIEE,
        (Statut.RADIEE, Transition.REACTIVER): Statut.ACTIVE,
        (Statut.RADIEE, Transition.PURGER): Statut.PURGEE,
        (Statut.ACTIVE, Transition.ANNULER): Statut.ANNULEE,
        (Statut.ANNULEE, Transition.RETABLIR): Statut.ACTIVE,
        (Statut.ANNULEE, Transition.PURGER): Statut.PURGEE,
    }
)
"""(state before, what happens) → state after; ``None`` is before the application exists. The rest is
forbidden.
"""

OUVERTES = frozenset({Statut.ACTIVE, Statut.EXPIREE})
"""States in which the household holds its place: one open application per household and territory."""


class TransitionInterdite(Interdit):
    """This may not happen to an application in that state."""

    code = "TRANSITION_INTERDITE"


def next_statut(statut: Statut | None, transition: Transition) -> Statut:
    """State after ``transition``. Raises :class:`TransitionInterdite`."""
    suivant = CYCLE_DE_VIE.get((statut, transition))
    if suivant is not None:
        return suivant
    ce_que = LIBELLES_TRANSITION[transition]
    if statut is None:
        raise TransitionInterdite(
            f"Cette demande n’est pas encore enregistrée{INSECABLE}: elle ne peut pas être {ce_que}.",
            champ="statut",
        )
    raise TransitionInterdite(
        f"Cette demande est {citer(LIBELLES_STATUT[statut])}{INSECABLE}: elle ne peut pas être {ce_que}.",
        champ="statut",
    )
