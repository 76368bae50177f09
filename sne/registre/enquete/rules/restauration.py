"""How a request to put a demande back ends."""

from enum import StrEnum


class IssueRestauration(StrEnum):
    """How a request ends: what the second person answered, or taken back by the person who asked."""

    ACCEPTEE = "ACCEPTEE"
    REFUSEE = "REFUSEE"
    RETIREE = "RETIREE"
