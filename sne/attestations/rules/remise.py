"""How an attestation reaches the household: sent, arrived and handed over are three states. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PIECE = "attestation"
"""What the file of a message is called when it is an attestation: ``attestation:…`` and its reference."""


class CanalRemise(StrEnum):
    """How an attestation is given."""

    GUICHET = "GUICHET"
    COURRIEL = "COURRIEL"
    COURRIER = "COURRIER"


LIBELLES_CANAL_REMISE: Mapping[CanalRemise, str] = {
    CanalRemise.GUICHET: "Au guichet",
    CanalRemise.COURRIEL: "Par courriel",
    CanalRemise.COURRIER: "Par courrier",
}
CANAUX_CONSIGNES = (CanalRemise.GUICHET, CanalRemise.COURRIER)
"""What a person records: by hand, or posted. What became of an e-mail is known from the message itself."""


class EtatRemise(StrEnum):
    """How far an attestation is known to have gone; never more than is known."""

    PREPAREE = "PREPAREE"
    ENVOYEE = "ENVOYEE"
    REVENUE = "REVENUE"
    ARRIVEE = "ARRIVEE"
    REMISE = "REMISE"


LIBELLES_ETAT_REMISE: Mapping[EtatRemise, str] = {
    EtatRemise.PREPAREE: "Préparée",
    EtatRemise.ENVOYEE: "Envoyée",
    EtatRemise.REVENUE: "Revenue",
    EtatRemise.ARRIVEE: "Arrivée",
    EtatRemise.REMISE: "Remise",
}


@dataclass(frozen=True, slots=True)
class EnvoiConnu:
    """What is known of the message that carries an attestation.

    ``parti_le``: when it left, if it did; ``verifiee_le``: when somebody who reads an address of this household last
    said so; ``adresse_verifiee``: whether the address written to is one of those.
    """

    par_lettre: bool
    parti_le: datetime | None
    delivre: bool = False
    refuse: bool = False
    adresse_verifiee: bool = False
    verifiee_le: datetime | None = None

    @property
    def arrive(self) -> bool:
        """Whether it reached its address: said by the carrier, or by somebody who read that address since."""
        if self.refuse or self.parti_le is None:
            return False
        lue = self.adresse_verifiee and self.verifiee_le is not None and self.verifiee_le >= self.parti_le
        return self.delivre or lue


def etat_de(remises: Collection[str], envoi: EnvoiConnu | None) -> EtatRemise:
    """The state of an attestation. ``remises``: the ways in which somebody gave it."""
    if CanalRemise.GUICHET in remises:
        return EtatRemise.REMISE
    if envoi is not None and envoi.arrive:
        return EtatRemise.ARRIVEE
    if CanalRemise.COURRIER in remises:
        return EtatRemise.ENVOYEE
    if envoi is not None and envoi.refuse:
        return EtatRemise.REVENUE
    return EtatRemise.ENVOYEE if envoi is not None and envoi.parti_le else EtatRemise.PREPAREE


def reste_a_remettre(remises: Collection[str], envoi: EnvoiConnu | None) -> bool:
    """Whether the counter still has it to hand over.

    It must be communicated within a month (CCH L441-2-1), by any way. It counts as communicated when it was handed
    over, arrived, was posted, or was sent to an address that somebody is known to read; not when it was sent to an
    address that nobody verified. A letter is ordinary mail: nothing more will ever be known of it.
    """
    etat = etat_de(remises, envoi)
    if etat is not EtatRemise.ENVOYEE or envoi is None:
        return etat in (EtatRemise.PREPAREE, EtatRemise.REVENUE)
    return not (CanalRemise.COURRIER in remises or envoi.par_lettre or envoi.adresse_verifiee)


def canal_prevu(*, au_guichet: bool, courriel: bool, accompagne: bool) -> CanalRemise:
    """How it should be given: by hand if asked for at a counter, by e-mail when there is an address, else by post.

    A household that is helped in its steps also gets the paper (decision of the national operator, 2024).
    """
    if au_guichet:
        return CanalRemise.GUICHET
    return CanalRemise.COURRIEL if courriel and not accompagne else CanalRemise.COURRIER


def refus_de_remise(canal: CanalRemise, *, remplacee: bool) -> str:
    """The French sentence saying why it may not be recorded as handed over; empty when it may."""
    if canal not in CANAUX_CONSIGNES:
        return "Un envoi par courriel ne se consigne pas\u00a0: le service sait ce qu’il est devenu."
    if remplacee:
        return "Cette attestation a été remplacée. Remettez la plus récente."
    return ""
