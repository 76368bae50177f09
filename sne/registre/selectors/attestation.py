"""What an attestation prints, and what its verification answers: identity in force, never one that waits."""

import uuid
from dataclasses import dataclass
from datetime import date

from sne.registre import policies
from sne.registre.models import Demande, Identite, Version
from sne.registre.rules import contenu as arbre
from sne.registre.rules.refus import Introuvable
from sne.registre.selectors.etat import assembler
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DonneesDemande:
    """Facts of one demande at its present revision. ``date_depot`` is the initial deposit; the identity is in force.

    ``base_validite``: last renewal, else initial deposit, from which validity counts (CCH R441-2-7).
    """

    demande_id: uuid.UUID
    territoire: str
    nud: str
    revision: int
    version_id: uuid.UUID
    statut: str
    nom_naissance: str
    nom_usage: str
    prenoms: str
    date_depot: date
    base_validite: date
    date_expiration: date
    titulaire: str


def get_donnees(demande_id: uuid.UUID, *, acteur: Acteur) -> DonneesDemande:
    """Facts to print. Raises ``Introuvable`` outside the actor's perimeter."""
    demande = (
        Demande.objects.select_related("version_courante")
        .filter(policies.scope(acteur), id=demande_id)
        .first()
    )
    if demande is None:
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro.")
    return _donnees(demande, demande.version_courante)


def get_donnees_de_la_revision(demande_id: uuid.UUID, revision: int) -> DonneesDemande | None:
    """Facts of one past revision, for the automatic issue that follows a deposit; ``None`` once it is purged."""
    version = Version.objects.select_related("demande").filter(demande=demande_id, numero=revision).first()
    return _donnees(version.demande, version) if version else None


def get_statut(demande_id: uuid.UUID) -> tuple[str, date] | None:
    """Status and last day of validity, for the public verification page: names nobody."""
    return Demande.objects.filter(id=demande_id).values_list("statut", "date_expiration").first()


def _donnees(demande: Demande, version: Version) -> DonneesDemande:
    nom_naissance, nom_usage, prenoms = _titulaire(demande, version)
    return DonneesDemande(
        demande_id=demande.id,
        territoire=demande.territoire,
        nud=demande.nud,
        revision=version.numero,
        version_id=version.id,
        statut=version.statut,
        nom_naissance=nom_naissance,
        nom_usage=nom_usage,
        prenoms=prenoms,
        date_depot=version.date_depot,
        base_validite=version.date_dernier_renouvellement or version.date_depot,
        date_expiration=version.date_expiration,
        titulaire=demande.titulaire,
    )


def _titulaire(demande: Demande, version: Version) -> tuple[str, str, str]:
    """Birth name, name in use and first names of the applicant, or the association's name; the rest is not read."""
    if demande.titulaire == arbre.Titulaire.PERSONNE:
        identites = Identite.objects.filter(id__in=version.identites, personne__role="DEMANDEUR")
        return identites.values_list("nom_naissance", "nom_usage", "prenoms").get()
    association = assembler(version, avec_sante=False).association
    return (association.nom or "") if association else "", "", ""
