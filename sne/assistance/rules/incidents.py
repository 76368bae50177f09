"""On which screens an incident is announced, besides the site: codes that whoever announces it ticks. Pure."""

from collections.abc import Collection, Mapping

PORTAIL, PARTOUT = "portail", "partout"
ECRANS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    PARTOUT: ("Tous les écrans des guichets", ("",)),
    "saisie": (
        "Enregistrer, modifier, renouveler",
        (
            "enregistrer",
            "propositions",
            "brouillon-",
            "demande-modifier",
            "demande-renouvelee",
            "renouvellement",
        ),
    ),
    "recherche": ("Rechercher un dossier", ("rechercher", "recherche-")),
    "pieces": ("Pièces et documents", ("piece", "televers")),
    "attestations": ("Attestations", ("attestation",)),
    "infocentre": ("Rapports de l’infocentre", ("infocentre", "abonnement", "rpls")),
    PORTAIL: ("Portail des demandeurs", ()),
}
"""Code → (name, how the names of its addresses begin)."""


def concerne(vues: Collection[str], adresse: str) -> bool:
    """Whether an incident announced on ``vues`` is shown on the screen of the counters of this name."""
    return any(adresse.startswith(ECRANS[v][1]) for v in vues if v in ECRANS)
