"""The comparison of what the register holds with what the witness knows: each difference is a violation, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sne.journal.selectors import verifier
from sne.simulation.calendrier import plus_mois
from sne.simulation.registre_lu import Lue, count_actes, list_demandes, list_mouvements
from sne.simulation.temoin import PERMIS, PREAVIS, TRANSITIONS, Fiche, Temoin

ETATS = ("ACTIVE", "EXPIREE", "RADIEE", "PURGEE")
NON_SUIVIS = frozenset({"OUVRIR_CAS_DOUBLON"})
"""Verbs that the witness does not count: they follow from resemblances between households drawn at random."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that the register broke: which application, what, what the law says, what was found."""

    nud: str
    regle: str
    attendu: str
    trouve: str


@dataclass(slots=True)
class Bilan:
    """What a comparison found. ``non_comptees``: numbers given that are in no state, or in one that nobody gave."""

    etats: Counter[str]
    non_comptees: list[str]
    violations: list[Violation]


def comparer(temoin: Temoin, territoire: str) -> Bilan:
    """Every application: that it is there once, in its state, with its dates, reason, place and seniority."""
    bilan = Bilan(Counter(), [], [])
    lues = {lue.cle: lue for lue in list_demandes(territoire)}
    for fiche in temoin.fiches.values():
        lue = lues.pop(fiche.cle, None)
        if lue is None or lue.etat not in ETATS:
            bilan.non_comptees.append(fiche.nud)
            continue
        bilan.etats[lue.etat] += 1
        bilan.violations += _ecarts(fiche, lue)
    bilan.non_comptees += sorted(lue.nud for lue in lues.values())
    return bilan


def _ecarts(fiche: Fiche, lue: Lue) -> Iterator[Violation]:
    radiee = fiche.radiations > 0
    attendus = {
        "numéro unique": (fiche.nud, lue.nud),
        "état": (fiche.etat, lue.etat),
        "révision": (fiche.revision, lue.revision),
        "date de dépôt": (fiche.depot, lue.depot),
        "mois du numéro": (f"{fiche.depot:%m%y}", lue.nud[3:7]),
        "ancienneté": ([fiche.depot] * fiche.adultes, lue.titres),
        "dernier renouvellement": (fiche.renouvelee, lue.renouvelee),
        "fin de validité": (fiche.expiration, lue.expiration),
        "places tenues": (fiche.nirs if fiche.ouverte else 0, lue.places),
        "radiations": (fiche.radiations, lue.radiations),
        "retours": (fiche.retours, lue.retours),
        "motif de radiation": (fiche.motif, lue.motif),
        "date de radiation": (fiche.radiee_le if radiee else None, lue.radiee_le),
        "préavis": (fiche.preavis, [tuple(dates) for dates in lue.preavis]),
        "dernier jour pour revenir": (fiche.revient_jusqu_au if radiee else None, lue.revient_jusqu_au),
    }
    for regle, (attendu, trouve) in attendus.items():
        if attendu != trouve:
            yield Violation(fiche.nud, regle, _dire(attendu), _dire(trouve))
    for expiration, donne in lue.preavis:
        if donne > plus_mois(expiration, -PREAVIS):
            yield Violation(fiche.nud, "délai du préavis", f"un mois avant le {expiration}", str(donne))


def controler_journal(temoin: Temoin, territoire: str) -> tuple[Counter[str], list[Violation]]:
    """Acts that the journal tells, by verb; and what it tells otherwise than the witness, or forbids."""
    transitions: Counter[str] = Counter()
    violations = []
    comptes = count_actes(territoire)
    for fiche in temoin.fiches.values():
        lus = Counter({v: n for v, n in comptes.get(fiche.cle, Counter()).items() if v not in NON_SUIVIS})
        transitions += lus
        for verbe in sorted(lus.keys() | fiche.actes.keys()):
            if lus[verbe] != fiche.actes[verbe]:
                violations.append(
                    Violation(fiche.nud, f"journal : {verbe}", str(fiche.actes[verbe]), str(lus[verbe]))
                )
    for m in list_mouvements(territoire, TRANSITIONS):
        if m.entrees != 1 or (m.avant, m.acte, m.apres) not in PERMIS:
            trouve = f"{m.avant or 'rien'} → {m.acte} → {m.apres} ({m.entrees})"
            violations.append(Violation(m.nud, "mouvement", "un mouvement permis, une seule entrée", trouve))
    violations += [Violation("", "chaîne du journal", "aucun écart", ecart.phrase) for ecart in verifier()]
    return transitions, violations


def _dire(valeur: object) -> str:
    if isinstance(valeur, list):
        return ", ".join(_dire(v) for v in valeur) or "rien"
    if isinstance(valeur, tuple):
        return " ".join(map(str, valeur))
    return "rien" if valeur in (None, "") else str(valeur)
