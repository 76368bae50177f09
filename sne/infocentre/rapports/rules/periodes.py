"""Periods of a report: whole months, both ends included. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MOIS_PAR_DEFAUT = 12
MOIS_AU_PLUS = 60


@dataclass(frozen=True, slots=True)
class Periode:
    """From the first day of a month to the last day of another, both included."""

    du: date
    au: date

    @property
    def mois(self) -> int:
        """How many months it holds."""
        return (self.au.year - self.du.year) * 12 + self.au.month - self.du.month + 1

    @property
    def annee(self) -> int:
        """The civil year of the figures that are of one: that of its last month."""
        return self.au.year

    @property
    def annee_entiere(self) -> "Periode":
        """That civil year, from January to December."""
        return Periode(date(self.annee, 1, 1), date(self.annee, 12, 31))

    def parmi(self, debut: date | None, fin: date | None) -> "Periode | None":
        """Its months whose first day is from ``debut`` to ``fin``, both included; ``None`` for none."""
        du, au = self.du, self.au
        if debut and debut > du:
            du = debut if debut.day == 1 else fin_du_mois(debut) + timedelta(days=1)
        if fin and fin < au:
            au = fin_du_mois(fin)
        return Periode(du, au) if du <= au else None

    @property
    def precedente(self) -> "Periode":
        """The same months of the year before."""
        return Periode(self.du - relativedelta(years=1), fin_du_mois(self.au - relativedelta(years=1)))


def fin_du_mois(le: date) -> date:
    """The last day of the month of ``le``."""
    return le.replace(day=1) + relativedelta(months=1) - timedelta(days=1)


def periode_par_defaut(le: date) -> Periode:
    """The twelve full months before that of ``le``."""
    premier = le.replace(day=1)
    return Periode(premier - relativedelta(months=MOIS_PAR_DEFAUT), premier - timedelta(days=1))


def lire_mois(texte: str) -> date | None:
    """First day of the month of « 2026-11 »; ``None`` for any other text."""
    annee, tiret, mois = texte.partition("-")
    if not (tiret and len(annee) == 4 and len(mois) == 2 and (annee + mois).isdecimal()):
        return None
    if not (1 <= int(mois) <= 12 and int(annee) >= 2000):
        return None
    return date(int(annee), int(mois), 1)


def refuser(periode: Periode, le: date) -> str:
    """Why this period cannot be asked for on ``le``, in French; empty when it can."""
    if periode.du > periode.au:
        return "Le premier mois suit le dernier : choisissez-les dans l’ordre."
    if periode.mois > MOIS_AU_PLUS:
        return f"Choisissez {MOIS_AU_PLUS} mois au plus."
    if periode.au >= le.replace(day=1):
        return "Le dernier mois n’est pas fini : choisissez le mois précédent, ou un mois plus ancien."
    return ""
