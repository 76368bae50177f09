"""The lists of decisions that wait for a person, as tabs, with how much waits in each."""

from collections.abc import Callable
from dataclasses import dataclass

from sne.registre.depot.selectors.anteriorite import compter_requetes
from sne.registre.doublons.selectors.cas import compter_cas
from sne.registre.doublons.selectors.ensembles import compter_ensembles
from sne.registre.identite.selectors.a_decider import compter_changements
from sne.registre.identite.selectors.relectures import compter_relectures
from sne.registre.separation.selectors import compter_separations
from sne.socle.acteur import Acteur
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre


def _compter_changements(acteur: Acteur) -> int:
    return compter_changements(acteur, le=aujourd_hui())


def _compter_relectures(acteur: Acteur) -> int:
    return compter_relectures(acteur, le=aujourd_hui())


LISTES: tuple[tuple[str, str, Callable[[Acteur], int]], ...] = (
    ("identites", "Changements d’identité", _compter_changements),
    ("relectures", "Relectures", _compter_relectures),
    ("decisions", "Personnes à comparer", compter_cas),
    ("demandes-proches", "Demandes proches", compter_ensembles),
    ("separations", "Séparations", compter_separations),
    ("anteriorites", "Dates de dépôt", compter_requetes),
)


@dataclass(frozen=True, slots=True)
class Onglet:
    """One list: URL name, label, how many wait."""

    vue: str
    libelle: str
    nombre: int


def compter_decisions(acteur: Acteur) -> int:
    """How much waits in all these lists."""
    return sum(une.nombre for une in onglets(acteur))


def onglets(acteur: Acteur) -> list[Onglet]:
    """The lists on which this actor decides, each with its count, even when it is zero."""
    return [Onglet(vue, libelle, compter(acteur)) for vue, libelle, compter in LISTES if ouvre(acteur, vue)]
