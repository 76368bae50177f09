"""What an entry says, and how the journal proves itself: kinds of act, trees of hashes, signed notes. Pure."""

from sne.journal.rules.actes import Cote, Entree, Valeur
from sne.journal.rules.verbes import (
    RESERVES,
    SILENCES,
    Dit,
    Silence,
    Trait,
    Verbe,
    ecritures,
    verbes_qui,
)

__all__ = [
    "RESERVES",
    "SILENCES",
    "Cote",
    "Dit",
    "Entree",
    "Silence",
    "Trait",
    "Valeur",
    "Verbe",
    "ecritures",
    "verbes_qui",
]
