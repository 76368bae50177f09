"""Numbers that belong to nobody: NIR of places never attributed, phones that reach no person."""

from datetime import date

from anyascii import anyascii
from stdnum.fr import nir as stdnum_nir

PREMIER_PAYS_LIBRE = 523  # INSEE gives countries of birth 99100 to 99522: from 99523 on, nobody was ever born
RANGS = 999
PAYS_PAR_ROLE = 238  # 99523-99760 for applicants, 99761-99998 for co-holders
NIR_PAR_TOUR = PAYS_PAR_ROLE * RANGS
MOIS_INCOMPLETS = 50  # months 50 to 99 mark an incomplete record: each turn of the numbers takes another one

MOBILES = "063998"  # ARCEP, decision 2018-0881: ranges for audiovisual works
FIXES = ("019900", "026191", "035301", "046571", "053649")
PAR_PLAGE = 10_000
PAR_MILLION = 1_000_000


def nir_fictif(sexe: str, naissance: date, *, rang: int, cotitulaire: bool, presumee: bool = False) -> str:
    """The NIR of person ``rang`` (15 signs, right key): two ranks never give the same number in one role.

    ``sexe`` is the first sign. The month of birth is unknown on a presumed date, and in every turn of the
    numbers but the first.
    """
    tour, position = divmod(rang, NIR_PAR_TOUR)
    pays = PREMIER_PAYS_LIBRE + position // RANGS + (PAYS_PAR_ROLE if cotitulaire else 0)
    mois = naissance.month if tour == 0 and not presumee else MOIS_INCOMPLETS + min(tour, 49)
    corps = f"{sexe}{naissance.year % 100:02d}{mois:02d}99{pays}{position % RANGS + 1:03d}"
    return corps + str(stdnum_nir.calc_check_digits(corps))


def telephone_fictif(rang: int) -> tuple[str, bool] | None:
    """Phone of household ``rang`` and whether it is a mobile; ``None`` once the ranges are used up.

    Even ranks have a mobile, odd ones a landline, so that no two households share a number.
    """
    indice, impair = divmod(rang, 2)
    if not impair:
        return (f"{MOBILES}{indice:04d}", True) if indice < PAR_PLAGE else None
    plage, numero = divmod(indice, PAR_PLAGE)
    return (f"{FIXES[plage]}{numero:04d}", False) if plage < len(FIXES) else None


def telephone_de_machine(rang: int) -> str:
    """A phone that no person can have: in France 0700 opens the fourteen-digit numbers of machines, never ten digits.

    The ranges reserved for fiction hold 60 000 numbers only; here one comes back every million households.
    """
    return f"0700{rang % PAR_MILLION:06d}"


def courriel_fictif(prenom: str, nom: str, rang: int) -> str:
    """An address in ``exemple.fr``, one per household."""
    lisible = "".join(
        signe for signe in anyascii(f"{prenom}.{nom}").lower() if signe.isalnum() or signe == "."
    )
    return f"{lisible}.{rang}@exemple.fr"
