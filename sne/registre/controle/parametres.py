"""The figures of the control of identity, dated: what is applied without a decision, what is read first."""

from datetime import time
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sne.referentiels.rules import Duree, Groupe, Jours, Nombre, Part, Score

UTILISES_SANS_DECISION = (
    "anciennete_libre_jours",
    "nom_lettres_max",
    "nom_relatif_max",
    "prenoms_lettres_max",
    "prenoms_relatif_max",
    "usage_stable_jours",
    "contact_recent_jours",
    "contact_lettres_attente",
    "reactivation_recente_jours",
    "automatique_mois",
    "alternance_jours",
)
"""Thresholds that a decision rests on, kept beside it: a parameter changed later does not rewrite the past."""


def _heure(texte: Any) -> Any:
    return time.fromisoformat(texte) if isinstance(texte, str) else texte


Diviseur = Annotated[float, Field(gt=0)]
Heure = Annotated[time, BeforeValidator(_heure)]


class PoidsDuScore(BaseModel):
    """What each sign adds to, or takes from, the score. Shares are between 0 and 1, durations say their unit."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # How much the person changed
    nom: Part
    prenoms: Part
    naissance: Part
    nir: Part
    sexe: Part
    distance_pleine: Diviseur  # relative distance from which a name is entirely another
    # What there is to steal
    anciennete_ans: Diviseur  # seniority from which it counts in full
    anciennete_min: Part
    # What else changed in the window
    depart: Part
    contacts: Part
    courriel: Part
    telephone: Part
    adresse: Part
    piece_identite: Part
    foyer: Part
    revenus: Part
    concentration: Part
    concentration_jours: Diviseur
    concentration_groupes: Annotated[int, Field(ge=1)]
    reactivation: Part
    hors_heures: Part
    # Other files of the same author
    agent: Part
    agent_demi: Diviseur  # other files for half of it
    plafond: Diviseur
    # Known honest explanations: the score is multiplied
    codemandeur: Part
    usage: Part
    inversion: Part
    # What is counted as a risky change of an author
    risque_nom: Part
    risque_prenoms: Part


class Seuils(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    anciennete_libre_jours: Jours
    nom_lettres_max: Nombre
    nom_relatif_max: Part
    prenoms_lettres_max: Nombre
    prenoms_relatif_max: Part
    usage_stable_jours: Jours
    contact_recent_jours: Jours
    contact_lettres_attente: Nombre
    reactivation_recente_jours: Jours
    automatique_mois: Annotated[int, Field(ge=0, le=1_200)]
    alternance_jours: Jours
    decision_attendue_jours: Duree
    identite_rappel_1_jours: Duree
    identite_rappel_2_jours: Duree
    identite_escalade_jours: Duree
    identite_expiration_jours: Duree
    relecture_part: Part
    relecture_contact_part: Part
    score_regarder: Score
    score_jour: Score
    score_ligne_gt: Score
    score_fenetre_jours: Jours
    score_agent_jours: Jours
    score_agent_anciennete_ans: Nombre
    score_heure_ouverture: Heure
    score_heure_fermeture: Heure
    score_poids: PoidsDuScore

    @model_validator(mode="after")
    def _tenir_ensemble(self) -> Self:
        """Refuse delays and thresholds in an order that says nothing."""
        attente = (self.identite_rappel_1_jours, self.identite_rappel_2_jours, self.identite_escalade_jours)
        if list(attente) != sorted(set(attente)):
            raise ValueError(
                "identite_rappel_1_jours, identite_rappel_2_jours et identite_escalade_jours\u00a0: donnez des délais "
                "de plus en plus longs."
            )
        if not self.relecture_part <= self.relecture_contact_part:
            raise ValueError(
                "relecture_part et relecture_contact_part\u00a0: ce qui passe près d’un changement de contact se relit "
                "au moins autant que le reste."
            )
        if not self.score_regarder <= self.score_jour:
            raise ValueError(
                "score_regarder et score_jour\u00a0: un dossier à regarder le jour même est d’abord à regarder."
            )
        if not self.score_heure_ouverture < self.score_heure_fermeture:
            raise ValueError(
                "score_heure_ouverture et score_heure_fermeture\u00a0: la journée finirait avant de commencer."
            )
        return self

    def de_la_decision(self) -> dict[str, int | float]:
        """The thresholds of :data:`UTILISES_SANS_DECISION`, ready for JSON."""
        return {nom: getattr(self, nom) for nom in UTILISES_SANS_DECISION}
