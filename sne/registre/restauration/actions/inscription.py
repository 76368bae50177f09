"""What the journal keeps of a demande put back: entries that name it, and those that name no demande."""

from collections.abc import Mapping

from sne.journal.rules import Verbe
from sne.registre.demande.actions.dire import dire
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.socle.acte import Acte


def journaliser_a_part(
    verbe: Verbe,
    requete: RequeteRestauration,
    faits: Mapping[str, object],
    *,
    acte: Acte,
) -> None:
    """Between those who look at the file: no demande is named."""
    dire(verbe, requete.territoire, acte=acte, faits=faits)
