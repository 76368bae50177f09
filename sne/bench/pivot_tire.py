"""The people whom a nation is mixed from, drawn as the demonstration draws its own."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from sne.bench.pivot import GRAINE, TIRAGES
from sne.demo.generation.atelier import decor_du_territoire, terrains_du_pays
from sne.demo.generation.doubles import tirer_nom
from sne.demo.generation.identites import tirer_adulte
from sne.demo.generation.listes import origines
from sne.demo.generation.urnes import Urne
from sne.socle.horloge import aujourd_hui


def tirer(tirages: int = TIRAGES) -> Mapping[str, Sequence[Sequence[Any]]]:
    """The draws that a nation is mixed from: surnames, births with first names and place, territories; and the largest
    communes of each territory.
    """
    hasard, jour = random.Random(GRAINE), aujourd_hui()  # noqa: S311 - draws people, nothing secret
    communes = Urne([(lieu.code, lieu.population) for lieu in decor_du_territoire(jour).lieux])
    terrains = terrains_du_pays()
    territoires = Urne([(terrain.territoire, terrain.population) for terrain in terrains])
    adultes = (
        tirer_adulte(
            hasard,
            origine=origines().tirer(hasard),
            sexe=hasard.choice("FM"),
            age=hasard.randrange(19, 80),
            jour=jour,
            communes=communes,
        )
        for _ in range(tirages)
    )
    return {
        "noms": [(rang, tirer_nom(hasard)) for rang in range(tirages)],
        "nes": [
            (
                *(rang, un.civilite, un.prenoms, un.naissance.isoformat(), un.presumee),
                *(un.lieu.get("commune", ""), un.lieu.get("pays", "")),
            )
            for rang, un in enumerate(adultes)
        ],
        "lieux": [(rang, territoires.tirer(hasard)) for rang in range(tirages)],
        "terrains": [(terrain.territoire, [code for code, _ in terrain.communes]) for terrain in terrains],
    }
