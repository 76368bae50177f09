"""When an application may be renewed, and what is said when it may not. Pure.

CCH R441-2-7 (one year from the deposit or the last renewal); arrêté du 23 mars 2015, annex §5 (renewal by any counter
with access) and §6.1 (struck off at T+13 months, re-activated until T+18).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut, Transition, next_statut
from sne.registre.demande.rules.dates import echeances
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

UN_JOUR = timedelta(days=1)


class Moment(StrEnum):
    """Where a day stands in the renewal window."""

    TROP_TOT = "TROP_TOT"
    OUVERT = "OUVERT"
    EXPIREE = "EXPIREE"  # validity is over, the month of tolerance runs
    TROP_TARD = "TROP_TARD"


@dataclass(frozen=True, slots=True)
class Fenetre:
    """The days on which an application may be renewed: from ``ouverture`` to ``fermeture``, both included.

    ``expiration`` is the last day of validity; ``reactivation_jusqu_au`` the last day on which an application struck
    off for lack of renewal may come back, with its number and its seniority.
    """

    ouverture: date
    expiration: date
    fermeture: date
    reactivation_jusqu_au: date

    def retardee(self, jours: int) -> "Fenetre":
        """The same window while a freeze of so many days holds: it opens as it did, what closes it is later."""
        ecart = timedelta(days=jours)
        return replace(
            self,
            expiration=self.expiration + ecart,
            fermeture=self.fermeture + ecart,
            reactivation_jusqu_au=self.reactivation_jusqu_au + ecart,
        )

    def situer(self, jour: date) -> Moment:
        """Where ``jour`` stands."""
        if jour < self.ouverture:
            return Moment.TROP_TOT
        if jour <= self.expiration:
            return Moment.OUVERT
        return Moment.EXPIREE if jour <= self.fermeture else Moment.TROP_TARD

    def tenue_ouverte(self, jour: date) -> "Fenetre":
        """The same window where no demande may end without a notice: while the demande is open, it may be renewed."""
        return replace(self, reactivation_jusqu_au=max(self.reactivation_jusqu_au, jour))

    def dernier_jour(self, jour: date) -> date:
        """Last day on which it may be renewed, as seen on ``jour``: once the tolerance is over, the last day on which
        it may come back.
        """
        return self.fermeture if jour <= self.fermeture else self.reactivation_jusqu_au


class RenouvellementFerme(Interdit):
    """This application may not be renewed on that day."""

    code = "RENOUVELLEMENT_FERME"


class ConfirmationAttendue(Interdit):
    """Nothing changed and nobody said that it was read again with the household."""

    code = "CONFIRMATION"

    def __init__(self) -> None:
        super().__init__(
            f"Renouvellement{INSECABLE}: rien ne change dans le dossier. "
            "Confirmez avec la personne que tout est encore exact.",
            champ="sans_changement",
        )


def calculer_fenetre(
    base: date, expiration: date, *, durees: ParametresDemande, ouverture_jours: int
) -> Fenetre:
    """The window of an application deposited or last renewed on ``base`` and valid until ``expiration``.

    ``durees``: those in force on ``base``, because the household was told these; ``ouverture_jours``: how long before
    the end of validity renewal opens, so that nobody captures old applications by renewing them in advance. When it is
    valid longer than those durations say, days were given back to it, and every closing day is later by as many days.
    """
    suites = echeances(base, durees)
    rendus = max(expiration - suites.expiration, timedelta())
    return Fenetre(
        ouverture=expiration - timedelta(days=ouverture_jours),
        expiration=expiration,
        fermeture=suites.radiation - UN_JOUR + rendus,
        reactivation_jusqu_au=suites.reactivation_jusqu_au + rendus,
    )


def exiger_renouvelable(statut: Statut, fenetre: Fenetre, jour: date) -> Statut:
    """The state after renewal on ``jour``. Raises :class:`RenouvellementFerme` or ``TransitionInterdite``."""
    phrase = _hors_delai(statut, fenetre, jour)
    if phrase:
        raise RenouvellementFerme(phrase)
    return next_statut(statut, Transition.RENOUVELER)


def _hors_delai(statut: Statut, fenetre: Fenetre, jour: date) -> str:
    """An application that is still open past its tolerance may be renewed: the register is late, not the household."""
    if statut not in OUVERTES:
        return ""
    if fenetre.situer(jour) is Moment.TROP_TOT:
        return (
            f"Le renouvellement ouvre le {_date(fenetre.ouverture)}, {_jours(fenetre)} avant la fin de validité. "
            "D’ici là, modifiez le dossier."
        )
    if jour > fenetre.reactivation_jusqu_au:
        limite = _date(fenetre.reactivation_jusqu_au)
        return f"Cette demande pouvait revenir jusqu’au {limite}. Enregistrez une nouvelle demande."
    return ""


def _jours(fenetre: Fenetre) -> str:
    return f"{(fenetre.expiration - fenetre.ouverture).days}{INSECABLE}jours"


def _date(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"
