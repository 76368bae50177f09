"""The funnel of the counters: birth names changed, against those expected from the files handled. Pure.

Explained, with its false-alarm budget, in ``docs/suivi.md``. A large counter is not named for being large: the rate is
its territory's, how far honest counters differ is the nation's, and looking at many counters at once is paid for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from sne.referentiels.rules import Parametres
from sne.socle.signes import INSECABLE, en_chiffres
from sne.suivi.parametres import ParametresSuivi

POUR_MILLE = 1000
PLURIEL = 2  # French: « 1,9 était attendu »
COURANT = 0.5
PAS_DES_COURBES = 48
AU_DELA = (
    2  # times the largest counter: how far the curves go, a drawing being cut at a round figure above it
)
RARE = 10_000  # beyond, « less than once in 10 000 » is enough
CHIFFRES = 2  # of a rarity, the others are zeros


class Position(StrEnum):
    """Where a counter stands."""

    SIGNALEE = "SIGNALEE"
    HAUTE = "HAUTE"
    ATTENDUE = "ATTENDUE"
    BASSE = "BASSE"


@dataclass(frozen=True, slots=True)
class Comptage:
    """One counter over the quarter: files handled, birth names changed (letters that K does not see left out)."""

    guichet: str
    traites: int
    observes: int

    @property
    def volume(self) -> int:
        """A file whose name changed was handled, whatever the count of those says."""
        return max(self.traites, self.observes)


@dataclass(frozen=True, slots=True)
class ReglesEntonnoir:
    """One field for each dated parameter, of the same name except its prefix."""

    mois: int
    dossiers_min: int
    guichets_min: int
    niveau: float
    plafond: float
    limite_interieure: float
    limite_exterieure: float

    @classmethod
    def depuis(cls, parametres: Parametres) -> Self:
        """Those in force on the day of these parameters."""
        return cls(
            mois=parametres[ParametresSuivi].entonnoir_mois,
            dossiers_min=parametres[ParametresSuivi].entonnoir_dossiers_min,
            guichets_min=parametres[ParametresSuivi].entonnoir_guichets_min,
            niveau=parametres[ParametresSuivi].entonnoir_niveau,
            plafond=parametres[ParametresSuivi].entonnoir_plafond,
            limite_interieure=parametres[ParametresSuivi].entonnoir_limite_interieure,
            limite_exterieure=parametres[ParametresSuivi].entonnoir_limite_exterieure,
        )


@dataclass(frozen=True, slots=True)
class Calibrage:
    """What is expected: changes for one file handled, in each territory and in all; how honest counters differ."""

    taux: Mapping[str, float]
    national: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class Point:
    """One counter, or those too small to be looked at alone, together (``guichet`` is then empty).

    ``chance``: that an ordinary counter which handles as many files has as many changes or more.
    ``interieure``, ``exterieure``: least and most changes of an ordinary one, for each of the two shares drawn.
    """

    guichet: str
    membres: tuple[str, ...]
    traites: int
    observes: int
    attendus: float
    interieure: tuple[int, int]
    exterieure: tuple[int, int]
    chance: float
    signale: bool

    @property
    def pour_mille(self) -> float:
        """Changes for 1 000 files handled."""
        return POUR_MILLE * self.observes / self.traites if self.traites else 0.0

    @property
    def position(self) -> Position:
        if self.signale:
            return Position.SIGNALEE
        if self.observes > self.interieure[1]:
            return Position.HAUTE
        return Position.BASSE if self.observes < self.interieure[0] else Position.ATTENDUE


@dataclass(frozen=True, slots=True)
class Limite:
    """The funnel at one volume: least and most changes, inner then outer, between two counts so that a curve is one."""

    traites: int
    interieure: tuple[float, float]
    exterieure: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entonnoir:
    """The counters of one territory, those signalled first, then the least likely. ``taux``: for one file handled.

    ``local``: the rate is the territory's own; it has too few counters otherwise, and the nation's stands for it.
    ``courbes``: the zones drawn, beyond the largest counter.
    """

    points: tuple[Point, ...]
    taux: float
    dispersion: float
    local: bool
    courbes: tuple[Limite, ...] = ()

    @property
    def signales(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.signale)

    def parmi(self, guichets: Collection[str]) -> Self:
        """The same, of these counters alone; small ones together are nobody's."""
        return replace(self, points=tuple(p for p in self.points if p.guichet in guichets))


