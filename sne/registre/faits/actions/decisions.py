"""Recording a decision of a landlord's allocation commission."""

import uuid

from sne.referentiels.rules import CataloguePieces
from sne.referentiels.selectors import get_pieces, get_publics
from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits.actions.faits import bailleur_de, inscrire, ouvrir, publics_de
from sne.registre.faits.models import DecisionCaleol
from sne.registre.faits.rules.decisions import DecisionSaisie, controler_decision
from sne.registre.faits.rules.faits import NatureFait, controler_jour, exiger, lire_rpls
from sne.registre.pieces.rules.pieces_manquantes import exiger_demandables
from sne.registre.pieces.selectors.pieces import list_lignes
from sne.socle.acte import Acte


@suivre_refus(ActeSuivi.CONSIGNER_DECISION)
def consigner_decision(
    demande_id: uuid.UUID, saisie: DecisionSaisie, *, acte: Acte, cle: uuid.UUID | None = None
) -> uuid.UUID:
    """Record a decision; returns its id. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``.

    A document that is in the file cannot be called missing: ``Interdit`` names it, and says what to do if it does not
    suit.
    """
    ouvert = ouvrir(demande_id, NatureFait.DECISION, correction=saisie.correction, acte=acte, cle=cle)
    if ouvert.fait:
        return ouvert.cle
    jour = ouvert.aujourd_hui
    bailleur = bailleur_de(ouvert, saisie.bailleur)
    publics = publics_de(ouvert, saisie.publics)
    exiger(
        [
            *controler_jour(saisie.jour, depot=ouvert.demande.date_depot, aujourd_hui=jour),
            *controler_decision(
                saisie, pieces=pieces_demandables(get_pieces(jour)), publics=get_publics(jour).codes
            ),
        ]
    )
    exiger_demandables(saisie.pieces_manquantes, list_lignes(ouvert.demande, acteur=acte.acteur, le=jour))
    ligne = DecisionCaleol(
        jour=saisie.jour,
        code=saisie.code,
        bailleur=bailleur,
        rpls=lire_rpls(saisie.rpls) or "",
        rang=saisie.rang,
        pieces_manquantes=list(dict.fromkeys(saisie.pieces_manquantes)),
        pieces_avant=saisie.pieces_avant,
        publics=publics,
        motivation=saisie.motivation.strip(),
    )
    return inscrire(ouvert, ligne, faits={"code": saisie.code})


def pieces_demandables(catalogue: CataloguePieces) -> frozenset[str]:
    """Codes of the documents that a commission may wait for (CCH R441-2-4-1)."""
    return frozenset(piece.code for piece in catalogue.types if piece.demandable)
