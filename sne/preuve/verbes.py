"""Asking the journal."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbePreuve(Verbe):
    """Kinds of act."""

    RECHERCHER_ACTES = "RECHERCHER_ACTES", "Recherche dans le journal", Silence.SANS_DEMANDE, Trait.LECTURE
    EXPORTER_ACTES = "EXPORTER_ACTES", "Actes du journal exportés", Silence.SANS_DEMANDE, Trait.LECTURE
