"""What is decided of the search."""

from sne.journal.rules import Silence, Verbe


class VerbeRecherche(Verbe):
    """Kinds of act."""

    DEFINIR_SYNONYME = "DEFINIR_SYNONYME", "Synonyme de la recherche défini", Silence.SANS_DEMANDE
