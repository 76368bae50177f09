"""Reminders read, situations played, remarks made."""

from sne.journal.rules import Silence, Verbe


class VerbeSensibilisation(Verbe):
    """Kinds of act."""

    LIRE_RAPPEL = "LIRE_RAPPEL", "Rappel sur l’état civil lu", Silence.SANS_DEMANDE
    REPONDRE_SCENARIO = "REPONDRE_SCENARIO", "Mise en situation suivie", Silence.SANS_DEMANDE
    LANCER_CAMPAGNE = "LANCER_CAMPAGNE", "Campagne lancée", Silence.SANS_DEMANDE
    ACCUSER_CAMPAGNE = "ACCUSER_CAMPAGNE", "Campagne lue, affichée ou relayée", Silence.SANS_DEMANDE
