"""The lists of the territorial manager's decisions, as tabs, with how much waits in each."""

from collections.abc import Callable
from dataclasses import dataclass

from sne.registre.selectors.cas_doublon import compter_cas
from sne.registre.selectors.ensembles import compter_ensembles
from sne.socle.acteur import Acteur

LISTES: tuple[tuple[str, str, Callable[[Acteur], int]], ...] = (
    ("decisions", "Personnes à comparer", compter_cas),
    ("demandes-proches", "Demandes proches", compter_ensembles),
)


@dataclass(frozen=True, slots=True)
class Onglet:
    """One list: URL name, label, how many wait."""

    vue: str
    libelle: str
    nombre: int


def onglets(acteur: Acteur) -> list[Onglet]:
    """The lists of whoever decides of duplicates."""
    return [Onglet(vue, libelle, compter(acteur)) for vue, libelle, compter in LISTES]
