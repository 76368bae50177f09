"""Of which demandes nothing is said without a person’s look."""

from datetime import datetime, timedelta
from enum import StrEnum


class Raison(StrEnum):
    """Why a notice is the territorial manager's to give."""

    PROTEGEE = "PROTEGEE"
    PROTECTION_NEUVE = "PROTECTION_NEUVE"
    CONTACT_PARTAGE = "CONTACT_PARTAGE"
    INJOIGNABLE = "INJOIGNABLE"


def protection(*, dite_le: datetime | None, acte_le: datetime, jours: int) -> Raison:
    """Why nothing leaves of a protected demande. ``dite_le``: when violence came among its reasons, after the deposit.

    The reason is *new* when it came with the act, a few days before it, or after it: somebody who takes a demande over
    may add it to stop the messages that would warn the household.
    """
    if dite_le is not None and dite_le >= acte_le - timedelta(days=jours):
        return Raison.PROTECTION_NEUVE
    return Raison.PROTEGEE
