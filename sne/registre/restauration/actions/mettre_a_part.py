"""The person who came into somebody else's demande gets one of their own, dated the day when they came."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.db import IntegrityError

from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.actions.ecrire import Lignes, ecrire
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.demande.selectors.identites import get_nir
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import Dates, Depot, ajouter_pieces, construire
from sne.registre.pieces.models import Piece
from sne.registre.restauration.selectors import APart
from sne.registre.separation.actions.suivre_pieces import AU_DEMANDEUR
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7


def mettre_a_part(demande: Demande, a_part: APart, *, restauration: uuid.UUID, acte: Acte) -> Demande:
    """Register what came into ``demande``, once that one is put back; the new demande, with its number.

    In the caller's transaction, which has freed the places. It is dated the day when they came, and stays valid as long
    as the demande that they were on: what was renewed meanwhile was renewed by them too. Raises ``DejaOuverte``.
    """
    lignes = _construire(demande, a_part, acte=acte)
    anciennes = [uuid.UUID(str(a.personne)) for _, a in arbre.adultes(a_part.contenu)]
    nouvelles = [p for p in lignes.filles[Personne] if isinstance(p, Personne)]
    pieces = _pieces(a_part, dict(zip(anciennes, nouvelles, strict=True)), demande_id=lignes.demande.id)
    ajouter_pieces(lignes, pieces)
    faits = {**lignes.entrees[0].faits, "restauration": str(restauration)}
    lignes.entrees[0] = replace(lignes.entrees[0], faits=faits)
    try:
        lignes.demande.nud = ecrire([lignes])[lignes.demande.id]
    except IntegrityError as exc:
        if "place_unique" in str(exc):
            raise DejaOuverte(champ="a_part") from None
        raise
    return lignes.demande


def _construire(demande: Demande, a_part: APart, *, acte: Acte) -> Lignes:
    jour = horloge.jour(acte.survenu_le)
    depot = Depot(
        id=uuid7(),
        territoire=demande.territoire,
        guichet=a_part.arrivee.guichet_gestionnaire,
        contenu=a_part.contenu,
        date_reception=a_part.le,
        nirs=_nirs(a_part.contenu),
    )
    expiration = max(
        echeances(a_part.le, get_parametres(jour)[ParametresDemande]).expiration, demande.date_expiration
    )
    lignes = construire(
        depot,
        dates=Dates(depot=a_part.le, enregistrement=jour, expiration=expiration),
        acte=acte,
        verbe=VerbeDemande.DEPOSER,
        statut=Statut(demande.statut),
    )
    renouvelee = demande.date_dernier_renouvellement
    if renouvelee is not None and renouvelee >= a_part.le:
        for ligne in (lignes.demande, lignes.filles[Version][0]):
            ligne.date_dernier_renouvellement = renouvelee  # type: ignore[attr-defined]
    return lignes


def _nirs(contenu: Contenu) -> dict[str, str]:
    """Numbers that the register holds of them, which nobody types again."""
    return {
        ref: get_nir(uuid.UUID(str(a.personne)), a.identite.nir.empreinte)
        for ref, a in arbre.adultes(contenu)
        if a.identite.nir and a.identite.nir.empreinte
    }


def _pieces(a_part: APart, vers: Mapping[uuid.UUID, Personne], *, demande_id: uuid.UUID) -> list[Piece]:
    """Unsaved rows of the new demande, on the same files, as they were handed in; its applicant is the first of those
    who leave.
    """
    siennes = Piece.objects.filter(id__in=a_part.pieces).order_by("survenu_le", "id")
    lignes = []
    for piece in siennes:
        personne = vers.get(piece.personne_id) if piece.personne_id else None
        demandeur = personne is not None and personne.rang == 0
        lignes.append(
            Piece(
                id=uuid7(),
                territoire=piece.territoire,
                demande_id=demande_id,
                revision=1,
                personne_id=personne.id if personne else None,
                membre=piece.membre,
                type_piece=AU_DEMANDEUR.get(piece.type_piece, piece.type_piece)
                if demandeur
                else piece.type_piece,
                nature=piece.nature,
                annee=piece.annee,
                sante=piece.sante,
                document=piece.document,
                empreinte=piece.empreinte,
                vue_le=piece.vue_le,
                validite_fin=piece.validite_fin,
                explication=piece.explication,
                canal=piece.canal,
                auteur=piece.auteur,
                depose_par=piece.depose_par,
                guichet=piece.guichet,
                survenu_le=piece.survenu_le,
            )
        )
    return lignes
