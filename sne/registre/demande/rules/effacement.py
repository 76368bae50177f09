"""When a demande struck off, or taken back as a double, is erased, and what is said of one that was. Pure.

Arrêté du 23 mars 2015, annexe §7; décret 2017-917, article 4: one year after the striking-off. The texts say nothing of
doubles taken back; their data are kept no longer than those of a demande struck off.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sne.socle.erreurs import Efface, Introuvable


class Apres(StrEnum):
    """What an erasure comes after."""

    RADIATION = "RADIATION"
    ANNULATION = "ANNULATION"


@dataclass(frozen=True, slots=True)
class Effacement:
    """When a demande was erased, and after what."""

    jour: date
    apres: Apres = Apres.RADIATION


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
