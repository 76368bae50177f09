"""Roles held in a département or a region: its name, its territories, whether there is such a place."""

from typing import NamedTuple

from sne.habilitations.rules import ROLES, Etendue, Role
from sne.referentiels.selectors.decoupage import get_decoupage

REGION = "region"
"""What names a region among the places of a form, where a territory has its code."""


def territoires_de_la_zone(territoire: str, zone: str) -> tuple[str, ...]:
    """Territories where a role of this zone is held: that of the département, or all those of the region."""
    return (territoire,) if territoire else get_decoupage().territoires_de(zone)


def nom_de_la_zone(territoire: str, zone: str) -> str:
    """« Val-d’Oise (95) », « Occitanie »; the code itself when it is unknown."""
    decoupage = get_decoupage()
    if not territoire:
        return decoupage.regions.get(zone, zone)
    departement = decoupage.departements.get(zone)
    return f"{departement.nom} ({zone})" if departement else zone


def zone_inconnue(role: Role, *, territoire: str, zone: str) -> str:
    """Why this zone does not exist, in French; empty when it does, or when the role takes none."""
    decoupage, etendue = get_decoupage(), ROLES[role].etendue
    if etendue is Etendue.REGION and zone not in decoupage.regions:
        return f"Région : le code {zone} n’existe pas. Vérifiez-le."
    if etendue is Etendue.DEPARTEMENT and zone not in {d.code for d in decoupage.departements_de(territoire)}:
        return f"Département : {zone} n’est pas dans le territoire {territoire}. Vérifiez le code."
    return ""


def list_zones() -> list[tuple[str, str]]:
    """Regions and départements as choices of a form: ``region-84``, ``111-D75``."""
    decoupage = get_decoupage()
    return [
        *((f"{REGION}-{code}", f"Région {nom}") for code, nom in decoupage.regions.items()),
        *(
            (f"{d.territoire}-D{d.code}", f"Département {d.nom} ({d.code})")
            for d in decoupage.departements.values()
            if d.territoire
        ),
    ]


class LieuChoisi(NamedTuple):
    """Codes of a place chosen in a form."""

    territoire: str
    guichet: str
    zone: str


def lire_lieu(lieu: str, guichet: str) -> LieuChoisi:
    """The place of one of these choices; ``guichet``: what was typed beside."""
    premier, _, second = lieu.partition("-")
    if premier == REGION:
        return LieuChoisi("", guichet, second)
    if second[:1] == "D" and len(second) <= 4:  # a counter has five signs
        return LieuChoisi(premier, guichet, second[1:])
    return LieuChoisi(premier, second or guichet, "")
