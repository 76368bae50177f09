"""One fact of each kind, complete, recorded by who may: a landlord's counter, or that of a service of the State."""

import uuid
from datetime import date, timedelta
from typing import Any

from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.actions.dalo import consigner_dalo
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.attributions import AttributionSaisie
from sne.registre.faits.rules.dalo import FaitDaloSaisi
from sne.registre.faits.rules.decisions import DecisionSaisie
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.faits import NatureFait
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f

BAILLEUR, AUTRE_BAILLEUR, CCAS, ETAT = "G0991", "G1006", "G0993", "G1000"
"""Counters of the fictional territory: two landlords, a CCAS, the DDETS."""
SIREN, AUTRE_SIREN = "999000011", "999000045"
HIER = f.AUJOURD_HUI - timedelta(days=1)
RECU: date = f.AUJOURD_HUI
SAISIES: dict[NatureFait, tuple[type[Any], dict[str, Any]]] = {
    NatureFait.EVENEMENT: (
        EvenementSaisi,
        {"type": "CONTACT", "jour": RECU, "caracteristiques": {"moyen": "TELEPHONE"}},
    ),
    NatureFait.DECISION: (DecisionSaisie, {"code": "ATTR", "jour": RECU, "rpls": "a1b2c3d4e5"}),
    NatureFait.ATTRIBUTION: (
        AttributionSaisie,
        {
            "jour": RECU,
            "bail_signe": True,
            "bail_signe_le": RECU,
            "deja_loge": "NON",
            "accord": "AUCUN",
            "reservataire": "AUCUN",
            "rpls": "A1B2C3D4E5",
        },
    ),
    NatureFait.DALO: (FaitDaloSaisi, {"nature": "STATUT", "jour": HIER, "statut": "ACTIF"}),
}
ACTIONS: dict[NatureFait, Any] = {
    NatureFait.EVENEMENT: consigner_evenement,
    NatureFait.DECISION: consigner_decision,
    NatureFait.ATTRIBUTION: consigner_attribution,
    NatureFait.DALO: consigner_dalo,
}
GUICHETS = {
    NatureFait.EVENEMENT: CCAS,
    NatureFait.DECISION: BAILLEUR,
    NatureFait.ATTRIBUTION: BAILLEUR,
    NatureFait.DALO: ETAT,
}


def saisie(nature: NatureFait, **autres: Any) -> Any:
    """What is told of such a fact, but for ``autres``."""
    forme, champs = SAISIES[nature]
    return forme(**champs | autres)


def consigner(
    nature: NatureFait, demande_id: uuid.UUID, acteur: Acteur | None = None, **autres: Any
) -> uuid.UUID:
    """Record such a fact; its id."""
    cle: uuid.UUID = ACTIONS[nature](
        demande_id,
        saisie(nature, **autres),
        acte=Acte(acteur or f.creer_acteur(guichet=GUICHETS[nature]), f.MAINTENANT),
    )
    return cle
