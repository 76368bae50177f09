"""When demandes were put back."""

import uuid
from datetime import datetime

from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.enquete.rules.restauration import IssueRestauration


def get_retablie_le(demande_id: uuid.UUID) -> datetime | None:
    """When a demande was last put back as it was."""
    acceptees = DecisionRestauration.objects.filter(
        demande=demande_id, issue=IssueRestauration.ACCEPTEE.value
    )
    le: datetime | None = acceptees.order_by("-revision").values_list("survenu_le", flat=True).first()
    return le
