"""Whether the resources of an applicant may be asked for or read now, by this actor: asked by the act itself, and by
whoever offers it.
"""

from datetime import datetime, timedelta

from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources import policies
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.montrer import Situation, est_a_demander, refus_de_montrer
from sne.registre.ressources.rules.mots import NON_CONSULTABLE
from sne.registre.ressources.selectors import derniere_reponse, get_situation, list_appels
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.socle.horloge import jour
from sne.socle.signes import INSECABLE


def exiger_ressources_lisibles(demande: Demande, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(policies.can_lire_ressources(acteur, demande), sans_droit(Permission.RESSOURCES_LIRE))


def exiger_demandables(demande: Demande, acteur: Acteur) -> None:
    """Whether this actor may keep what the source says: who reads it, or the service. Raises ``NonHabilite``."""
    if not policies.can_actualiser(acteur, demande):
        exiger_ressources_lisibles(demande, acteur)


def get_a_demander(
    demande: Demande, acteur: Acteur, *, renouvelee: bool, instant: datetime
) -> Situation | None:
    """What the demande is in, if the service asks the source about it by itself now. Raises ``NonHabilite``."""
    exiger_demandables(demande, acteur)
    situation = get_situation(demande)
    minutes = get_parametres(jour(instant))[ParametresRessources].ressources_redemander_minutes
    avant = instant - timedelta(minutes=minutes) if renouvelee else None
    demander = refus_de_montrer(situation) is None and est_a_demander(
        list_appels(demande), situation.empreinte, avant=avant
    )
    return situation if demander else None


def exiger_interrogeable(
    demande: Demande,
    acteur: Acteur,
    *,
    instant: datetime,
    situation: Situation | None = None,
    appelee: bool = True,
) -> Situation:
    """Whether this actor may ask the source about the applicant now; what the demande is in (``situation``, when the
    caller has just read it). ``appelee``: whether anybody ever asked.

    Raises ``NonHabilite``, ``Interdit`` (nobody to ask about, an identity that waits, asked a moment ago).
    """
    exiger_ressources_lisibles(demande, acteur)
    situation = situation or get_situation(demande)
    exiger_eligible(situation)
    derniere = derniere_reponse(demande) if appelee else None
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
