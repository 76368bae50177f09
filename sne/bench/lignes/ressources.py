"""A lot of monthly resources: how long its lines take to be read and kept, in how much memory."""

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens

PERSONNES = 10_000
CIBLE = 10.0  # seconds
MEMOIRE_PERMISE = 64.0  # MB more than before


def ressources(chantier: Chantier) -> list[Ligne]:
    """Once: taking over the applicants takes far longer than reading what is said of them."""
    acces = chantier.atelier.copie("ressources")
    lu = chantier.atelier.preparer("lire_un_lot", acces=acces, role="owner", taille=PERSONNES)
    chantier.atelier.jeter("ressources")
    duree, memoire = lu["secondes"], lu["kilo_octets"] / 1000
    return [
        Ligne(
            code="ressources-lot",
            titre=f"A lot of monthly resources of {PERSONNES} applicants, read page by page and kept",
            limite=f"{CIBLE:g} s",
            mesure=f"{duree:.1f} s, {lu['gardees']:.0f} kept",
            valeur=duree,
            unite="s",
            cible=Cible(Sens.AU_PLUS, CIBLE),
        ),
        Ligne(
            code="ressources-memoire",
            titre="The same: memory that the process takes more",
            limite=f"{MEMOIRE_PERMISE:g} MB",
            mesure=f"{memoire:.0f} MB",
            valeur=memoire,
            unite="MB",
            cible=Cible(Sens.AU_PLUS, MEMOIRE_PERMISE),
        ),
    ]
