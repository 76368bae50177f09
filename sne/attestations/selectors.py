"""Reads of the attestations: those of a file, the cases that wait, the file itself, the answer to the public."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sne.attestations import policies, rendu
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.rules import (
    EtatVerification,
    FichierDifferent,
    Modele,
    Verification,
    grouper_reference,
    lire_donnees,
    verifier,
)
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.selectors.attestation import get_statut
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


@dataclass(frozen=True, slots=True)
class AttestationEmise:
    """One line of the list of a file's attestations; ``reference_groupee`` is as printed."""

    reference: str
    reference_groupee: str
    modele: str
    survenu_le: datetime
    date_expiration: date
    auteur: str
    guichet: str
    canal: str
    remplacee_le: datetime | None


@dataclass(frozen=True, slots=True)
class CasATraiter:
    """One attestation to establish by hand."""

    id: uuid.UUID
    demande_id: uuid.UUID
    nud: str
    modele: str
    motif: str
    survenu_le: datetime


def list_attestations(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[AttestationEmise, ...]:
    """Attestations of a demande of the actor's perimeter, the newest first."""
    lignes = (
        Attestation.objects.filter(policies.scope(acteur), demande=demande_id)
        .select_related("remplacante")
        .order_by("-survenu_le", "-id")
    )
    return tuple(_emise(ligne) for ligne in lignes)


def get_attestation(reference: str, *, acteur: Acteur) -> Attestation:
    """The attestation of that reference. Raises ``Introuvable`` outside the actor's perimeter."""
    trouvee = Attestation.objects.filter(policies.scope(acteur), reference=reference).first()
    if trouvee is None:
        raise Introuvable("Aucune attestation dans votre périmètre sous cette référence.")
    return trouvee


def get_derniere(demande_id: uuid.UUID, modele: str = Modele.SIMPLIFIEE) -> Attestation | None:
    """The attestation that none replaces: the end of the chain."""
    return Attestation.objects.filter(demande=demande_id, modele=modele, remplacante=None).first()


def get_pdf(reference: str, *, acteur: Acteur) -> bytes:
    """The file of an attestation, made again. To hand it over, use the action, which tells the journal.

    Raises ``Introuvable`` outside the perimeter, and what :func:`refaire` raises.
    """
    return refaire(get_attestation(reference, acteur=acteur))


def refaire(attestation: Attestation) -> bytes:
    """The very bytes that were issued. Raises ``FichierDifferent`` when they cannot be had again."""
    fichier = rendu.rendre(lire_donnees(attestation.donnees), version=attestation.modele_version)
    if hashlib.sha256(fichier).digest() == bytes(attestation.empreinte):
        return fichier
    if attestation.moteur != rendu.MOTEUR:
        raise FichierDifferent(
            "Cette attestation a été composée par une version antérieure du service. Émettez-en une nouvelle."
        )
    raise FichierDifferent(
        f"L’attestation {grouper_reference(attestation.reference)} ne correspond plus à son empreinte. "
        "Ne la remettez pas et prévenez l’exploitation nationale."
    )


def verifier_reference(reference: str, *, aujourd_hui: date) -> Verification:
    """Public answer about a reference: valid, replaced, no longer valid, unknown. Never who it is for."""
    trouvee = Attestation.objects.filter(reference=reference).select_related("remplacante").first()
    if trouvee is None:
        return Verification(EtatVerification.INCONNUE)
    etat = get_statut(trouvee.demande_id)
    remplacante = getattr(trouvee, "remplacante", None)
    return verifier(
        demande_active=etat is not None and etat[0] == Statut.ACTIVE,
        date_expiration=trouvee.date_expiration,
        remplacee_le=remplacante.date_delivrance if remplacante else None,
        aujourd_hui=aujourd_hui,
    )


def list_a_traiter(acteur: Acteur) -> tuple[CasATraiter, ...]:
    """Cases that wait in the actor's perimeter, the oldest first."""
    lignes = AttestationATraiter.objects.filter(policies.scope_a_traiter(acteur), traitee_le=None)
    return tuple(
        CasATraiter(c.id, c.demande_id, c.nud, c.modele, c.motif, c.survenu_le)
        for c in lignes.order_by("survenu_le", "id")
    )


def compter_a_traiter(acteur: Acteur) -> int:
    """How many cases wait for this actor."""
    return AttestationATraiter.objects.filter(policies.scope_a_traiter(acteur), traitee_le=None).count()


def _emise(ligne: Attestation) -> AttestationEmise:
    remplacante = getattr(ligne, "remplacante", None)
    return AttestationEmise(
        reference=ligne.reference,
        reference_groupee=grouper_reference(ligne.reference),
        modele=ligne.modele,
        survenu_le=ligne.survenu_le,
        date_expiration=ligne.date_expiration,
        auteur=ligne.emise_par["nom"],
        guichet=ligne.emise_par["guichet"],
        canal=ligne.canal,
        remplacee_le=remplacante.survenu_le if remplacante else None,
    )
