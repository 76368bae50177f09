"""The comparison of what the register holds with what the witness knows: each difference is a violation, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sne.journal.selectors import verifier
from sne.registre.attente.selectors import list_ecarts
from sne.simulation.calendrier import plus_mois
from sne.simulation.registre_lu import (
    Lue,
    count_actes,
    count_statistiques,
    get_effacees,
    list_decides_par_leur_auteur,
    list_demandes,
    list_mouvements,
)
from sne.simulation.temoin import PERMIS, PREAVIS, PURGEE, TRANSITIONS, Fiche, Temoin

ETATS = ("ACTIVE", "EXPIREE", "RADIEE", "PURGEE")
NON_SUIVIS = frozenset({"OUVRIR_CAS_DOUBLON", "RAPPELER_IDENTITE"})
"""Verbs that the witness does not count: resemblances between households drawn at random, reminders to the person who
decides.
"""


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
    bilan, effacees = Bilan(Counter(), [], []), get_effacees(territoire)
    lues = {lue.cle: lue for lue in list_demandes(territoire)}
    for fiche in temoin.fiches.values():
        lue = lues.pop(fiche.cle, None)
        if lue is None or lue.etat not in ETATS:
            bilan.non_comptees.append(fiche.nud)
            continue
        bilan.etats[lue.etat] += 1
        bilan.violations += _ecarts(fiche, lue, effacees.get(fiche.cle))
    bilan.non_comptees += sorted(lue.nud for lue in lues.values())
    bilan.violations += [
        Violation(nud, "quatre yeux", "une autre personne décide", "la même personne")
        for nud in list_decides_par_leur_auteur(territoire)
    ]
    gardees = count_statistiques(territoire)
    if gardees != len(effacees):
        bilan.violations.append(Violation("", "statistiques gardées", str(len(effacees)), str(gardees)))
    bilan.violations += [
        Violation(str(e.demande_id), f"liste de travail, {e.nature}", _est(e.due), _est(e.tenue))
        for e in list_ecarts()
    ]
    return bilan


def _est(dans: bool) -> str:
    return "attend quelqu’un" if dans else "n’attend personne"


def _ecarts(fiche: Fiche, lue: Lue, effacee_le: date | None) -> Iterator[Violation]:
    attendus = _restes(fiche, lue) if fiche.etat == PURGEE else _vivants(fiche, lue)
    attendus["date d’effacement"] = (fiche.effacee_le, effacee_le)
    for regle, (attendu, trouve) in attendus.items():
        if attendu != trouve:
            yield Violation(fiche.nud, regle, _dire(attendu), _dire(trouve))
    for expiration, donne in lue.preavis:
        if not fiche.gels and donne > plus_mois(expiration, -PREAVIS):
            yield Violation(fiche.nud, "délai du préavis", f"un mois avant le {expiration}", str(donne))


def _restes(fiche: Fiche, lue: Lue) -> dict[str, tuple[object, object]]:
    """What is left of an erased application: its number, and the day of its erasure; no name."""
    return {
        "numéro unique": (fiche.nud, lue.nud),
        "état": (fiche.etat, lue.etat),
        "révision": (fiche.revision, lue.revision),
        "restes": (
            [fiche.effacee_le, None, fiche.effacee_le, 0, 0, "", None, None, 0, [], [], "", "", None],
            [
                lue.depot,
                lue.renouvelee,
                lue.expiration,
                lue.places,
                lue.radiations,
                lue.motif,
                lue.radiee_le,
                lue.revient_jusqu_au,
                lue.retours,
                lue.titres,
                lue.preavis,
                lue.nom,
                lue.demande,
                lue.heritee,
            ],
        ),
    }


def _vivants(fiche: Fiche, lue: Lue) -> dict[str, tuple[object, object]]:
    radiee = fiche.radiations > 0
    return {
        "numéro unique": (fiche.nud, lue.nud),
        "état": (fiche.etat, lue.etat),
        "révision": (fiche.revision, lue.revision),
        "date de dépôt": (fiche.depot, lue.depot),
        "mois du numéro": (f"{fiche.depot:%m%y}", lue.nud[3:7]),
        "ancienneté": (sorted(fiche.titres), sorted(lue.titres)),
        "ancienneté reprise": (fiche.heritee, lue.heritee),
        "dernier renouvellement": (fiche.renouvelee, lue.renouvelee),
        "fin de validité": (fiche.expiration, lue.expiration),
        "places tenues": (len(fiche.nirs) if fiche.ouverte else 0, lue.places),
        "radiations": (fiche.radiations, lue.radiations),
        "retours": (fiche.retours, lue.retours),
        "motif de radiation": (fiche.motif, lue.motif),
        "date de radiation": (fiche.radiee_le if radiee else None, lue.radiee_le),
        "nom en vigueur": (fiche.noms.en_vigueur, lue.nom),
        "nom en attente": (fiche.noms.demande, lue.demande),
        "préavis": (fiche.preavis, [tuple(dates) for dates in lue.preavis]),
        "dernier jour pour revenir": (fiche.revient_jusqu_au if radiee else None, lue.revient_jusqu_au),
    }


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
