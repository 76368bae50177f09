"""The three lists of the attestations, as tabs: each actor sees those of their rights."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur

ONGLETS = {
    "attestations-a-remettre": ("À remettre", Permission.ATTESTATION_EMETTRE),
    "attestations-registre": ("Registre", Permission.ATTESTATION_EMETTRE),
    "attestations-a-traiter": ("À établir à la main", Permission.ATTESTATION_TRAITER),
}


def onglets(acteur: Acteur) -> list[tuple[str, str]]:
    """(URL name, label) of the lists that this actor may open."""
    return [(vue, libelle) for vue, (libelle, permission) in ONGLETS.items() if acteur.peut(permission)]
