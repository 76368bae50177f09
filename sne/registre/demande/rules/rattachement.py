"""What links an account to a demande, and what ends it. Pure."""

from enum import StrEnum


class PreuveRattachement(StrEnum):
    """On which proof: the deposit itself, the civil status that the State gives, number and code, a counter."""

    DEPOT = "DEPOT"
    PIVOT = "PIVOT"
    NUMERO = "NUMERO"
    GUICHET = "GUICHET"


class FinRattachement(StrEnum):
    """Why it ended: by the person, another identity in force, another account of theirs, a counter, an objection."""

    PERSONNE = "PERSONNE"
    IDENTITE_CHANGEE = "IDENTITE_CHANGEE"
    SUB_REMPLACE = "SUB_REMPLACE"
    GUICHET = "GUICHET"
    CONTESTE = "CONTESTE"
