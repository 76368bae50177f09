"""Messages of the tests: fictional, one call each."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from sne.attestations.messages import MessageAttestation
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.models import Message
from sne.notifications.rules import AdressePostale, Canal, Limites
from sne.notifications.tasks import service_des_messages
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS

MAINTENANT = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
ADRESSE = AdressePostale(("Élodie Dubreuil", "12 rue des Tanneurs", "99240 Les Ormeaux"))
NUD = "0991126000001G0993"
CONTEXTE = {
    "numero": "099 1126 000001 G0993",
    "date_depot": "24 novembre 2026",
    "date_expiration": "23 novembre 2027",
    "verification": "http://localhost:8000/verifier/ABC",
}


def projet(**autres: Any) -> Projet:
    """An e-mail that has no letter to fall back on, of an act on no revision."""
    base = Projet(
        territoire="099",
        demande_id=uuid.UUID(int=7),
        revision=None,
        nud=NUD,
        genre=MessageAttestation.ATTESTATION_SIMPLIFIEE,
        canal=Canal.COURRIEL,
        destinataire="elodie@exemple.fr",
        contexte=CONTEXTE,
        origine=uuid.uuid4(),
        limites=Limites(echecs=3, heures=72),
    )
    return replace(base, **autres)


def preparer(survenu_le: datetime = MAINTENANT, **autres: Any) -> Message:
    """A message written, not sent."""
    return preparer_message(projet(**autres), acte=Acte(service_des_messages(), survenu_le))
