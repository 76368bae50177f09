"""The file of an attestation or of a batch: found in the actor's perimeter, made again, compared with its hash."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

from sne.attestations import policies, rendu
from sne.attestations.models import Attestation, Lot, PartDeLot
from sne.attestations.rules import FichierDifferent, Modele, grouper_reference, lire_stockees
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class PartImprimee:
    """One attestation of a batch. ``empreinte``: SHA-256 of what its place prints, in hexadecimal."""

    rang: int
    nom: str
    numero: str
    modele: Modele
    reference: str
    reference_groupee: str
    empreinte: str


# Read before each hand-over: the ORM takes longer to compose it than the database to answer.
PAR_REFERENCE = "SELECT * FROM attestation WHERE reference = %s"
# Most demandes have none yet: that is known without describing a row.
DERNIERE = """
SELECT id FROM attestation a WHERE demande_id = %s AND modele = %s
    AND NOT EXISTS (SELECT FROM attestation r WHERE r.remplace_id = a.id)
"""
ANTERIEURE = "par une version antérieure du service. Émettez-en une nouvelle."


def get_attestation(reference: str, *, acteur: Acteur) -> Attestation:
    """The attestation of that reference. Raises ``Introuvable`` outside the actor's perimeter."""
    trouvee = next(iter(Attestation.objects.raw(PAR_REFERENCE, [reference])), None)
    if trouvee is None or not policies.can_connaitre(acteur, trouvee):
        raise Introuvable("Aucune attestation dans votre périmètre sous cette référence.")
    return trouvee


def list_en_vigueur(demande_id: uuid.UUID, *, le: date) -> tuple[Attestation, ...]:
    """The papers that a household may still show on ``le``: neither replaced nor past their day, one of each kind."""
    tenues = Attestation.objects.filter(demande=demande_id, remplacante=None, date_expiration__gte=le)
    return tuple(tenues.order_by("survenu_le", "id"))


def get_derniere(demande_id: uuid.UUID, modele: str = Modele.SIMPLIFIEE) -> Attestation | None:
    """The attestation that none replaces: the end of the chain."""
    with connection.cursor() as curseur:
        curseur.execute(DERNIERE, [demande_id, modele])
        trouvee = curseur.fetchone()
    return Attestation.objects.get(id=trouvee[0]) if trouvee else None


def refaire(attestation: Attestation) -> bytes:
    """The very bytes that were issued. Raises ``FichierDifferent`` when they cannot be had again."""
    donnees = lire_stockees(attestation.modele, attestation.donnees)
    fichier = rendu.rendre(donnees, version=attestation.modele_version)
    if hashlib.sha256(fichier).digest() == bytes(attestation.empreinte):
        return fichier
    if attestation.moteur != rendu.MOTEUR:
        raise FichierDifferent(f"Cette attestation a été composée {ANTERIEURE}")
    raise FichierDifferent(
        f"L’attestation {grouper_reference(attestation.reference)} ne correspond plus à son empreinte. "
        "Ne la remettez pas et prévenez l’exploitation nationale."
    )


def get_lot(lot_id: uuid.UUID, *, acteur: Acteur) -> Lot:
    """The batch of that identifier. Raises ``Introuvable`` outside the actor's perimeter."""
    return trouver(
        Lot.objects.filter(policies.scope_des_remises(acteur), id=lot_id),
        "Aucun lot d’attestations dans votre périmètre sous cet identifiant.",
    )


def list_parts(lot: Lot) -> tuple[PartDeLot, ...]:
    """The parts of a batch in their order, each with its attestation."""
    return tuple(PartDeLot.objects.select_related("attestation").filter(lot=lot).order_by("rang"))


def list_parts_imprimees(lot: Lot) -> tuple[PartImprimee, ...]:
    """What each place of a batch prints, and for whom, in the order of the file."""
    return tuple(
        PartImprimee(
            rang=part.rang,
            nom=nom_imprime(part.attestation),
            numero=part.attestation.donnees["numero"],
            modele=Modele(part.attestation.modele),
            reference=part.attestation.reference,
            reference_groupee=grouper_reference(part.attestation.reference),
            empreinte=bytes(part.empreinte).hex(),
        )
        for part in list_parts(lot)
    )


def nom_imprime(attestation: Attestation) -> str:
    """Name that confirms the person: « Dubreuil Élodie », or the association's."""
    return " ".join(filter(None, (attestation.donnees["nom_naissance"], attestation.donnees["prenoms"])))


def refaire_lot(lot: Lot) -> bytes:
    """The very bytes that were printed, each part compared with its own hash first, then the whole.

    Raises ``FichierDifferent`` when they cannot be had again.
    """
    parts = list_parts(lot)
    if len(parts) < lot.nombre:
        raise FichierDifferent(
            "Une demande de ce lot a été effacée, comme la loi le prévoit un an après une radiation. "
            "Le lot ne peut plus être composé."
        )
    documents = [
        (lire_stockees(p.attestation.modele, p.attestation.donnees), p.attestation.modele_version)
        for p in parts
    ]
    for part, (donnees, version) in zip(parts, documents, strict=True):
        if rendu.empreinte_de_part(donnees, version) != bytes(part.empreinte):
            raise FichierDifferent(
                f"L’attestation {grouper_reference(part.attestation.reference)} ne dit plus ce que le lot a imprimé. "
                "Prévenez l’exploitation nationale."
            )
    fichier = rendu.rendre_lot(documents, jour=lot.jour)
    if hashlib.sha256(fichier).digest() == bytes(lot.empreinte):
        return fichier
    if (lot.moteur, lot.version) != (rendu.MOTEUR, rendu.VERSION_LOT):
        raise FichierDifferent(
            "Ce lot a été composé par une version antérieure du service. Imprimez-en un nouveau."
        )
    raise FichierDifferent("Ce lot ne correspond plus à son empreinte. Prévenez l’exploitation nationale.")
