"""RPLS: what is journalled of its loads."""

from sne.journal.rules import Silence, Verbe


class VerbeRpls(Verbe):
    """Kinds of act."""

    CHARGER_RPLS = "CHARGER_RPLS", "Millésime du répertoire RPLS chargé", Silence.SANS_DEMANDE
