"""Whether the resources of an applicant may be asked for or read now, by this actor: asked by the act itself, and by
whoever offers it.
"""

from datetime import datetime, timedelta

from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources import policies
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.montrer import Situation, refus_de_montrer
from sne.registre.ressources.rules.mots import NON_CONSULTABLE
from sne.registre.ressources.selectors import derniere_reponse, get_situation
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE


def exiger_ressources_lisibles(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(policies.can_lire_ressources(acteur, demande), sans_droit(Permission.RESSOURCES_LIRE))


def exiger_interrogeable(demande: Demande, acteur: Acteur, *, instant: datetime) -> Situation:
    """Whether this actor may ask the source about the applicant now; what the demande is in.

    Raises ``NonHabilite``, ``Interdit`` (nobody to ask about, an identity that waits, asked a moment ago).
    """
    exiger_ressources_lisibles(demande, acteur)
    situation = get_situation(demande)
    exiger_eligible(situation)
    derniere = derniere_reponse(demande)
    minutes = get_parametres(jour(instant))[ParametresRessources].ressources_redemander_minutes
    if derniere is not None and instant < derniere + timedelta(minutes=minutes):
        raise Interdit(
            f"La source a répondu il y a moins de {minutes}{INSECABLE}minutes. "
            "Attendez avant de l’interroger à nouveau."
        )
    return situation


def exiger_eligible(situation: Situation) -> None:
    """Raises ``Interdit``, with the reason."""
    raison = refus_de_montrer(situation)
    if raison is not None:
        raise Interdit(NON_CONSULTABLE[raison])
