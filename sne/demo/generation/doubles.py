"""Households beyond the first ones: the need of a model, other people, all over the country.

The first ``SOUCHE`` ranks are each drawn and judged on their own. Rank r beyond them is a double of rank r modulo
``SOUCHE``: the same household, income, dwelling and dates; other names, births, numbers, phones and places.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sne.demo.generation.identites import tirer_prenoms
from sne.demo.generation.listes import origines, syllabes
from sne.demo.generation.menages import Generateur, Menage
from sne.demo.generation.numeros import courriel_fictif, nir_fictif, telephone_de_machine
from sne.demo.generation.urnes import Urne, une_fois_sur
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.references import adultes

SOUCHE = 20_000
MODELES_PAR_LOT, DOUBLES_PAR_MODELE = 5, 20
VIEILLISSEMENT_JOURS = (
    1_500  # a double is at most four years older than its model: every age rule still holds
)
PART_INVENTEE = 0.7  # of the surnames: the lists are too short for millions of people


@dataclass(frozen=True, slots=True)
class Terrain:
    """A territory where doubles ask for a dwelling: its weight, and its communes (INSEE code, population)."""

    territoire: str
    population: int
    communes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sosie:
    """One adult of a double. ``nir``: 15 signs, or empty."""

    nom: str
    usage: str
    prenoms: str
    naissance: date
    nir: str
    telephone: str
    courriel: str


def lots_de_doubles(taille: int) -> Iterator[tuple[int, ...]]:
    """Ranks from ``SOUCHE`` to ``taille``, by batches that share few models; in the same order for every size."""
    tours = range(1, -(-taille // SOUCHE))
    for debut in range(0, len(tours), DOUBLES_PAR_MODELE):
        quelques = tours[debut : debut + DOUBLES_PAR_MODELE]
        for modele in range(0, SOUCHE, MODELES_PAR_LOT):
            rangs = (m + SOUCHE * tour for m in range(modele, modele + MODELES_PAR_LOT) for tour in quelques)
            lot = tuple(rang for rang in rangs if rang < taille)
            if lot:
                yield lot


class Doubleur:
    """Draws doubles by rank, spread over territories by population."""

    def __init__(self, generateur: Generateur, terrains: tuple[Terrain, ...]) -> None:
        self.generateur = generateur
        self._terrains = Urne((t, t.population) for t in terrains)
        self._communes = {t.territoire: Urne(t.communes) for t in terrains}

    def lieu(self, rang: int, combien: int) -> tuple[str, tuple[str, ...]]:
        """The territory of that rank, and up to ``combien`` communes of it."""
        hasard = self._hasard("lieu", rang)
        territoire = self._terrains.tirer(hasard).territoire
        return territoire, self._communes[territoire].tirer_distinctes(hasard, combien)

    def personnes(self, rang: int, modele: Menage) -> tuple[Sosie, ...]:
        """The adults of that rank, in the order of the model's."""
        hasard = self._hasard("double", rang)
        anciens = list(adultes(modele.contenu))
        noms = [tirer_nom(hasard) for _ in anciens]
        return tuple(
            self._personne(
                hasard, reference, adulte.identite, nom=nom, conjoint=noms[-1 - i], rang=rang, modele=modele
            )
            for i, ((reference, adulte), nom) in enumerate(zip(anciens, noms, strict=True))
        )

    def _personne(
        self,
        hasard: Random,
        reference: str,
        ancienne: Identite,
        *,
        nom: str,
        conjoint: str,
        rang: int,
        modele: Menage,
    ) -> Sosie:
        assert ancienne.date_naissance is not None
        presumee = bool(ancienne.date_naissance_presumee)
        recul = timedelta(days=hasard.randrange(VIEILLISSEMENT_JOURS))
        naissance = ancienne.date_naissance - recul
        if presumee:
            naissance = naissance.replace(month=1, day=1)
        civilite = ancienne.civilite or "1"
        sexe = "F" if civilite == "2" else "M"
        prenoms = tirer_prenoms(hasard, origine=origines().tirer(hasard), sexe=sexe, annee=naissance.year)
        return Sosie(
            nom=nom,
            usage=conjoint if ancienne.nom_usage else "",
            prenoms=prenoms,
            naissance=naissance,
            nir=nir_fictif(
                civilite, naissance, rang=rang, cotitulaire=reference != "demandeur", presumee=presumee
            )
            if reference in modele.nirs
            else "",
            telephone=telephone_de_machine(rang),
            courriel=courriel_fictif(prenoms.split(",")[0], nom, rang),
        )

    def _hasard(self, usage: str, rang: int) -> Random:
        return Random(f"{self.generateur.graine}/{usage}/{rang}")  # noqa: S311 - nothing secret here


def tirer_nom(hasard: Random) -> str:
    """A surname of the lists, or one made of usual syllables: tens of thousands of them."""
    if une_fois_sur(hasard, PART_INVENTEE):
        return "".join(hasard.choice(place) for place in syllabes())
    return hasard.choice(origines().tirer(hasard).noms)