def calibrer(comptages: Mapping[str, Sequence[Comptage]], regles: ReglesEntonnoir) -> Calibrage:
    """What is expected, from the counters of every territory; see ``docs/suivi.md`` for how outliers are held."""
    import numpy as np  # noqa: PLC0415 - held by the workers that draw a funnel only

    from sne.suivi.rules.entonnoir_calcul import ajuster  # noqa: PLC0415

    territoires = sorted(t for t, guichets in comptages.items() if any(c.volume for c in guichets))
    lignes = [(rang, c) for rang, t in enumerate(territoires) for c in comptages[t] if c.volume]
    if not lignes:
        return Calibrage({}, 0.0, 0.0)
    observes = np.array([float(c.observes) for _, c in lignes])
    traites = np.array([float(c.volume) for _, c in lignes])
    groupes = np.array([rang for rang, _ in lignes])
    ajuste = ajuster(
        observes,
        traites,
        groupes,
        mesures=traites >= regles.dossiers_min,
        plafond=regles.plafond,
    )
    national = float(ajuste.taux[groupes] @ traites) / float(traites.sum())
    taux = dict(zip(territoires, map(float, ajuste.taux), strict=True))
    return Calibrage(taux, national, ajuste.dispersion)


def dresser(
    comptages: Iterable[Comptage], calibrage: Calibrage, regles: ReglesEntonnoir, *, territoire: str
) -> Entonnoir:
    """The counters of a territory, each judged against what an ordinary one of its size does.

    Counters that handled nothing are left out; those under ``dossiers_min`` files are one point together.
    """
    import numpy as np  # noqa: PLC0415 - as above

    from sne.suivi.rules import entonnoir_calcul as calcul  # noqa: PLC0415

    actifs = [c for c in comptages if c.volume]
    grands = [c for c in actifs if c.volume >= regles.dossiers_min]
    petits = [c for c in actifs if c.volume < regles.dossiers_min]
    local = len(actifs) >= regles.guichets_min
    taux = calibrage.taux.get(territoire, calibrage.national) if local else calibrage.national
    groupes = [(c.guichet, [c]) for c in grands] + ([("", petits)] if petits else [])
    traites = np.array([float(sum(c.volume for c in membres)) for _, membres in groupes])
    observes = np.array([float(sum(c.observes for c in membres)) for _, membres in groupes])
    attendus = taux * traites
    dispersions = np.full(attendus.shape, calibrage.dispersion)
    if petits:
        dispersions[-1] = calcul.reunir(taux * np.array([c.volume for c in petits]), calibrage.dispersion)
    chances = calcul.depassements(observes, attendus, dispersions)
    signales = calcul.retenir(chances, regles.niveau)
    interieures = _bornes(calcul.bornes(regles.limite_interieure, attendus, dispersions))
    exterieures = _bornes(calcul.bornes(regles.limite_exterieure, attendus, dispersions))
    points = [
        Point(
            guichet=guichet,
            membres=tuple(c.guichet for c in membres),
            traites=int(traites[rang]),
            observes=int(observes[rang]),
            attendus=float(attendus[rang]),
            interieure=interieures[rang],
            exterieure=exterieures[rang],
            chance=float(chances[rang]),
            signale=bool(signales[rang]),
        )
        for rang, (guichet, membres) in enumerate(groupes)
    ]
    points.sort(key=lambda p: (not p.signale, p.chance, -p.traites, p.guichet))
    entonnoir = Entonnoir(tuple(points), float(taux), calibrage.dispersion, local)
    volumes = _volumes(max((p.traites for p in points), default=0), max(1, regles.dossiers_min // 2))
    return replace(entonnoir, courbes=limites(volumes, entonnoir, regles))


def _volumes(plus_grand: int, depuis: int) -> list[int]:
    """Volumes at which the curves are computed, closer to one another where they bend; small ones are not judged."""
    jusque = max(0, round(AU_DELA * plus_grand) - depuis)
    parts = ((rang / PAS_DES_COURBES) ** 2 for rang in range(PAS_DES_COURBES + 1))
    return sorted({round(depuis + jusque * part) for part in parts})


def limites(volumes: Sequence[int], entonnoir: Entonnoir, regles: ReglesEntonnoir) -> tuple[Limite, ...]:
    """The curves of the funnel at these volumes."""
    import numpy as np  # noqa: PLC0415 - as above

    from sne.suivi.rules import entonnoir_calcul as calcul  # noqa: PLC0415

    attendus = entonnoir.taux * np.array([float(volume) for volume in volumes])
    dispersions = np.full(attendus.shape, entonnoir.dispersion)
    bas_haut = []
    for part in (regles.limite_interieure, regles.limite_exterieure):
        reste = (1 - part) / 2
        bas_haut += [calcul.lisser(p, attendus, dispersions).tolist() for p in (reste, 1 - reste)]
    return tuple(
        Limite(volume, (bas, haut), (tres_bas, tres_haut))
        for volume, bas, haut, tres_bas, tres_haut in zip(volumes, *bas_haut, strict=True)
    )


def expliquer(point: Point) -> str:
    """Why a counter is where it is, in one sentence.

    « 17 changements de nom de naissance pour 325 dossiers traités, quand 3,0 étaient attendus : un guichet ordinaire
    qui en traite autant n’atteint ce nombre qu’une fois sur 2 400. »
    """
    vus = (
        f"{_compter(point.observes, 'changement')} de nom de naissance pour "
        f"{_compter(point.traites, 'dossier')} {'traités' if point.traites > 1 else 'traité'}, quand "
        f"{virgule(point.attendus)} {'étaient attendus' if point.attendus >= PLURIEL else 'était attendu'}"
    )
    if point.guichet:
        return (
            f"{vus}{INSECABLE}: un guichet ordinaire qui en traite autant {_rarete(point.chance, 'atteint')}."
        )
    petits = _compter(len(point.membres), "petit guichet")
    reunis, eux = (" réunis", "atteignent") if len(point.membres) > 1 else ("", "atteint")
    ordinaires = "des guichets ordinaires" if reunis else "un guichet ordinaire"
    return f"Pour {petits}{reunis}, {vus}{INSECABLE}: {ordinaires} {_rarete(point.chance, eux)}."


def virgule(valeur: float) -> str:
    """« 3,0 »."""
    return f"{valeur:.1f}".replace(".", ",")


def _compter(nombre: int, nom: str) -> str:
    accord = " ".join(f"{mot}s" for mot in nom.split()) if nombre > 1 else nom
    return f"{en_chiffres(nombre)}{INSECABLE}{accord}"


def _rarete(chance: float, atteint: str) -> str:
    """« n’atteint ce nombre qu’une fois sur 2 400 »."""
    if chance > COURANT:
        return f"{atteint} ce nombre plus d’une fois sur deux"
    if chance * RARE < 1:
        return f"n’{atteint} ce nombre que moins d’une fois sur {en_chiffres(RARE)}"
    fois = round(1 / chance)
    pas = 10 ** max(0, len(str(fois)) - CHIFFRES)
    return f"n’{atteint} ce nombre qu’une fois sur {en_chiffres(round(fois / pas) * pas)}"


def _bornes(paire: tuple[Iterable[float], Iterable[float]]) -> list[tuple[int, int]]:
    return [(int(bas), int(haut)) for bas, haut in zip(*paire, strict=True)]
