"""Imports of vendors: received, started again, stopped; what their lines do has its own entries."""

from sne.journal.rules import Silence, Verbe


class VerbeImport(Verbe):
    """Kinds of act."""

    DEPOSER_IMPORT = "DEPOSER_IMPORT", "Fichier d’un éditeur reçu", Silence.SANS_DEMANDE
    REPRENDRE_IMPORT = "REPRENDRE_IMPORT", "Import d’un éditeur repris", Silence.SANS_DEMANDE
    ANNULER_IMPORT = "ANNULER_IMPORT", "Import d’un éditeur annulé", Silence.SANS_DEMANDE
