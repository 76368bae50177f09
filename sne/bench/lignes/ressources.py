"""A lot of monthly resources: how long its lines take to be read and kept, in how much memory."""

from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens

PERSONNES = 10_000
CIBLE = 10.0  # seconds
MEMOIRE_PERMISE = 64.0  # MB more than before


def ressources(chantier: Chantier) -> list[Ligne]:
    """The same lot, once for each slice, each in a copy of its own."""
    lus = [_lire(chantier, rang) for rang in range(chantier.reglages.tours)]
    durees, memoires = [lu["secondes"] for lu in lus], [lu["kilo_octets"] / 1000 for lu in lus]
    duree, memoire = median(durees), max(memoires)
    return [
        Ligne(
            code="ressources-lot",
            titre=f"A lot of monthly resources of {PERSONNES} applicants, read page by page and kept",
            limite=f"{CIBLE:g} s",
            mesure=f"{duree:.1f} s, {lus[0]['gardees']:.0f} kept",
            valeur=duree,
            unite="s",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=duree / CIBLE,
            tranches={"secondes": [round(d, 1) for d in durees]},
        ),
        Ligne(
            code="ressources-memoire",
            titre="The same: memory that the process takes more",
            limite=f"{MEMOIRE_PERMISE:g} MB",
            mesure=f"{memoire:.0f} MB",
            valeur=memoire,
            unite="MB",
            cible=Cible(Sens.AU_PLUS, MEMOIRE_PERMISE),
            rapport=memoire / MEMOIRE_PERMISE,
        ),
    ]


def _lire(chantier: Chantier, rang: int) -> dict[str, float]:
    nom = f"ressources_{rang}"
    acces = chantier.atelier.copie(nom)
    lu: dict[str, float] = chantier.atelier.preparer(
        "lire_un_lot", acces=acces, role="owner", taille=PERSONNES
    )
    chantier.atelier.jeter(nom)
    return lu
