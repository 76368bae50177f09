"""What the journal keeps of a demande put back: entries that name it, and those that name no demande."""

from collections.abc import Mapping
from datetime import datetime

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.socle.acteur import Acteur


def entree_de(
    verbe: Verbe, demande: Demande, faits: dict[str, object], *, acteur: Acteur, survenu_le: datetime
) -> Entree:
    """An entry that names the demande and its revision."""
    return Entree(
        verbe=verbe,
        acteur=acteur,
        survenu_le=survenu_le,
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        faits=faits,
    )


def journaliser_a_part(
    verbe: Verbe,
    requete: RequeteRestauration,
    faits: Mapping[str, object],
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> None:
    """Between those who look at the file: no demande is named."""
    journal.inscrire(
        Entree(verbe=verbe, acteur=acteur, survenu_le=survenu_le, territoire=requete.territoire, faits=faits)
    )
