"""What is done of a decision of the programme."""

from sne.journal.rules import Silence, Verbe


class VerbeProgramme(Verbe):
    """Kinds of act."""

    OUVRIR_DECISION = "OUVRIR_DECISION", "Décision du programme mise au vote", Silence.SANS_DEMANDE
    VOTER_DECISION = "VOTER_DECISION", "Voix d’un territoire sur une décision", Silence.SANS_DEMANDE
    CLORE_DECISION = "CLORE_DECISION", "Décision du programme prise", Silence.SANS_DEMANDE
    SUIVRE_DECISION = "SUIVRE_DECISION", "Suite donnée à une décision du programme", Silence.SANS_DEMANDE
