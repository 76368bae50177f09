"""Places as other modules read them: no table behind, safe to keep and to share."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sne.referentiels.rules.territoires import PARIS, Echelon, departement_de_commune


@dataclass(frozen=True, slots=True)
class TerritoireChoix:
    """A territory: one demande per household in each (CCH R441-2-6). ``fuseau``: the clock of its counters."""

    code: str
    nom: str
    echelon: Echelon
    fictif: bool
    departements: tuple[str, ...]
    fuseau: ZoneInfo = PARIS


@dataclass(frozen=True, slots=True)
class CommuneChoix:
    """A commune or a municipal arrondissement that may be chosen."""

    code: str  # INSEE
    nom: str
    codes_postaux: tuple[str, ...]
    parent: str = ""  # town of a municipal arrondissement
    en_vigueur: bool = True
    nom_normalise: str = ""
    divisee: bool = False  # town that has municipal arrondissements

    @property
    def departement(self) -> str:
        return departement_de_commune(self.code)

    @property
    def libelle(self) -> str:
        """« Bastia (20200) »: what screens show, and what resolution reads back."""
        if self.divisee or not self.codes_postaux:
            return self.nom
        return f"{self.nom} ({self.codes_postaux[0]})"


@dataclass(frozen=True, slots=True)
class Rattachement:
    """A delegated or associated commune, or a code that disappeared: it leads to the commune of today."""

    code: str
    nom: str
    commune: str
    nom_normalise: str = ""


@dataclass(frozen=True, slots=True)
class PaysChoix:
    """A country of the official geographical code (``99xxx``)."""

    code: str
    nom: str
    nom_normalise: str = ""


def preferer_arrondissements(communes: Iterable[CommuneChoix]) -> tuple[CommuneChoix, ...]:
    """Drop the towns whose arrondissements are in the list: demandes are wished at that level."""
    toutes = tuple(communes)
    villes = {c.parent for c in toutes}
    return tuple(c for c in toutes if c.code not in villes)
