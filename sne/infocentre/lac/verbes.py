"""Acts on the lake of statistics."""

from sne.journal.rules import Silence, Verbe


class VerbeLac(Verbe):
    """Kinds of act."""

    VERSER_LAC = "VERSER_LAC", "Faits versés au lac des statistiques", Silence.SANS_DEMANDE
    EFFACER_DU_LAC = (
        "EFFACER_DU_LAC",
        "Faits des demandes effacées retirés du lac des statistiques",
        Silence.SANS_DEMANDE,
    )
