"""Which days an edition is about, said from the day on which it is due. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.registre.contenu.rules.mois import UN_JOUR, ajouter_mois
from sne.socle.erreurs import Interdit


class PeriodeRelative(StrEnum):
    """Whole months, quarters or years, ended before the day of the edition."""

    DOUZE_MOIS = "DOUZE_MOIS"
    MOIS_PRECEDENT = "MOIS_PRECEDENT"
    TRIMESTRE = "TRIMESTRE"
    ANNEE = "ANNEE"


LIBELLES: Mapping[PeriodeRelative, str] = {
    PeriodeRelative.DOUZE_MOIS: "Les 12 derniers mois entiers",
    PeriodeRelative.MOIS_PRECEDENT: "Le mois précédent",
    PeriodeRelative.TRIMESTRE: "Le dernier trimestre civil entier",
    PeriodeRelative.ANNEE: "La dernière année civile entière",
}


@dataclass(frozen=True, slots=True)
class Couverte:
    """First and last days, both included."""

    du: date
    au: date


def lire_periode(code: str) -> PeriodeRelative:
    """The period of this code. Raises ``Interdit`` on the field."""
    if code not in set(PeriodeRelative):
        raise Interdit("Choisissez la période sur laquelle porte l’envoi.", champ="periode")
    return PeriodeRelative(code)


def couvrir(periode: PeriodeRelative, *, le: date) -> Couverte:
    """The days that an edition due on ``le`` is about: they ended before it."""
    mois = le.replace(day=1)
    match periode:
        case PeriodeRelative.DOUZE_MOIS:
            return _jusqu_a(mois, 12)
        case PeriodeRelative.MOIS_PRECEDENT:
            return _jusqu_a(mois, 1)
        case PeriodeRelative.TRIMESTRE:
            return _jusqu_a(date(le.year, (le.month - 1) // 3 * 3 + 1, 1), 3)
    return _jusqu_a(date(le.year, 1, 1), 12)


def _jusqu_a(fin: date, mois: int) -> Couverte:
    """The whole months that end the day before ``fin``."""
    return Couverte(ajouter_mois(fin, -mois), fin - UN_JOUR)
