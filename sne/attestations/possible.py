"""Whether an attestation may be issued now, by this actor: asked by the act itself, and by whoever offers it."""

from datetime import date
from typing import Protocol

from sne.attestations import policies
from sne.attestations.rules import refus_du_jour
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require


class Attestee(Protocol):
    """What is read of a demande to say it."""

    @property
    def territoire(self) -> str: ...

    @property
    def statut(self) -> str: ...

    @property
    def date_expiration(self) -> date: ...


def exiger_droit_d_emettre(demande: Attestee, acteur: Acteur) -> None:
    """Issue one, open it, say that it was handed over. Raises ``NonHabilite``."""
    require(
        policies.can_emettre(acteur, territoire=demande.territoire),
        "Votre rôle ne permet pas d’émettre une attestation. Adressez-vous à un guichet du territoire.",
    )


def exiger_attestable(demande: Attestee, acteur: Acteur, *, le: date) -> None:
    """Issue one of any kind that day. Raises ``NonHabilite``, ``Interdit`` (the demande is not valid)."""
    exiger_droit_d_emettre(demande, acteur)
    refus = refus_du_jour(statut=demande.statut, date_expiration=demande.date_expiration, aujourd_hui=le)
    if refus:
        raise Interdit(refus)
