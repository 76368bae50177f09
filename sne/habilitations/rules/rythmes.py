"""How often the roles of a whole territory are reviewed: what may be decided, when the next review opens. Pure."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class Rythme:
    """One review every ``mois`` calendar months; the first one not before ``premiere``."""

    mois: int
    premiere: date

    def prochaine(self, derniere: date | None) -> date:
        """The day from which a review is due. ``derniere``: when the last one of the territory opened, no matter who
        asked.

        A review opened by hand, or for the nation, counts: nobody answers twice in the same months.
        """
        if derniere is None or derniere < self.premiere:
            return self.premiere
        return derniere + relativedelta(months=self.mois)


def lire_rythme(mois: int, premiere: date, *, le: date, mois_max: int) -> Rythme:
    """The rhythm, as it may be kept. Raises ``Interdit`` on the field."""
    if not 1 <= mois <= mois_max:
        raise Interdit(f"Indiquez un nombre de mois, de 1 à {mois_max}.", champ="mois")
    if premiere <= le:
        raise Interdit("Ce jour est passé. Indiquez un jour à venir.", champ="premiere")
    if premiere > le + relativedelta(months=mois_max):
        raise Interdit(
            f"Ce jour est trop loin. Indiquez un jour d’ici {mois_max}\u00a0mois au plus.", champ="premiere"
        )
    return Rythme(mois, premiere)


def exiger_change(actuel: Rythme | None, voulu: Rythme) -> None:
    """Refuse to decide again what is decided. Raises ``Interdit``."""
    if actuel == voulu:
        raise Interdit(
            "Les revues sont déjà réglées ainsi. Changez le nombre de mois ou le jour.", champ="mois"
        )


def exiger_en_cours(actuel: Rythme | None) -> Rythme:
    """Refuse to stop what is not going on. Raises ``Interdit``."""
    if actuel is None:
        raise Interdit("Aucune revue régulière n’est réglée pour ce territoire. Il n’y a rien à arrêter.")
    return actuel
