"""Weights of the score that ranks the files to read first: one dated parameter, since they only make sense together."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Part = Annotated[float, Field(ge=0, le=1)]
Diviseur = Annotated[float, Field(gt=0)]


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
