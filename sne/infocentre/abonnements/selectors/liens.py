"""The link by which somebody no longer receives their own subscription, in each of its messages (RFC 8058)."""

import uuid

from django.core import signing

from sne.socle.erreurs import Introuvable

SEL = "sne.infocentre.abonnements.arret"


def signer_arret(abonnement_id: uuid.UUID) -> str:
    """The token of a link: whoever holds it reads the mailbox that the subscription goes to. It has no end."""
    return signing.dumps(abonnement_id.hex, salt=SEL)


def lire_arret(jeton: str) -> uuid.UUID:
    """The subscription that a token stops. Raises ``Introuvable``: altered, or none of ours."""
    try:
        return uuid.UUID(signing.loads(jeton, salt=SEL))
    except signing.BadSignature:
        raise Introuvable("Ce lien n’est pas valable. Ouvrez celui du dernier message reçu.") from None
