"""Changes that were recorded and wait for somebody: what whoever asked for them reads to know what became of them."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import IdentiteEnAttente, en_attente, list_identites
from sne.registre.vie.models.annulation import RequeteAnnulation
from sne.socle.acteur import Acteur
from sne.socle.lignes import trouver

INCONNU = "Aucun changement de ce nom dans votre périmètre."
ATTEND = "EN_ATTENTE"


class NatureChangement(StrEnum):
    """What waits."""

    IDENTITE = "IDENTITE"
    DEPART = "DEPART"
    ANTERIORITE = "ANTERIORITE"
    ANNULATION = "ANNULATION"


@dataclass(frozen=True, slots=True)
class ChangementSuivi:
    """A change that waits, or waited. ``etat``: ``EN_ATTENTE``, else its end; ``motif``: code of a refusal."""

    id: uuid.UUID
    nud: str
    nature: NatureChangement
    etat: str
    depuis: datetime
    decide_le: datetime | None = None
    motif: str = ""


def list_en_attente(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[tuple[str, IdentiteEnAttente], ...]:
    """Person reference and change of each adult for whom one waits, in their order. Raises ``Introuvable``."""
    demande = trouver(
        Demande.objects.select_related("version_courante").filter(policies.scope(acteur), id=demande_id),
        INCONNU,
    )
    lignes = list_identites(demande.id)
    attentes = en_attente(lignes)
    contenu = assembler(
        demande.version_courante, identites={ligne.id: ligne for ligne in lignes}, avec_sante=False
    )
    return tuple(
        (reference, attentes[cle])
        for reference, adulte in adultes(contenu)
        if adulte.personne and (cle := uuid.UUID(adulte.personne)) in attentes
    )


def get_changement(changement_id: uuid.UUID, *, acteur: Acteur) -> ChangementSuivi:
    """What became of a change. Raises ``Introuvable``, out of the perimeter too."""
    lisibles = Demande.objects.filter(policies.scope(acteur))
    identite = (
        Identite.objects.select_related("demande", "decision")
        .filter(id=changement_id, voie=Voie.CONTROLE, demande__in=lisibles)
        .first()
    )
    if identite is not None:
        suivi = _suivre(identite, NatureChangement.DEPART if identite.retrait else NatureChangement.IDENTITE)
        return replace(suivi, motif=identite.decision.motif) if hasattr(identite, "decision") else suivi
    requete = (
        RequeteAnteriorite.objects.select_related("demande", "decision")
        .filter(id=changement_id, demande__in=lisibles)
        .first()
    )
    if requete is not None:
        return _suivre(requete, NatureChangement.ANTERIORITE)
    return _annulation(changement_id, acteur)


def _annulation(requete_id: uuid.UUID, acteur: Acteur) -> ChangementSuivi:
    """What became of a double that was asked to be taken back. Raises ``Introuvable``."""
    lisibles = Demande.objects.filter(policies.scope(acteur))
    requete = trouver(
        RequeteAnnulation.objects.select_related("demande").filter(id=requete_id, demande__in=lisibles),
        INCONNU,
    )
    return ChangementSuivi(
        requete.id,
        requete.demande.nud,
        NatureChangement.ANNULATION,
        requete.issue or ATTEND,
        requete.survenu_le,
        requete.clos_le,
    )


def _suivre(ligne: Identite | RequeteAnteriorite, nature: NatureChangement) -> ChangementSuivi:
    decision = getattr(ligne, "decision", None)
    return ChangementSuivi(
        id=ligne.id,
        nud=ligne.demande.nud,
        nature=nature,
        etat=decision.issue if decision else ATTEND,
        depuis=ligne.survenu_le,
        decide_le=decision.survenu_le if decision else None,
    )
