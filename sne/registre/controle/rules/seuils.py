"""The figures of the control of identity, taken from the dated parameters of one day. Pure."""

import dataclasses
from dataclasses import dataclass
from datetime import time
from typing import Self

from sne.referentiels.rules import Parametres, PoidsDuScore

UTILISES_SANS_DECISION = (
    "anciennete_libre_jours",
    "nom_lettres_max",
    "nom_relatif_max",
    "prenoms_lettres_max",
    "prenoms_relatif_max",
    "usage_stable_jours",
    "contact_recent_jours",
    "reactivation_recente_jours",
    "automatique_mois",
    "alternance_jours",
)
"""Thresholds that a decision rests on, kept beside it: a parameter changed later does not rewrite the past."""


@dataclass(frozen=True, slots=True)
class Seuils:
    """One field for each threshold, of the same name as its parameter; units are in the names."""

    anciennete_libre_jours: int
    nom_lettres_max: int
    nom_relatif_max: float
    prenoms_lettres_max: int
    prenoms_relatif_max: float
    usage_stable_jours: int
    contact_recent_jours: int
    reactivation_recente_jours: int
    automatique_mois: int
    alternance_jours: int
    decision_attendue_jours: int
    identite_rappel_1_jours: int  # working days, as the two that follow
    identite_rappel_2_jours: int
    identite_escalade_jours: int
    identite_expiration_jours: int
    relecture_part: float
    score_regarder: float
    score_jour: float
    score_ligne_gt: float
    score_fenetre_jours: int
    score_agent_jours: int
    score_agent_anciennete_ans: int
    score_heure_ouverture: time
    score_heure_fermeture: time
    score_poids: PoidsDuScore

    @classmethod
    def depuis(cls, parametres: Parametres) -> Self:
        """The thresholds in force on the day of these parameters."""
        return cls(
            anciennete_libre_jours=parametres.anciennete_libre_jours,
            nom_lettres_max=parametres.nom_lettres_max,
            nom_relatif_max=parametres.nom_relatif_max,
            prenoms_lettres_max=parametres.prenoms_lettres_max,
            prenoms_relatif_max=parametres.prenoms_relatif_max,
            usage_stable_jours=parametres.usage_stable_jours,
            contact_recent_jours=parametres.contact_recent_jours,
            reactivation_recente_jours=parametres.reactivation_recente_jours,
            automatique_mois=parametres.automatique_mois,
            alternance_jours=parametres.alternance_jours,
            decision_attendue_jours=parametres.decision_attendue_jours,
            identite_rappel_1_jours=parametres.identite_rappel_1_jours,
            identite_rappel_2_jours=parametres.identite_rappel_2_jours,
            identite_escalade_jours=parametres.identite_escalade_jours,
            identite_expiration_jours=parametres.identite_expiration_jours,
            relecture_part=parametres.relecture_part,
            score_regarder=parametres.score_regarder,
            score_jour=parametres.score_jour,
            score_ligne_gt=parametres.score_ligne_gt,
            score_fenetre_jours=parametres.score_fenetre_jours,
            score_agent_jours=parametres.score_agent_jours,
            score_agent_anciennete_ans=parametres.score_agent_anciennete_ans,
            score_heure_ouverture=time.fromisoformat(parametres.score_heure_ouverture),
            score_heure_fermeture=time.fromisoformat(parametres.score_heure_fermeture),
            score_poids=parametres.score_poids,
        )

    def de_la_decision(self) -> dict[str, int | float]:
        """The thresholds of :data:`UTILISES_SANS_DECISION`, ready for JSON."""
        tous = dataclasses.asdict(self)
        return {nom: tous[nom] for nom in UTILISES_SANS_DECISION}
