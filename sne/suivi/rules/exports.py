"""Tables of the follow-up that may be taken away in a file. Pure."""

from enum import StrEnum


class Export(StrEnum):
    """One table; its value is the name of its file."""

    ATTENTE = "attente"
    DOSSIERS = "dossiers"
    GUICHETS = "guichets"
