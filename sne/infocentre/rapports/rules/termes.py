"""The terms of an indicator: a measure, over which part of the period it is read, past which value. Pure.

« STOCK », « -RADIATIONS » (taken away), « STOCK@M1 » (a month before the last one), « STOCK@V0 » (on the eve of the
period), « ATTRIBUTIONS@A0 » (the last civil year that is over), « ANCIENNETE_MOIS>120 » (the cases of a distribution
past 120).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from sne.infocentre.mesures.catalogue import EGALE, MESURES, MOIS_D_ORIGINE
from sne.infocentre.rapports.rules.periodes import Periode, fin_du_mois

FORME = re.compile(r"(-?)([A-Z0-9_]+)(?:@([MTAPV])([0-9]{1,2}))?(?:>([0-9]+|DELAI))?")
DELAI = "DELAI"
"""A value that each département sets: its abnormally long wait, in months (CCH L441-1-4)."""
MOIS_PAR_AN, MOIS_PAR_TRIMESTRE = 12, 3


@dataclass(frozen=True, slots=True)
class Terme:
    """One term. ``mesure``: its code; ``fenetre``: « M1 », empty for the period itself; ``seuil``: empty for none."""

    mesure: str
    fenetre: str = ""
    seuil: str = ""
    ote: bool = False

    @property
    def lu(self) -> str:
        """The measure in its window, as counts name it."""
        return f"{self.mesure}@{self.fenetre}" if self.fenetre else self.mesure

    @property
    def cle(self) -> str:
        """The term without its sign."""
        return f"{self.lu}>{self.seuil}" if self.seuil else self.lu

    def valeur(self, comptes: Mapping[str, int]) -> int:
        """What it counts there; a measure that was not counted is 0, since every case would have made a row."""
        if not self.seuil or self.cle in comptes:
            return comptes.get(self.cle, 0)
        return sum(n for v, n in repartition(self, comptes).items() if v > int(self.seuil))


@lru_cache(1024)
def lire_terme(texte: str) -> Terme:
    """The term that a text is. Raises ``ValueError``."""
    lu = FORME.fullmatch(texte)
    if lu is None:
        raise ValueError(f"not a term: {texte}")
    moins, mesure, lettre, rang, seuil = lu.groups()
    return Terme(mesure, f"{lettre}{int(rang)}" if lettre else "", seuil or "", bool(moins))


def mesures_de(termes: Iterable[str]) -> frozenset[str]:
    """Codes of the measures of a sum."""
    return frozenset(lire_terme(texte).mesure for texte in termes)


def evaluer(termes: Sequence[str], comptes: Mapping[str, int]) -> int:
    """The sum of these terms."""
    lus = [lire_terme(texte) for texte in termes]
    return sum(-t.valeur(comptes) if t.ote else t.valeur(comptes) for t in lus)


def fenetre(code: str, periode: Periode) -> Periode:
    """The days that a window is, seen from a period, whole months.

    M: the last month, or the n-th before it. T, A: the last quarter, civil year, that is over when the period ends, or
    the n-th before. P: the same months n years before. V: the month before the period, or the n-th before it. Without a
    code, the period.
    """
    if not code:
        return periode
    lettre, rang = code[0], int(code[1:])
    dernier = periode.au.replace(day=1)
    if lettre == "M":
        return _mois(dernier - relativedelta(months=rang), 1)
    if lettre == "V":
        return _mois(periode.du - relativedelta(months=rang + 1), 1)
    if lettre == "P":
        return Periode(
            periode.du - relativedelta(years=rang), fin_du_mois(periode.au - relativedelta(years=rang))
        )
    duree = MOIS_PAR_TRIMESTRE if lettre == "T" else MOIS_PAR_AN
    apres = dernier + relativedelta(months=1)
    debut = apres - relativedelta(months=(apres.month - 1) % duree + duree * (rang + 1))
    return _mois(debut, duree)


def repartition(terme: Terme, comptes: Mapping[str, int]) -> dict[int, int]:
    """Of a distribution: value → cases, those that are not zero."""
    tete = terme.lu + EGALE
    return {int(cle.removeprefix(tete)): n for cle, n in comptes.items() if cle.startswith(tete) and n}


def quantile(valeurs: Mapping[int, int], pour_cent: int) -> tuple[int, int]:
    """The least value that ``pour_cent`` % of the cases at least do not pass, and how many cases there are; (0, 0) for
    none.
    """
    total, vus = sum(valeurs.values()), 0
    for valeur in sorted(valeurs):
        vus += valeurs[valeur]
        if vus * 100 >= total * pour_cent:
            return valeur, total
    return 0, 0


def nommer(mesure: str, terme: Terme, fin: date) -> str:
    """How counts name a measure that was read for a term; a month of origin becomes the months elapsed on ``fin``."""
    code, egale, valeur = mesure.partition(EGALE)
    if not egale:
        return terme.lu
    if MESURES[code].colonne == MOIS_D_ORIGINE:
        valeur = str(fin.year * MOIS_PAR_AN + fin.month - 1 - int(valeur))
    return f"{terme.lu}{EGALE}{valeur}"


def _mois(premier: date, combien: int) -> Periode:
    return Periode(premier, premier + relativedelta(months=combien) - timedelta(days=1))
