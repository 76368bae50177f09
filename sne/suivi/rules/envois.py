"""When the recap is mailed to the managers of a territory, and what may be decided on it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.socle.erreurs import Interdit
from sne.socle.tableur import Format
from sne.suivi.rules.activite import mois_entre, premier_du_mois

JOUR_MAX = 28  # every month has it


@dataclass(frozen=True, slots=True)
class Reglage:
    """What the managers of a territory decided: the day of the month, the kind of file."""

    jour: int
    format: Format


def lire_reglage(jour: int, format_: str) -> Reglage:
    """The day and the format, as they may be kept. Raises ``Interdit`` on the field."""
    if not 1 <= jour <= JOUR_MAX:
        raise Interdit(f"Choisissez un jour du mois, de 1 à {JOUR_MAX}.", champ="jour")
    if format_ not in set(Format):
        raise Interdit("Choisissez le format du fichier.", champ="format")
    return Reglage(jour, Format(format_))


def exiger_change(actuel: Reglage | None, voulu: Reglage) -> None:
    """Refuse to decide again what is decided. Raises ``Interdit``."""
    if actuel == voulu:
        raise Interdit("L’envoi est déjà réglé ainsi. Changez le jour ou le format.", champ="jour")


def exiger_en_cours(actuel: Reglage | None) -> Reglage:
    """Refuse to stop what is not going on. Raises ``Interdit``."""
    if actuel is None:
        raise Interdit("Aucun envoi n’est programmé pour ce territoire. Il n’y a rien à arrêter.")
    return actuel


def mois_dus(reglage: Reglage, *, depuis: date, le: date, faits: Collection[date]) -> tuple[date, ...]:
    """Months whose recap should have left by that day and has not, the oldest first.

    ``depuis``: first day of the mailings since they were last stopped; ``faits``: months sent. The recap of a month
    leaves in the next one, on the day chosen: those that an outage held back are all due.
    """
    precedents = mois_entre(ajouter_mois(premier_du_mois(depuis), -1), ajouter_mois(premier_du_mois(le), -1))
    return tuple(
        mois
        for mois in precedents
        if mois not in faits and depuis <= ajouter_mois(mois, 1).replace(day=reglage.jour) <= le
    )
