"""May one be issued today, and what is one already issued worth: the public page's answer, never who it is for."""

from dataclasses import dataclass
from datetime import date

from sne.attestations.rules.modeles import EtatVerification, Modele
from sne.attestations.rules.mots import date_abregee
from sne.registre.demande.rules.cycle_de_vie import Statut


def motif_de_refus(
    modele: Modele, *, statut: str, date_expiration: date, renouvelee: bool, aujourd_hui: date
) -> str:
    """The French sentence saying why no attestation may be issued today; empty when one may.

    An attestation says that the demande is valid: it is given for an active one only (CCH R441-2-7).
    """
    refus = refus_du_jour(statut=statut, date_expiration=date_expiration, aujourd_hui=aujourd_hui)
    if refus:
        return refus
    if modele is Modele.RENOUVELLEMENT and not renouvelee:
        return "Cette demande n’a pas encore été renouvelée. Émettez l’attestation complète."
    return ""


def refus_du_jour(*, statut: str, date_expiration: date, aujourd_hui: date) -> str:
    """Why none of any kind may be issued today, and what may be done instead; empty when one may."""
    if statut not in {Statut.ACTIVE, Statut.EXPIREE}:
        fin = " Réactivez-la d’abord." if statut == Statut.RADIEE else ""
        return f"Cette demande n’est plus active\u00a0: aucune attestation ne peut être émise.{fin}"
    if statut == Statut.EXPIREE or date_expiration < aujourd_hui:
        return f"Cette demande a expiré le {date_abregee(date_expiration)}. Renouvelez-la d’abord."
    return ""


@dataclass(frozen=True, slots=True)
class Verification:
    """Answer of the public page: ``jusqu_au`` if valid, ``remplacee_le`` if replaced; never who."""

    etat: EtatVerification
    jusqu_au: date | None = None
    remplacee_le: date | None = None


def verifier(
    *, demande_active: bool, date_expiration: date, remplacee_le: date | None, aujourd_hui: date
) -> Verification:
    """What an issued attestation is worth on that day: replaced, no longer valid, or valid until a date.

    A replaced attestation says so first: the household holds a newer one. An attestation is worth nothing
    once its own date has passed, even if the demande was renewed since: the renewal gives a new one.
    """
    if remplacee_le is not None:
        return Verification(EtatVerification.REMPLACEE, remplacee_le=remplacee_le)
    if not demande_active or date_expiration < aujourd_hui:
        return Verification(EtatVerification.PLUS_VALABLE)
    return Verification(EtatVerification.VALABLE, jusqu_au=date_expiration)
