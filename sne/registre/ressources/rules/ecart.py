"""The declared resources beside the known ones: a difference in euros and per cent, which decides nothing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sne.connecteurs.drm.rules.mois import CENTIMES, Mois, Moyenne, moyenne
from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.contenu.rules.mois import ajouter_mois


@dataclass(frozen=True, slots=True)
class Ecart:
    """``declare``: monthly total declared, in euros; ``connu``: mean of the months that have a figure. ``euros``: known
    less declared; ``part``: of the declared total (0.072 is 7.2 %), ``None`` where zero was declared.
    """

    declare: Decimal
    connu: Moyenne
    euros: Decimal
    part: Decimal | None


def total_declare(ressources: Ressources) -> Decimal | None:
    """The monthly total declared by the applicant; ``None`` when nothing is, or when one line has no amount: what is
    not said is not zero.
    """
    montants = [recue.montant_mensuel for recue in ressources.recues]
    if not montants or None in montants:
        return None
    return sum((Decimal(m) for m in montants if m is not None), Decimal(0)).quantize(CENTIMES)


def comparer(ressources: Ressources, mois: Iterable[Mois]) -> Ecart | None:
    """The difference; ``None`` when one of the two has no figure."""
    declare, connu = total_declare(ressources), moyenne(mois)
    if declare is None or connu is None:
        return None
    euros = connu.montant - declare
    return Ecart(declare, connu, euros, (euros / declare).quantize(Decimal("0.001")) if declare else None)


def prochaine_arrivee(le: date, *, jour: int) -> tuple[date, date]:
    """The next month expected from the sources (its first day), and the day from which: the sources deliver a month on
    the ``jour`` (1 to 28) of the following one.
    """
    courant = le.replace(day=1)
    arrive = courant if le.day < jour else ajouter_mois(courant, 1)
    return ajouter_mois(arrive, -1), arrive.replace(day=jour)
