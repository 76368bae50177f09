"""The three lists of the attestations, as tabs: each actor sees those of their rights."""

from sne.socle.acteur import Acteur
from sne.socle.navigation import ouvre

ONGLETS = {
    "attestations-a-remettre": "À remettre",
    "attestations-registre": "Registre",
    "attestations-a-traiter": "À établir à la main",
}


def onglets(acteur: Acteur) -> list[tuple[str, str]]:
    """(URL name, label) of the lists that this actor may open."""
    return [(vue, libelle) for vue, libelle in ONGLETS.items() if ouvre(acteur, vue)]
