"""What waits because a household cannot be reached."""

from sne.notifications.verbes import VerbeMessage
from sne.registre.attente.rules import DU_GUICHET, NatureAttente, suivre
from sne.registre.joindre.verbes import VerbeJoindre


class AttenteJoindre(NatureAttente):
    """Natures of what is awaited."""

    COURRIEL_INVALIDE = "COURRIEL_INVALIDE", "Adresse électronique qui refuse les messages", DU_GUICHET
    MESSAGE_REFUSE = "MESSAGE_REFUSE", "Message refusé par sa destination", DU_GUICHET
    LETTRE_REFUSEE = "LETTRE_REFUSEE", "Lettre revenue ou impossible à envoyer", DU_GUICHET


_ADRESSE = (AttenteJoindre.COURRIEL_INVALIDE,)
_MESSAGE = (AttenteJoindre.MESSAGE_REFUSE, AttenteJoindre.LETTRE_REFUSEE)
suivre(
    {
        VerbeJoindre.INVALIDER_COURRIEL: _ADRESSE,
        VerbeJoindre.VERIFIER_COURRIEL: _ADRESSE,
        VerbeMessage.PREPARER_MESSAGE: _MESSAGE,
        VerbeMessage.ENVOYER_MESSAGE: _MESSAGE,
        VerbeMessage.DELIVRER_MESSAGE: _MESSAGE,
        VerbeMessage.REJETER_MESSAGE: _MESSAGE,
    }
)
