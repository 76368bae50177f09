"""Acts on the journal itself."""

from sne.journal.rules import Silence, Verbe


class VerbeJournal(Verbe):
    """Kinds of act."""

    DECLARER_CLE = "DECLARER_CLE", "Clé de signature du journal mise en service", Silence.SANS_DEMANDE
    ECARTER_JALON = "ECARTER_JALON", "Faux jalon du journal écarté", Silence.SANS_DEMANDE
    REPRENDRE_SERVICE = "REPRENDRE_SERVICE", "Service rouvert après une restauration", Silence.SANS_DEMANDE
    TOURNER_CLES = "TOURNER_CLES", "Clés de chiffrement changées pour une autre", Silence.SANS_DEMANDE
    RETIRER_MOIS = "RETIRER_MOIS", "Mois du journal retiré, au bout de sa conservation", Silence.SANS_DEMANDE
