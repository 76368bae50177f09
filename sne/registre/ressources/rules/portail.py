"""What an applicant may see of their own resources online: the same gate, behind one more for the session. Pure.

The same on a page, a print, a file: an amount only in a session opened with FranceConnect, by the applicant, a short
while ago, whose civil status is that of the demande.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sne.connecteurs.drm.rules.lecture import non_eligible
from sne.connecteurs.drm.rules.mois import DiscordanceIdentite, NonEligible
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.rules.montrer import (
    Appel,
    Connues,
    Situation,
    derniers_mois,
    montrer,
    refus_de_montrer,
)

EN_ATTENTE = frozenset({NonEligible.IDENTITE_EN_ATTENTE, NonEligible.DOSSIER_FIGE})


class Ouverture(StrEnum):
    """How a session was opened. Only the last one is the person themselves, known by the State."""

    LIEN = "LIEN"
    CODE = "CODE"
    MANDATAIRE = "MANDATAIRE"  # an organisation that helps, under a mandate
    AIDANT = "AIDANT"  # a helper who signs in for the person (Aidants Connect)
    FRANCECONNECT = "FRANCECONNECT"


@dataclass(frozen=True, slots=True)
class Regard:
    """Who looks. ``preuve``: how long ago the State said who they are; ``demandeur``: they are the applicant, and not a
    co-holder; ``concorde``: the civil status that it gave in this session is strongly that of the demande in force.
    """

    ouverture: Ouverture
    preuve: timedelta
    demandeur: bool
    concorde: bool


def refus_de_session(regard: Regard, parametres: ParametresRessources) -> NonEligible | None:
    """Why this session sees no amount, whatever the demande; ``None`` when it may."""
    if regard.ouverture is not Ouverture.FRANCECONNECT:
        return NonEligible.SESSION
    if not timedelta(0) <= regard.preuve <= timedelta(minutes=parametres.ressources_preuve_minutes):
        return NonEligible.SESSION_ANCIENNE
    return None if regard.demandeur else NonEligible.COTITULAIRE


def montrer_au_demandeur(
    regard: Regard,
    situation: Situation,
    appels: Sequence[Appel],
    parametres: ParametresRessources,
    *,
    le: date,
) -> Connues:
    """What may be shown of the calls kept, newest first. The first reason that hides is the one that is said: session,
    co-holder, identity that waits, mismatch, number, source.
    """
    attendus = derniers_mois(le)
    raison = refus_de_session(regard, parametres)
    if raison is not None:
        return Connues(non_eligible(raison, attendus))
    if refus_de_montrer(situation) not in EN_ATTENTE and not regard.concorde:
        return Connues(tuple(DiscordanceIdentite(m) for m in attendus))
    return montrer(situation, appels, le=le)
