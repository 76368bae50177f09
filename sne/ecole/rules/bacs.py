"""Codes of a bac, and where its clock may go. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sne.socle.erreurs import Interdit

ORGANISME, REGION, FUSEAU = "999000094", "099", "Europe/Paris"
"""Body of the guichets of bacs, and their region: those of the fictional territory that is delivered."""
BAILLEUR = "999000011"
"""The fictional landlord that has a guichet in each bac: it alone lets dwellings there."""
COMMUNES = ("Bourg-l’Étude", "Les Cahiers", "Val-d’Encre")
"""Of each bac."""
LETTRES = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_de(numero: int) -> str:
    """Code of a territory, three signs."""
    return f"{numero:03d}"


def departement_de(territoire: str, premier: int) -> str:
    """The fictional département of a bac, a letter and a figure. ``premier``: number of the first bac of all."""
    dizaine, unite = divmod(int(territoire) - premier, 10)
    return f"{LETTRES[dizaine]}{unite}"


def communes_de(territoire: str, premier: int) -> tuple[str, ...]:
    """INSEE codes of the communes of a bac."""
    return tuple(f"{departement_de(territoire, premier)}{n:03d}" for n in range(1, len(COMMUNES) + 1))


def code_postal_de(territoire: str) -> str:
    """The postal code of all its communes."""
    return f"96{territoire}"


def guichet_de(territoire: str) -> str:
    """Code of the guichet of a bac that its agreement covers."""
    return f"E0{territoire}"


def guichet_bailleur_de(territoire: str) -> str:
    """Code of the guichet of the landlord: nobody’s software is there."""
    return f"L0{territoire}"


def premier_libre(codes: Iterable[int], pris: Collection[str]) -> str:
    """The first code that no agreement holds. Raises ``Interdit``: all are held."""
    for numero in codes:
        if code_de(numero) not in pris:
            return code_de(numero)
    raise Interdit("Tous les bacs de l’École sont pris. Écrivez à l’exploitation nationale.")


def lire_instant(texte: str) -> datetime:
    """The instant of a header ``SNE-Instant``. Raises ``Interdit``: no date, or no time zone."""
    try:
        lu = datetime.fromisoformat(texte)
    except ValueError as exc:
        raise Interdit(
            "SNE-Instant\u00a0: une date et une heure sont attendues, par exemple 2027-12-24T10:30:00+01:00."
        ) from exc
    if lu.tzinfo is None:
        raise Interdit("SNE-Instant\u00a0: le fuseau manque. Ajoutez-le, par exemple +01:00.")
    return lu


def exiger_avance(maintenant: datetime, vers: datetime, *, jours: int) -> None:
    """The clock of a bac goes forward, so many days at once. Raises ``Interdit``."""
    if vers < maintenant:
        raise Interdit(
            f"SNE-Instant\u00a0: l’horloge de ce bac est au {maintenant:%d/%m/%Y} et n’avance que vers l’avenir. "
            "Remettez le bac à neuf pour revenir au jour vrai."
        )
    if vers > maintenant + timedelta(days=jours):
        raise Interdit(f"SNE-Instant\u00a0: {jours} jours au plus en un appel. Avancez en plusieurs fois.")


def jours_franchis(de: date, vers: date) -> list[date]:
    """Each day after the first one, to the last one included."""
    return [de + timedelta(days=n) for n in range(1, (vers - de).days + 1)]
