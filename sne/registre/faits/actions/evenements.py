"""Recording an event of a type of the territory; one that asks documents of the household says which, of whom."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from sne.referentiels.rules import NatureCaracteristique, TypeEvenement
from sne.referentiels.selectors import get_pieces, get_types_evenement
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits.actions.faits import Ouvert, inscrire, ouvrir
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.evenements import (
    COMMENTAIRE_MAX,
    EvenementSaisi,
    exiger_type,
    lire_caracteristiques,
)
from sne.registre.faits.rules.faits import NatureFait, controler_jour, controler_texte, exiger
from sne.registre.faits.rules.pieces_demandees import (
    PIECES,
    PieceDemandee,
    choisir,
    exiger_a_venir,
    exiger_pas_du_jour,
    exiger_premiere,
)
from sne.registre.faits.selectors.pieces_demandees import list_deja_demandees, list_demandees_de
from sne.registre.faits.verbes import VerbeFait
from sne.registre.pieces.possible import exiger_pieces_lisibles
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.socle.acte import Acte


@suivre_refus(ActeSuivi.CONSIGNER_EVENEMENT)
def consigner_evenement(
    demande_id: uuid.UUID, saisie: EvenementSaisi, *, acte: Acte, cle: uuid.UUID | None = None
) -> uuid.UUID:
    """Record an event; returns its id. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``.

    Documents asked are named (``pieces_demandees.nommer``); what is in the dossier is not asked again: ``Interdit``.
    """
    ouvert = ouvrir(demande_id, NatureFait.EVENEMENT, correction=saisie.correction, acte=acte, cle=cle)
    if ouvert.fait:
        return ouvert.cle
    lu = _lire(ouvert, saisie)
    ligne = Evenement(
        jour=saisie.jour,
        type=lu.type.code,
        caracteristiques=lu.valeurs,
        numero=ouvert.ancien.numero if ouvert.ancien else _numero(),
        commentaire=lu.commentaire,
    )
    return inscrire(ouvert, ligne, faits={"type": lu.type.code}, verbe=lu.verbe)


@transaction.atomic
def essayer_evenement(demande_id: uuid.UUID, saisie: EvenementSaisi, *, acte: Acte) -> None:
    """Ask of an event everything that its act would, and write nothing: no attempt is kept, no number is drawn.

    Raises what :func:`consigner_evenement` does.
    """
    _lire(ouvrir(demande_id, NatureFait.EVENEMENT, correction=saisie.correction, acte=acte), saisie)


@dataclass(frozen=True, slots=True)
class _Lu:
    """An event once every rule is satisfied."""

    type: TypeEvenement
    valeurs: dict[str, Any]
    commentaire: str
    verbe: VerbeFait


def _lire(ouvert: Ouvert, saisie: EvenementSaisi) -> _Lu:
    types = get_types_evenement(ouvert.aujourd_hui)
    type_evenement = exiger_type(types.get(saisie.type, territoire=ouvert.demande.territoire))
    valeurs, anomalies = lire_caracteristiques(
        type_evenement, saisie.caracteristiques, code_valide=ouvert.code_valide
    )
    jour = controler_jour(saisie.jour, depot=ouvert.demande.date_depot, aujourd_hui=ouvert.aujourd_hui)
    commentaire = saisie.commentaire.strip()
    exiger([*jour, *anomalies, *controler_texte("commentaire", commentaire, maximum=COMMENTAIRE_MAX)])
    verbe = VerbeFait.CONSIGNER_EVENEMENT
    if demande_des_pieces(type_evenement):
        exiger_a_venir(valeurs.get("reponse_avant"), jour=ouvert.aujourd_hui)
        demandees = _demander(ouvert, str(valeurs[PIECES]))
        valeurs[PIECES] = [x.ecrire() for x in demandees]
        verbe = VerbeFait.DEMANDER_PIECES
    return _Lu(type_evenement, dict(valeurs), commentaire, verbe)


def _numero() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('evenement_numero')")
        return int(curseur.fetchone()[0])


def demande_des_pieces(type_evenement: TypeEvenement) -> bool:
    """Whether an event of this type asks documents of the household."""
    return any(
        c.nom == PIECES and c.nature is NatureCaracteristique.PIECES for c in type_evenement.caracteristiques
    )


def _demander(ouvert: Ouvert, texte: str) -> list[PieceDemandee]:
    demande, acteur, jour = ouvert.demande, ouvert.acte.acteur, ouvert.aujourd_hui
    exiger_pieces_lisibles(demande, acteur)
    exiger_premiere(correction=ouvert.correction is not None)
    catalogue = get_pieces(jour)
    lignes = list_lignes(demande, acteur=acteur, le=jour, sur_indication=True)
    choisies = choisir(texte, lignes, catalogue, statut=Statut(demande.statut))
    demandees = list_demandees_de(demande, choisies, catalogue)
    exiger_pas_du_jour(demandees, list_deja_demandees(demande), jour=jour)
    return demandees
