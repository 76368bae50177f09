"""The recap of a territory: one line for each counter and month, its rate beside the territory's, the alert flag. Pure.

Being above the mean is no alert: half of the counters are. What counts is to be far above it, or to have more changes
than chance gives to a counter that handles as many demandes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import FicheGuichet, Parametres
from sne.suivi.parametres import ParametresSuivi
from sne.suivi.rules.activite import Activite, taux_des_territoires

POUR = 1_000  # demandes handled that a rate is of


@dataclass(frozen=True, slots=True)
class SeuilsAlerte:
    """When a counter is flagged: at least ``nombre`` changes, and either criterion. ``hasard``: a probability."""

    nombre: int
    rapport: float
    hasard: float

    @classmethod
    def depuis(cls, parametres: Parametres) -> "SeuilsAlerte":
        """The thresholds in force on the day of these parameters."""
        return cls(
            parametres[ParametresSuivi].alerte_guichet_nombre,
            parametres[ParametresSuivi].alerte_guichet_rapport,
            parametres[ParametresSuivi].alerte_guichet_hasard,
        )


@dataclass(frozen=True, slots=True)
class LigneRecapitulatif:
    """One counter and one month. ``fiche``: ``None`` for a counter that the reference data do not know.

    ``taux`` and ``taux_territoire``: changes of birth name that count, for 1 000 demandes handled. ``rapport``: the
    first over the second. Each is ``None`` where there is nothing to divide.
    """

    activite: Activite
    fiche: FicheGuichet | None
    taux: float | None
    taux_territoire: float | None
    rapport: float | None
    alerte: bool

    @property
    def part_anciennes(self) -> float | None:
        """Share of the changes that are on old demandes."""
        return _part(self.activite.sur_anciennes, self.activite.mouvements)

    @property
    def part_sans_piece(self) -> float | None:
        """Share of the changes without a document."""
        return _part(self.activite.sans_piece, self.activite.mouvements)


def recapituler(
    activites: Sequence[Activite],
    fiches: Mapping[tuple[str, str], FicheGuichet],
    *,
    seuils: Mapping[date, SeuilsAlerte],
) -> list[LigneRecapitulatif]:
    """One line for each activity, in their order. ``fiches`` by (territory, code), ``seuils`` by month.

    ``activites`` must hold every counter of each territory and month that it names: the rate of the territory is
    theirs.
    """
    attendus = taux_des_territoires(activites)
    return [
        _ligne(
            activite,
            fiches.get((activite.territoire, activite.guichet)),
            attendu=attendus.get((activite.territoire, activite.mois)),
            seuils=seuils[activite.mois],
        )
        for activite in activites
    ]


def _ligne(
    activite: Activite,
    fiche: FicheGuichet | None,
    *,
    attendu: float | None,
    seuils: SeuilsAlerte,
) -> LigneRecapitulatif:
    propre = _part(activite.mouvements, activite.traitees)
    rapport = propre / attendu if propre is not None and attendu else None
    au_dela = rapport is not None and rapport > seuils.rapport
    trop = activite.hasard is not None and activite.hasard < seuils.hasard
    return LigneRecapitulatif(
        activite=activite,
        fiche=fiche,
        taux=None if propre is None else propre * POUR,
        taux_territoire=None if attendu is None else attendu * POUR,
        rapport=rapport,
        alerte=activite.mouvements >= seuils.nombre and (au_dela or trop),
    )


def _part(nombre: int, sur: int) -> float | None:
    return nombre / sur if sur else None
