"""What the messages react to: their own preparation once it is sealed, and what comes back about them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking

from sne.journal.handlers import abonner
from sne.notifications import selectors
from sne.notifications.actions import noter_retour
from sne.notifications.rules import Resultat, jeton_de, lire_jeton, lire_retour, lire_suivi
from sne.notifications.tasks import ENVOYER, service_des_messages
from sne.notifications.verbes import VerbeMessage
from sne.socle import horloge
from sne.socle.acte import Acte

ABONNE = "notifications"


class Reception(StrEnum):
    """What became of a return."""

    NOTE = "NOTE"
    SANS_EFFET = "SANS_EFFET"
    JETON_INVALIDE = "JETON_INVALIDE"
    AUTRE = "AUTRE"


def brancher() -> None:
    """Subscribe to the journal and to the providers; called once, when the application is ready."""
    abonner(ABONNE, verbes={VerbeMessage.PREPARER_MESSAGE, VerbeMessage.ECRIRE_A_UN_AGENT}, tache=ENVOYER)
    tracking.connect(recevoir_suivi, dispatch_uid=ABONNE)


def recevoir_retour(octets: bytes, *, survenu_le: datetime) -> Reception:
    """Note a returned e-mail; what is none is left aside, as is one whose token we did not make."""
    retour = lire_retour(octets)
    if retour is None:
        return Reception.AUTRE
    return _noter(retour.jeton, retour.resultat, source=retour.source, survenu_le=survenu_le)


def recevoir_suivi(event: AnymailTrackingEvent, esp_name: str, **_: Any) -> Reception:
    """Note what a provider tells of an e-mail; the request was authenticated, the token is checked all the same."""
    brut = event.esp_event if isinstance(event.esp_event, Mapping) else {}
    resultat = lire_suivi(
        event.event_type,
        motif=event.reject_reason,
        reponse=event.mta_response or event.description,
        temporaire=brut.get("event") == "soft_bounce" or brut.get("hard_bounce") is False,
    )
    if resultat is None:
        return Reception.AUTRE
    cle = f"{esp_name}:{event.event_id}:{event.event_type}:{event.message_id}:{event.timestamp}"
    source = hashlib.sha256(cle.encode()).hexdigest()
    return _noter(jeton_de(event.message_id), resultat, source=source, survenu_le=horloge.maintenant())


def _noter(jeton: str, resultat: Resultat, *, source: str, survenu_le: datetime) -> Reception:
    message_id = lire_jeton(jeton, cle=selectors.cle_des_jetons())
    if message_id is None:
        return Reception.JETON_INVALIDE
    etat = noter_retour(message_id, resultat, source=source, acte=Acte(service_des_messages(), survenu_le))
    return Reception.SANS_EFFET if etat is None else Reception.NOTE
