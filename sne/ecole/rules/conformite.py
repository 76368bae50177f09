"""What the software of a vendor must do, judged from the calls that it made in its bac. Pure.

One table of facts: each finds, in the order of the calls, those that break it; none found is a fact that holds. A fact
that the session gave no occasion to see is said « non vu »: it is a failure too, for nothing was proved. A software is
asked what belongs to the doors that it used: REST, messages, or both.
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
RAPPEL, SOAP = "RAPPEL", "soap/"
"""Method of a call that we made to the software; beginning of the route of a message, before its kind."""
MESSAGES = frozenset({"CRE", "CRS", "MOD", "REN", "RAD", "SUP"})
CONSULTATION = "demandeLogement"
EN_ATTENTE, CONFLIT, EFFACEE, DOUBLON = "CTRL_DEM_13", "CTRL_DEM_1207", "CTRL_DEM_1103", "CTRL_DEM_1203"
ABSENCES = frozenset({"AUCUNE_DONNEE", "NON_ELIGIBLE", "DISCORDANCE_IDENTITE", "SOURCE_INDISPONIBLE"})


@dataclass(frozen=True, slots=True)
class Vu:
    """One call, as the log has it. ``objet``: of the address, and of the number that a message names; ``suivi``: of the
    address that a 202 gave; ``fond``: of a message without its date; ``etats``: of the months whose display was told,
    ``faux`` of which were shown as something else.
    """

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
    fond: str = ""
    certificat: str = ""
    etats: tuple[str, ...] = ()
    faux: int = 0

    @property
    def soap(self) -> bool:
        """Whether it is a message."""
        return self.route.startswith(SOAP)

    @property
    def genre(self) -> str:
        """Kind of a message."""
        return self.route.removeprefix(SOAP)

    @property
    def ecrit(self) -> bool:
        """Whether it is an act."""
        if self.soap:
            return self.genre in MESSAGES
        return self.methode in {"POST", "PUT", "PATCH"} and "recherches" not in self.route

    @property
    def attend(self) -> bool:
        """Whether something of it waits for somebody."""
        return self.statut == 202 or any(code.startswith(EN_ATTENTE) for code in self.codes)

    @property
    def depose(self) -> bool:
        """Whether it registers a demande."""
        return (
            self.genre == "CRE" if self.soap else self.methode == "POST" and self.route.endswith("demandes")
        )

    def est_le_meme_acte(self, autre: "Vu") -> bool:
        """Whether the other says the same at the same address."""
        return (self.methode, self.objet, self.fond or self.corps) == (
            autre.methode,
            autre.objet,
            autre.fond or autre.corps,
        )


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
    """One thing asked of a software. ``phrase``: what it does, in French; ``rest``, ``soap``: by which doors."""

    code: str
    phrase: str
    juge: Juge = field(repr=False)
    rest: bool = True
    soap: bool = True


def _suites(appels: Sequence[Vu]) -> list[tuple[Vu, list[Vu]]]:
    return [(vu, list(appels[n + 1 :])) for n, vu in enumerate(appels)]


def _cle_sur_les_ecritures(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    actes = [v for v in appels if v.methode == "POST" and v.ecrit and not v.soap]
    return bool(actes), [v for v in actes if not v.cle]


def _meme_cle_apres_une_panne(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    pannes = [(v, s) for v, s in _suites(appels) if v.scenario in PANNES and v.methode == "POST" and v.ecrit]
    manques = []
    for vu, suite in pannes:
        reprise = next((s for s in suite if vu.est_le_meme_acte(s)), None)
        if reprise is None or (reprise.cle, reprise.corps) != (vu.cle, vu.corps):
            manques.append(reprise or vu)
    return bool(pannes), manques


def _attend_ce_qui_est_dit(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.statut in {429, 503} and v.attendre]
    return bool(attentes), [s[0] for v, s in attentes if s and s[0].le < v.le + timedelta(seconds=v.attendre)]


def _ne_renvoie_pas_ce_qui_attend(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.attend]
    return bool(attentes), [
        s for v, suite in attentes for s in suite if v.est_le_meme_acte(s) and _renvoi(v, s)
    ]


def _renvoi(vu: Vu, suite: Vu) -> bool:
    """Whether the same thing is asked anew; under its key, or as the very same file, it is the retry of a cut line."""
    if vu.soap:
        return suite.corps != vu.corps
    return vu.methode != "POST" or suite.cle != vu.cle


def _suit_ce_qui_attend(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    attentes = [(v, s) for v, s in _suites(appels) if v.attend]
    return bool(attentes), [v for v, suite in attentes if not any(_suit(v, s) for s in suite)]


def _suit(vu: Vu, suite: Vu) -> bool:
    if suite.soap:
        return suite.genre == CONSULTATION
    return suite.methode == "GET" and (
        suite.objet == vu.suivi or "changements" in suite.route or "flux" in suite.route
    )


def _doublons_justifies_apres(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    depots = [v for v in appels if v.depose]
    forces = [v for v in depots if v.doublons]
    refuses = any({"DOUBLON", DOUBLON} & set(v.codes) for v in depots)
    trop = len(forces) > DOUBLONS_MAX * len(depots)
    return refuses, forces if trop else []


def _survit_au_champ_nouveau(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    nouveaux = [(v, s) for v, s in _suites(appels) if v.scenario == "champ-nouveau" and v.statut < 300]
    return bool(nouveaux), [v for v, suite in nouveaux if not any(s.statut < 400 for s in suite)]


def _oublie_ce_qui_est_efface(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    effaces = [(v, s) for v, s in _suites(appels) if v.statut == 410 or EFFACEE in v.codes]
    return bool(effaces), [s for v, suite in effaces for s in suite if s.objet == v.objet]


def _relit_apres_un_conflit(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    conflits = [
        (v, s)
        for v, s in _suites(appels)
        if (v.statut == 409 and "CONFLIT" in v.codes) or v.statut == 412 or CONFLIT in v.codes
    ]
    manques = []
    for vu, suite in conflits:
        rang = next((n for n, s in enumerate(suite) if (s.route, s.objet) == (vu.route, vu.objet)), None)
        if rang is not None and not _est_relue(vu, suite[rang], suite[:rang]):
            manques.append(suite[rang])
    return bool(conflits), manques


def _est_relue(vu: Vu, reprise: Vu, entre: Sequence[Vu]) -> bool:
    if vu.soap:
        return any(s.soap and s.genre == CONSULTATION for s in entre)
    return reprise.revision != vu.revision


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
    """A whole tree, or image, sent right after it was read, in the guided session, is what was read."""
    renvois = [v for u, v in pairwise(appels) if _renvoie_ce_qui_est_lu(u, v)]
    return bool(renvois), [v for v in renvois if v.champs != 0]


def _renvoie_ce_qui_est_lu(lecture: Vu, acte: Vu) -> bool:
    if acte.soap:
        return lecture.soap and (lecture.genre, acte.genre, acte.codes) == (CONSULTATION, "MOD", ())
    return lecture.methode == "GET" and acte.methode == "PUT" and acte.statut in {200, 202}


def _verifie_les_rappels(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    """A call under a false signature is refused; the same line once more is taken, or it would come again."""
    faux = [v for v in appels if v.methode == RAPPEL and v.route == "flux-faux"]
    doubles = [v for v in appels if v.methode == RAPPEL and v.route == "flux-double"]
    manques = [v for v in faux if v.statut < 400] + [v for v in doubles if not 200 <= v.statut < 300]
    return bool(faux and doubles), manques


def _change_de_certificat(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    """Two certificates served in the session: the second one, while the first still held."""
    return len({v.certificat for v in appels if v.certificat and v.statut < 400}) > 1, []


def _montre_les_absences(appels: Sequence[Vu]) -> tuple[bool, list[Vu]]:
    dits = [v for v in appels if v.etats]
    etats = {etat for v in dits for etat in v.etats}
    return {"MONTANT", "ZERO_CONFIRME"} <= etats and bool(etats & ABSENCES), [v for v in dits if v.faux]


FAITS: tuple[Fait, ...] = (
    Fait("CLE", "Chaque écriture par POST porte une clé d’idempotence.", _cle_sur_les_ecritures, soap=False),
    Fait(
        "MEME_CLE",
        "Après une coupure ou une panne, le même message repart, sous la même clé.",
        _meme_cle_apres_une_panne,
    ),
    Fait("ATTENTE", "Le délai de « Retry-After » est respecté.", _attend_ce_qui_est_dit),
    Fait(
        "RENVOI",
        "Un changement en attente (202, CTRL_DEM_13nn) n’est pas renvoyé.",
        _ne_renvoie_pas_ce_qui_attend,
    ),
    Fait("SUIVI", "Un changement en attente est suivi jusqu’à sa décision.", _suit_ce_qui_attend),
    Fait(
        "DOUBLONS", "Un doublon se justifie quand il est signalé, jamais d’avance.", _doublons_justifies_apres
    ),
    Fait(
        "OUVERTURE",
        "Un champ ou un code inconnu n’arrête pas le logiciel.",
        _survit_au_champ_nouveau,
        soap=False,
    ),
    Fait("EFFACEMENT", "Une demande effacée n’est plus jamais demandée.", _oublie_ce_qui_est_efface),
    Fait("REVISION", "Chaque changement dit la révision lue.", _revision_sur_les_changements, soap=False),
    Fait("CONFLIT", "Après un conflit, la demande est relue.", _relit_apres_un_conflit),
    Fait(
        "AGENT",
        "Le pseudonyme change avec la personne, sans adresse électronique.",
        _agents_distincts,
        soap=False,
    ),
    Fait("FLUX", "Le flux est repris où il a été laissé, et sa tête est la nôtre.", _flux_repris, soap=False),
    Fait(
        "RAPPELS",
        "Un rappel mal signé est refusé, une ligne reçue deux fois est acceptée.",
        _verifie_les_rappels,
        soap=False,
    ),
    Fait("CERTIFICAT", "Le certificat est renouvelé pendant la séance.", _change_de_certificat),
    Fait(
        "ABSENCE",
        "Un montant, un zéro confirmé et une absence se montrent différemment.",
        _montre_les_absences,
        soap=False,
    ),
    Fait("NIR", "Aucun numéro de sécurité sociale n’est dans une adresse.", _pas_de_nir),
    Fait(
        "IDENTIQUE",
        "Une demande lue puis renvoyée telle quelle ne change rien.",
        _rien_ne_change_sans_changement,
    ),
)


def juger(appels: Sequence[Vu]) -> list[Constat]:
    """Each fact of the doors that were used, in the order of the table, on the calls of one session in their order."""
    soap = any(v.soap for v in appels)
    rest = not soap or any(not v.soap and v.methode != RAPPEL for v in appels)
    return [_constater(f, appels) for f in FAITS if (f.rest and rest) or (f.soap and soap)]


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


def insigne(editeur: str, version: str, constats: Sequence[Constat], *, le: date, mois: int) -> str:
    """The text of the badge that is signed as a note: who, which version, from when, for how long, what was judged."""
    return (
        f"sne conformite v1\nediteur {editeur}\nversion {version}\ndu {le:%Y-%m-%d}\nduree {mois} mois\n"
        f"faits {' '.join(c.code for c in constats)}\n"
    )
