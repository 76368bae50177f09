"""When a demande struck off is erased, and what is said of one that was. Pure.

Arrêté du 23 mars 2015, annexe §7; décret 2017-917, article 4: one year after the striking-off.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sne.registre.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.rules.radiation import Delais, date_de_purge
from sne.registre.rules.refus import Introuvable
from sne.socle.erreurs import Efface, Interdit


@dataclass(frozen=True, slots=True)
class Retenues:
    """What puts an erasure off, whatever its day: a freeze, an enquiry still open, a message that is leaving."""

    figee: bool = False
    sous_enquete: bool = False
    envoi_en_cours: bool = False


def premier_jour(radiee_le: date, *, delais: Delais, retour_jusqu_au: date) -> date:
    """From which day a demande is erased: never while it may still come back, be it later by a freeze."""
    return max(date_de_purge(radiee_le, delais=delais), retour_jusqu_au + timedelta(days=1))


def exiger_effacable(statut: Statut, premier: date | None, *, jour: date, retenues: Retenues) -> None:
    """Refuse to erase too early, or what something keeps. Raises ``TransitionInterdite``, ``Interdit``.

    ``premier``: :func:`premier_jour` of the striking-off that holds; ``None`` when there is none.
    """
    next_statut(statut, Transition.PURGER)
    if premier is None:
        raise Interdit("Cette demande n’est pas radiée\u00a0: elle ne peut pas être effacée.")
    if jour < premier:
        raise Interdit(f"Cette demande est gardée jusqu’au {premier:%d/%m/%Y}. Elle sera effacée ce jour-là.")
    if retenues.figee or retenues.sous_enquete:
        raise Interdit(
            "Cette demande est en cours de vérification. Elle sera effacée une fois la vérification close."
        )
    if retenues.envoi_en_cours:
        raise Interdit(
            "Un message part en ce moment pour cette demande. Elle sera effacée au passage suivant."
        )


def demande_absente(effacee_le: date | None, phrase: str) -> Introuvable:
    """The refusal for a number that leads to no file: ``phrase``, or that the file was erased, and when."""
    return Introuvable(phrase) if effacee_le is None else Efface(phrase_d_effacement(effacee_le))


def phrase_d_effacement(jour: date) -> str:
    """What is left to say of an erased file."""
    return (
        f"Cette demande a été effacée le {jour:%d/%m/%Y}, comme la loi le prévoit un an après une radiation. "
        "Il n’en reste que le numéro unique. Si la personne cherche toujours un logement, il lui faut une nouvelle "
        "demande."
    )
