"""The three lists of the attestations, as tabs: each actor sees those of their rights."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sne.attestations.rules import Page
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


def adresses_des_pages(page: Page[object], garde: Mapping[str, str]) -> dict[str, str]:
    """Query strings of the next and previous pages, with the filters kept; empty where there is none."""
    return {
        "suivante": _adresse("apres", page.suivante.texte, garde) if page.suivante else "",
        "precedente": _adresse("avant", page.precedente.texte, garde) if page.precedente else "",
    }


def _adresse(sens: str, position: str, garde: Mapping[str, str]) -> str:
    return "?" + urlencode({**garde, sens: position})
