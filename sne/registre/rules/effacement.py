"""When a demande struck off, or taken back as a double, is erased, and what is said of one that was. Pure.

Arrêté du 23 mars 2015, annexe §7; décret 2017-917, article 4: one year after the striking-off. The texts do not know
of doubles taken back: what they hold is kept no longer.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from sne.registre.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.rules.dates import ajouter_mois
from sne.registre.rules.radiation import Delais, date_de_purge
from sne.registre.rules.refus import Introuvable
from sne.socle.erreurs import Efface, Interdit


class Apres(StrEnum):
    """What an erasure comes after."""

    RADIATION = "RADIATION"
    ANNULATION = "ANNULATION"


@dataclass(frozen=True, slots=True)
class Effacement:
    """When a demande was erased, and after what."""

    jour: date
    apres: Apres = Apres.RADIATION


class DelaiDUnDouble(Protocol):
    """The dated parameter of doubles."""

    @property
    def purge_mois_apres_annulation(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Retenues:
    """What puts an erasure off, whatever its day: a freeze, an enquiry still open, a message that is leaving."""

    figee: bool = False
    sous_enquete: bool = False
    envoi_en_cours: bool = False


def premier_jour(radiee_le: date, *, delais: Delais, retour_jusqu_au: date) -> date:
    """From which day a demande is erased: never while it may still come back, be it later by a freeze."""
    return max(date_de_purge(radiee_le, delais=delais), retour_jusqu_au + timedelta(days=1))


def premier_jour_d_un_double(annulee_le: date, *, delais: DelaiDUnDouble) -> date:
    """From which day a demande taken back is erased: until then it may be put back."""
    return ajouter_mois(annulee_le, delais.purge_mois_apres_annulation)


def exiger_effacable(statut: Statut, premier: date | None, *, jour: date, retenues: Retenues) -> None:
    """Refuse to erase too early, or what something keeps. Raises ``TransitionInterdite``, ``Interdit``.

    ``premier``: the first day by the striking-off, or the taking back, that holds; ``None`` when there is neither.
    """
    next_statut(statut, Transition.PURGER)
    if premier is None:
        raise Interdit("Cette demande n’est ni radiée ni annulée\u00a0: elle ne peut pas être effacée.")
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


def demande_absente(effacement: Effacement | None, phrase: str) -> Introuvable:
    """The refusal for a number that leads to no file: ``phrase``, or that the file was erased, and when."""
    return Introuvable(phrase) if effacement is None else Efface(phrase_d_effacement(effacement))


def phrase_d_effacement(effacement: Effacement) -> str:
    """What is left to say of an erased file."""
    le = f"Cette demande a été effacée le {effacement.jour:%d/%m/%Y}"
    if effacement.apres is Apres.ANNULATION:
        return (
            f"{le}. Enregistrée en double par erreur, elle avait été annulée. Il n’en reste que le numéro unique. "
            "Cherchez l’autre demande du ménage par le nom et la date de naissance."
        )
    return (
        f"{le}, comme la loi le prévoit un an après une radiation. "
        "Il n’en reste que le numéro unique. Si la personne cherche toujours un logement, il lui faut une nouvelle "
        "demande."
    )
