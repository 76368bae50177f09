"""What the software of a vendor must do, judged from the calls that it made in its bac. Pure.

One table of facts: each finds, in the order of the calls, those that break it; none found is a fact that holds. A fact
that the session gave no occasion to see is said « non vu »: it is a failure too, for nothing was proved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

PANNES = frozenset({"coupe", "503", "500", "429"})
AGENTS_MIN = 2  # pseudonyms of a session in which two users act
DOUBLONS_MAX = 0.5  # of the registrations, justified beforehand
ADRESSE_ELECTRONIQUE = "@"


@dataclass(frozen=True, slots=True)
class Vu:
    """One call, as the log has it. ``objet``: of the address; ``suivi``: of the address that a 202 gave."""

    le: datetime
    methode: str
    route: str
    statut: int
    objet: str = ""
    cle: str = ""
    corps: str = ""
    agent: str = ""
    revision: str = ""
    scenario: str = ""
    attendre: int = 0  # seconds
    codes: tuple[str, ...] = ()
    champs: int = -1  # fields that the act changed; -1: the answer does not say
    suivi: str = ""
    flux: tuple[str, int, int] | None = None  # series, after which number, up to which one
    nir_dans_l_adresse: bool = False
    doublons: bool = False

    @property
    def ecrit(self) -> bool:
        """Whether it is an act."""
        return self.methode in {"POST", "PUT", "PATCH"} and "recherches" not in self.route

    def est_le_meme_acte(self, autre: "Vu") -> bool:
        """Whether the other sends the same body at the same address."""
        return (self.methode, self.objet, self.corps) == (autre.methode, autre.objet, autre.corps)


class Issue(StrEnum):
    """What became of a fact."""

    TENU = "TENU"
    MANQUE = "MANQUE"
    NON_VU = "NON_VU"


@dataclass(frozen=True, slots=True)
class Constat:
    """One fact of one session. ``preuves``: instants of the calls that break it."""

    code: str
    phrase: str
    issue: Issue
    preuves: tuple[datetime, ...] = ()


Juge = Callable[[Sequence[Vu]], tuple[bool, list[Vu]]]
"""Whether the session had an occasion to show it, and the calls that break it."""


@dataclass(frozen=True, slots=True)
class Fait:
    """One thing asked of a software. ``phrase``: what it does, in French."""

    code: str
    phrase: str
    juge: Juge = field(repr=False)


def _suites(appels: Sequence[Vu]) -> list[tuple[Vu, list[Vu]]]:
    return [(vu, list(appels[n + 1 :])) for n, vu in enumerate(appels)]


def _cle_sur_les_ecritures(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    actes = [v for v in appels if v.methode == "POST" and v.ecrit]
    return bool(actes), [v for v in actes if not v.cle]


def _meme_cle_apres_une_panne(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    pannes = [(v, s) for v, s in _suites(appels) if v.scenario in PANNES and v.methode == "POST" and v.ecrit]
    manques = []
    for vu, suite in pannes:
        reprise = next((s for s in suite if vu.est_le_meme_acte(s)), None)
        if reprise is None or reprise.cle != vu.cle:
            manques.append(reprise or vu)
    return bool(pannes), manques


def _attend_ce_qui_est_dit(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.statut in {429, 503} and v.attendre]
    return bool(attentes), [s[0] for v, s in attentes if s and s[0].le < v.le + timedelta(seconds=v.attendre)]


def _ne_renvoie_pas_ce_qui_attend(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.statut == 202]
    renvois = [
        s
        for v, suite in attentes
        for s in suite
        if (v.est_le_meme_acte(s) and s.cle != v.cle) or _renvoi(v, s)
    ]
    return bool(attentes), renvois


def _renvoi(vu: Vu, suite: Vu) -> bool:
    return vu.methode != "POST" and vu.est_le_meme_acte(suite)


def _suit_ce_qui_attend(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.statut == 202]
    manques = [
        v
        for v, suite in attentes
        if not any(
            s.methode == "GET" and (s.objet == v.suivi or "changements" in s.route or "flux" in s.route)
            for s in suite
        )
    ]
    return bool(attentes), manques


def _doublons_justifies_apres(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    depots = [v for v in appels if v.methode == "POST" and v.route.endswith("demandes")]
    forces = [v for v in depots if v.doublons]
    refuses = any("DOUBLON" in v.codes for v in depots)
    trop = len(forces) > DOUBLONS_MAX * len(depots)
    return refuses, forces if trop else []


def _survit_au_champ_nouveau(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    nouveaux = [(v, s) for v, s in _suites(appels) if v.scenario == "champ-nouveau" and v.statut < 300]
    return bool(nouveaux), [v for v, suite in nouveaux if not any(s.statut < 400 for s in suite)]


def _oublie_ce_qui_est_efface(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    effaces = [(v, s) for v, s in _suites(appels) if v.statut == 410]
    return bool(effaces), [s for v, suite in effaces for s in suite if s.objet == v.objet]


def _relit_apres_un_conflit(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    conflits = [
        (v, s) for v, s in _suites(appels) if (v.statut == 409 and "CONFLIT" in v.codes) or v.statut == 412
    ]
    manques = []
    for vu, suite in conflits:
        reprise = next((s for s in suite if s.methode == vu.methode and s.objet == vu.objet), None)
        if reprise is not None and reprise.revision == vu.revision:
            manques.append(reprise)
    return bool(conflits), manques


def _revision_sur_les_changements(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    changements = [v for v in appels if v.methode in {"PUT", "PATCH"} and "contenu" in v.route]
    return bool(changements), [v for v in changements if not v.revision]


def _agents_distincts(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    agents = [v for v in appels if v.agent]
    adresses = [v for v in agents if ADRESSE_ELECTRONIQUE in v.agent]
    un_seul = len({v.agent for v in agents}) < AGENTS_MIN
    return bool(agents), adresses or (agents[:1] if un_seul else [])


def _pas_de_nir(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    return bool(appels), [v for v in appels if v.nir_dans_l_adresse]


def _flux_repris(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    """Each page is asked from where the one before ended, or asked once more; heads are compared, and equal."""
    dernieres: dict[str, tuple[int, int]] = {}
    manques, suites = [], 0
    for v in appels:
        if v.flux is None:
            continue
        serie, apres, jusqu_a = v.flux
        if serie in dernieres:
            suites += 1
            if apres not in dernieres[serie]:
                manques.append(v)
        dernieres[serie] = apres, jusqu_a
    accuses = [v for v in appels if v.route.endswith("accuses")]
    return bool(suites and accuses), manques + [v for v in accuses if v.statut == 409]


def _rien_ne_change_sans_changement(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    """A whole tree sent right after it was read, in the guided session, is the tree that was read."""
    renvois = [
        v for u, v in pairwise(appels) if u.methode == "GET" and v.methode == "PUT" and v.statut in {200, 202}
    ]
    return bool(renvois), [v for v in renvois if v.champs != 0]


FAITS: tuple[Fait, ...] = (
    Fait("CLE", "Chaque écriture par POST porte une clé d’idempotence.", _cle_sur_les_ecritures),
    Fait(
        "MEME_CLE",
        "Après une coupure ou une panne, le même message repart avec la même clé.",
        _meme_cle_apres_une_panne,
    ),
    Fait("ATTENTE", "Le délai de « Retry-After » est respecté.", _attend_ce_qui_est_dit),
    Fait("RENVOI", "Un changement en attente (202) n’est pas renvoyé.", _ne_renvoie_pas_ce_qui_attend),
    Fait("SUIVI", "Un changement en attente (202) est suivi jusqu’à sa décision.", _suit_ce_qui_attend),
    Fait(
        "DOUBLONS", "Un doublon se justifie quand il est signalé, jamais d’avance.", _doublons_justifies_apres
    ),
    Fait("OUVERTURE", "Un champ ou un code inconnu n’arrête pas le logiciel.", _survit_au_champ_nouveau),
    Fait("EFFACEMENT", "Une demande effacée (410) n’est plus jamais demandée.", _oublie_ce_qui_est_efface),
    Fait("REVISION", "Chaque changement dit la révision lue.", _revision_sur_les_changements),
    Fait("CONFLIT", "Après un conflit, la demande est relue.", _relit_apres_un_conflit),
    Fait("AGENT", "Le pseudonyme change avec la personne, sans adresse électronique.", _agents_distincts),
    Fait("FLUX", "Le flux est repris où il a été laissé, et sa tête est la nôtre.", _flux_repris),
    Fait("NIR", "Aucun numéro de sécurité sociale n’est dans une adresse.", _pas_de_nir),
    Fait(
        "IDENTIQUE",
        "Une demande lue puis renvoyée telle quelle ne change rien.",
        _rien_ne_change_sans_changement,
    ),
)


def juger(appels: Sequence[Vu]) -> list[Constat]:
    """Each fact, in the order of the table, on the calls of one session in their order."""
    return [_constater(fait, appels) for fait in FAITS]


def _constater(fait: Fait, appels: Sequence[Vu]) -> Constat:
    vu, manques = fait.juge(appels)
    if manques:
        return Constat(fait.code, fait.phrase, Issue.MANQUE, tuple(m.le for m in manques))
    return Constat(fait.code, fait.phrase, Issue.TENU if vu else Issue.NON_VU)


MOTS = {Issue.TENU: "tenu", Issue.MANQUE: "manqué", Issue.NON_VU: "non vu"}


def echecs(constats: Sequence[Constat]) -> int:
    """How many facts are broken, or not shown."""
    return sum(c.issue is not Issue.TENU for c in constats)


def rapport(constats: Sequence[Constat]) -> str:
    """The report, in French, a line a fact, then the calls that break it."""
    lignes = []
    for c in constats:
        lignes.append(f"{MOTS[c.issue]:<7} {c.code:<11} {c.phrase}")
        lignes += [f"        appel du {le:%d/%m/%Y à %H:%M:%S}" for le in c.preuves[:3]]
    nombre = echecs(constats)
    lignes.append("Conforme." if not nombre else f"{nombre} point(s) à corriger ou à montrer.")
    return "\n".join(lignes) + "\n"


def insigne(editeur: str, version: str, *, le: date, mois: int) -> str:
    """The text of the badge that is signed as a note: who, which version, from when, for how long."""
    return (
        f"sne conformite v1\nediteur {editeur}\nversion {version}\ndu {le:%Y-%m-%d}\nduree {mois} mois\n"
        f"faits {' '.join(f.code for f in FAITS)}\n"
    )
