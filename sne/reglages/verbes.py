"""What is done of the value of a dated parameter."""

from sne.journal.rules import Silence, Verbe


class VerbeReglage(Verbe):
    """Kinds of act."""

    PROPOSER_PARAMETRE = "PROPOSER_PARAMETRE", "Valeur d’un paramètre proposée", Silence.SANS_DEMANDE
    ACCEPTER_PARAMETRE = "ACCEPTER_PARAMETRE", "Valeur d’un paramètre mise en vigueur", Silence.SANS_DEMANDE
    REFUSER_PARAMETRE = "REFUSER_PARAMETRE", "Valeur d’un paramètre refusée", Silence.SANS_DEMANDE
    RETIRER_PARAMETRE = "RETIRER_PARAMETRE", "Proposition d’une valeur retirée", Silence.SANS_DEMANDE
