"""The activity of one counter in one month: what is counted, from the changes that the register tells. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.identite.rules.mouvements import ClasseNom, Mouvement, Sort

MOIS_MOUVANTS = 12  # nothing of a household is erased before (arrêté du 23 mars 2015, annexe §7)


@dataclass(frozen=True, slots=True)
class Activite:
    """One counter and one month; ``mois`` is its first day. Counts are of changes typed in that month.

    ``traitees``: distinct demandes created, renewed or modified. ``prenoms``, ``dates_naissance``, ``nir``: changes of
    these traits, spellings and numbers newly filled in left out. ``en_attente`` to ``expirees``: what became of the
    changes that had to wait for a decision. ``delai_median_minutes``: from the request to its validation. From
    ``agents`` on, figures are about the changes of birth name that count (:attr:`mouvements`). ``hasard``: probability
    that as many come to a counter that handles as much, at the rate of its territory in that month. ``None``: nothing
    to say it of, which is not zero.
    """

    territoire: str
    guichet: str
    mois: date
    traitees: int = 0
    naissance_cosmetique: int = 0
    naissance_mineure: int = 0
    naissance_majeure: int = 0
    prenoms: int = 0
    dates_naissance: int = 0
    nir: int = 0
    en_attente: int = 0
    validees: int = 0
    refusees: int = 0
    expirees: int = 0
    delai_median_minutes: int | None = None
    agents: int = 0
    part_premier_agent: float | None = None
    sur_anciennes: int = 0
    sans_piece: int = 0
    hasard: float | None = None

    @property
    def mouvements(self) -> int:
        """Changes of birth name that count: a spelling of the same name does not."""
        return self.naissance_mineure + self.naissance_majeure


def premier_du_mois(jour: date) -> date:
    """First day of the month of that day."""
    return jour.replace(day=1)


def mois_entre(de: date, a: date) -> tuple[date, ...]:
    """First days of the months from that of ``de`` to that of ``a``, both included."""
    mois, dernier, trouves = premier_du_mois(de), premier_du_mois(a), []
    while mois <= dernier:
        trouves.append(mois)
        mois = ajouter_mois(mois, 1)
    return tuple(trouves)


def mois_a_calculer(le: date, *, dernier: date | None, en_attente: Iterable[date]) -> tuple[date, ...]:
    """Months whose figures may still move on that day: this one, the last one, those where something waited.

    And those after ``dernier``, the last one computed: a pass that did not run is caught up. A month of
    :data:`MOIS_MOUVANTS` ago stays as it is, even if something waits: what was handled in it may be erased since.
    """
    courant = premier_du_mois(le)
    depuis = min(ajouter_mois(courant, -1), dernier or courant)
    recents = {mois for mois in en_attente if mois > ajouter_mois(courant, -MOIS_MOUVANTS)}
    return tuple(sorted({*mois_entre(depuis, courant), *recents}))


def compter(
    traitees: Mapping[tuple[str, str], int], mouvements: Iterable[Mouvement], *, mois: date
) -> list[Activite]:
    """The activity of every counter that did something in that month, in the order of territories and counters."""
    par_guichet: defaultdict[tuple[str, str], list[Mouvement]] = defaultdict(list)
    for mouvement in mouvements:
        par_guichet[mouvement.territoire, mouvement.guichet].append(mouvement)
    return _avec_hasards(
        [
            _activite(*cle, mois, traitees.get(cle, 0), par_guichet.get(cle, ()))
            for cle in sorted({*traitees, *par_guichet})
        ]
    )


def taux_des_territoires(activites: Iterable[Activite]) -> dict[tuple[str, date], float]:
    """Changes that count for each demande handled, by (territory, month); none was handled: absent."""
    mouvements, traitees = Counter[tuple[str, date]](), Counter[tuple[str, date]]()
    for activite in activites:
        mouvements[activite.territoire, activite.mois] += activite.mouvements
        traitees[activite.territoire, activite.mois] += activite.traitees
    return {cle: mouvements[cle] / nombre for cle, nombre in traitees.items() if nombre}


def _avec_hasards(activites: Sequence[Activite]) -> list[Activite]:
    """The same, with the tail of Poisson's law of each."""
    from scipy.special import pdtrc  # noqa: PLC0415 - 60 MB, that only the process that computes holds

    taux = taux_des_territoires(activites)
    attendus = [a.traitees * taux.get((a.territoire, a.mois), 0.0) for a in activites]
    queues = pdtrc([max(a.mouvements - 1, 0) for a in activites], attendus)
    return [
        replace(a, hasard=float(queue)) if a.mouvements and attendu else a
        for a, attendu, queue in zip(activites, attendus, queues, strict=True)
    ]


def _activite(
    territoire: str, guichet: str, mois: date, traitees: int, siens: Sequence[Mouvement]
) -> Activite:
    classes, sorts = Counter(m.nom for m in siens), Counter(m.sort for m in siens)
    delais = [m.delai_minutes for m in siens if m.delai_minutes is not None]
    comptes = [m for m in siens if m.nom in (ClasseNom.MINEURE, ClasseNom.MAJEURE)]
    auteurs = Counter(m.personne for m in comptes)
    return Activite(
        territoire=territoire,
        guichet=guichet,
        mois=mois,
        traitees=traitees,
        naissance_cosmetique=classes[ClasseNom.COSMETIQUE],
        naissance_mineure=classes[ClasseNom.MINEURE],
        naissance_majeure=classes[ClasseNom.MAJEURE],
        prenoms=sum(m.prenoms for m in siens),
        dates_naissance=sum(m.naissance for m in siens),
        nir=sum(m.nir for m in siens),
        en_attente=sorts[Sort.EN_ATTENTE],
        validees=sorts[Sort.VALIDE],
        refusees=sorts[Sort.REFUSE],
        expirees=sorts[Sort.EXPIRE],
        delai_median_minutes=round(median(delais)) if delais else None,
        agents=len(auteurs),
        part_premier_agent=max(auteurs.values()) / len(comptes) if comptes else None,
        sur_anciennes=sum(m.ancienne for m in comptes),
        sans_piece=sum(m.sans_piece for m in comptes),
    )
