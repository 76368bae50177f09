"""Recording a DALO fact: a status given by the mediation commission, or a wait called abnormal."""

import uuid

from sne.registre.demande.actions.tentatives import suivre_refus
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.registre.faits.actions.faits import inscrire, ouvrir
from sne.registre.faits.models import FaitDalo
from sne.registre.faits.rules.dalo import FaitDaloSaisi, controler_dalo
from sne.registre.faits.rules.faits import NatureFait, controler_jour, exiger
from sne.socle.acte import Acte


@suivre_refus(ActeSuivi.CONSIGNER_DALO)
def consigner_dalo(
    demande_id: uuid.UUID, saisie: FaitDaloSaisi, *, acte: Acte, cle: uuid.UUID | None = None
) -> uuid.UUID:
    """Record a DALO fact, which may be older than the demande; returns its id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``."""
    ouvert = ouvrir(demande_id, NatureFait.DALO, correction=saisie.correction, acte=acte, cle=cle)
    if ouvert.fait:
        return ouvert.cle
    exiger(
        [
            *controler_jour(saisie.jour, depot=None, aujourd_hui=ouvert.aujourd_hui),
            *controler_dalo(saisie, code_valide=ouvert.code_valide),
        ]
    )
    ligne = FaitDalo(
        jour=saisie.jour,
        nature=saisie.nature,
        statut=saisie.statut,
        fin=saisie.fin,
        diagnostic_social=saisie.diagnostic_social,
        accompagnement_social=saisie.accompagnement_social,
        typologie=saisie.typologie,
    )
    return inscrire(ouvert, ligne, faits={"nature": saisie.nature})
