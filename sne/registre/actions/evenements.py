"""Recording an event of a type of the territory."""

import uuid
from datetime import datetime

from sne.referentiels.selectors import get_types_evenement
from sne.registre.actions.faits import inscrire, ouvrir
from sne.registre.actions.tentatives import suivre_refus
from sne.registre.models import Evenement
from sne.registre.rules.evenements import EvenementSaisi, exiger_type, lire_caracteristiques
from sne.registre.rules.faits import NatureFait, controler_jour, exiger
from sne.registre.rules.tentatives import ActeSuivi
from sne.socle.acteur import Acteur


@suivre_refus(ActeSuivi.CONSIGNER_EVENEMENT)
def consigner_evenement(
    demande_id: uuid.UUID, saisie: EvenementSaisi, *, acteur: Acteur, survenu_le: datetime
) -> uuid.UUID:
    """Record an event; returns its id. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``, ``FaitRefuse``."""
    ouvert = ouvrir(
        demande_id, NatureFait.EVENEMENT, correction=saisie.correction, acteur=acteur, survenu_le=survenu_le
    )
    types = get_types_evenement(ouvert.aujourd_hui)
    type_evenement = exiger_type(types.get(saisie.type, territoire=ouvert.demande.territoire))
    valeurs, anomalies = lire_caracteristiques(
        type_evenement, saisie.caracteristiques, code_valide=ouvert.code_valide
    )
    jour = controler_jour(saisie.jour, depot=ouvert.demande.date_depot, aujourd_hui=ouvert.aujourd_hui)
    exiger([*jour, *anomalies])
    ligne = Evenement(jour=saisie.jour, type=type_evenement.code, caracteristiques=valeurs)
    return inscrire(ouvert, ligne, faits={"type": type_evenement.code})
