"""What an entry says, and how the journal proves itself: verbs in words, trees of hashes, signed notes. Pure."""

from sne.journal.rules.actes import (
    DE_SANTE,
    LECTURES,
    PHRASES,
    TRES_PERSONNELS,
    Cote,
    Entree,
    Valeur,
    Verbe,
)

__all__ = ["DE_SANTE", "LECTURES", "PHRASES", "TRES_PERSONNELS", "Cote", "Entree", "Valeur", "Verbe"]
