"""When a person may say that a demande need not be kept secret any longer. Pure."""

from dataclasses import dataclass

from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


@dataclass(frozen=True, slots=True)
class Protection:
    """A demande before its protection is lifted. ``dite``: the reason is still in its content.

    ``de_soi``: the person who lifts it is the one who took the reason out, or who said that the address is secret.
    """

    ouverte: bool
    en_place: bool
    dite: bool
    de_soi: bool


def exiger_levable(protection: Protection) -> None:
    """Refuse to lift a protection that does not exist, whose reason is still in the content, or that the actor caused.

    Raises ``Interdit`` with the remedy.
    """
    if not protection.ouverte:
        raise Interdit("Cette demande n’est plus ouverte. Réactivez-la d’abord, si elle peut l’être.")
    if not protection.en_place:
        raise Interdit("Cette demande n’est pas protégée. Il n’y a rien à lever.")
    if protection.dite:
        raise Interdit(
            f"Le motif «{INSECABLE}violences familiales{INSECABLE}» est encore dans la demande. Faites-le d’abord "
            "retirer, avec la personne."
        )
    if protection.de_soi:
        raise Interdit(
            "Vous avez retiré ce motif, ou dit l’adresse secrète. Une autre personne doit lever la protection."
        )
