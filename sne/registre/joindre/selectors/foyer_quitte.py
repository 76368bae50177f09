"""The household that somebody left."""

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import SecretNir
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.selectors.etat import assembler
from sne.registre.joindre.selectors.protection import is_protegee


def get_foyer_quitte(demande: Demande) -> tuple[Contenu, bool] | None:
    """What is said now by the household that this demande comes from, and whether this one is kept secret from it.

    ``None`` for a demande that comes from no separation.
    """
    separation = (
        Separation.objects.filter(nouvelle=demande).select_related("demande__version_courante").first()
    )
    if separation is None:
        return None
    return assembler(separation.demande.version_courante), is_protegee(demande)


def a_quitte(demande: Demande, empreinte: bytes) -> bool:
    """Whether the person of this number has left that demande; by a separation, known there by their number or not."""
    tenues = PlaceOuverte.objects.filter(territoire=demande.territoire, nir_empreinte=empreinte)
    parties = SecretNir.objects.filter(
        personne__demande=demande, personne__retire_le__isnull=False, nir_empreinte=empreinte
    )
    return (
        Separation.objects.filter(demande=demande, nouvelle__in=tenues.values("demande")).exists()
        or parties.exists()
    )
