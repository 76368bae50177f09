"""What an attestation prints, and what its verification answers: identity in force, never one that waits."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sne.registre import policies
from sne.registre.models import Demande, Identite, Version
from sne.registre.rules import contenu as arbre
from sne.registre.rules.refus import Introuvable
from sne.registre.selectors.etat import assembler
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DonneesDemande:
    """Facts of one demande at its present revision. ``date_depot`` is the initial deposit; the identity is in force.

    ``base_validite``: last renewal, else initial deposit, from which validity counts (CCH R441-2-7). ``courriel``:
    whether an e-mail address is known; ``accompagne``: whether the household is helped in its steps.
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
    date_enregistrement: date
    date_dernier_renouvellement: date | None
    guichet_createur: str
    guichet_gestionnaire: str
    courriel: bool
    accompagne: bool


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
        date_enregistrement=demande.date_enregistrement,
        date_dernier_renouvellement=version.date_dernier_renouvellement,
        guichet_createur=demande.guichet_createur,
        guichet_gestionnaire=version.guichet_gestionnaire,
        courriel=_a_un_courriel(version.contenu),
        accompagne=bool(version.contenu.get("accompagnant", {}).get("accompagne")),
    )


def get_contenu_declare(version_id: uuid.UUID) -> arbre.Contenu:
    """What was declared in that version, without health: the summary that a full attestation prints."""
    return assembler(Version.objects.get(id=version_id), avec_sante=False)


def _a_un_courriel(contenu: Mapping[str, Any]) -> bool:
    """Whether the applicant can be written to by e-mail; read in the stored document, which is not assembled."""
    titulaire = contenu.get("demandeur") or contenu.get("association") or {}
    return bool(titulaire.get("contact", {}).get("courriel"))


def _titulaire(demande: Demande, version: Version) -> tuple[str, str, str]:
    """Birth name, name in use and first names of the applicant, or the association's name; the rest is not read."""
    if demande.titulaire == arbre.Titulaire.PERSONNE:
        identites = Identite.objects.filter(id__in=version.identites, personne__role="DEMANDEUR")
        return identites.values_list("nom_naissance", "nom_usage", "prenoms").get()
    association = assembler(version, avec_sante=False).association
    return (association.nom or "") if association else "", "", ""
