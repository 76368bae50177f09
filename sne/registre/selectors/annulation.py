"""Which registration made twice by mistake is taken back now, and for which other demande."""

from sne.registre.models import Annulation, Demande
from sne.registre.rules.cycle_de_vie import Statut


def get_annulation(demande: Demande) -> Annulation | None:
    """The one that holds, with the demande that is kept; ``None`` unless the demande is taken back."""
    if demande.statut != Statut.ANNULEE:
        return None
    return Annulation.objects.filter(demande=demande).select_related("gardee").latest("revision")
