"""What an applicant may see of their own resources online: the same gate, behind one more for the session. Pure.

The same on a page, a print, a file: an amount only in a session opened with FranceConnect, by the applicant, a short
while ago, whose civil status is that of the demande.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.connecteurs.drm.rules.lecture import non_eligible
from sne.connecteurs.drm.rules.mois import DiscordanceIdentite, NonEligible
from sne.demandeurs.rules.niveaux import Geste, Niveau, Presence, Preuve, peut
from sne.registre.ressources.rules.montrer import (
    Appel,
    Connues,
    Situation,
    derniers_mois,
    montrer,
    refus_de_montrer,
)

EN_ATTENTE = frozenset({NonEligible.IDENTITE_EN_ATTENTE, NonEligible.DOSSIER_FIGE})


@dataclass(frozen=True, slots=True)
class Regard:
    """Who looks. ``demandeur``: they are the applicant, and not a co-holder."""

    presence: Presence
    demandeur: bool


def refus_de_session(regard: Regard) -> NonEligible | None:
    """Why this session sees no amount, whatever the demande; ``None`` when it may.

    A civil status that is not that of the demande is said after what concerns the demande itself.
    """
    if regard.presence.niveau not in (Niveau.FC, Niveau.FC_MOINS):
        return NonEligible.SESSION
    if Preuve.RESSOURCES not in regard.presence.preuves:
        return NonEligible.SESSION_ANCIENNE
    return None if regard.demandeur else NonEligible.COTITULAIRE


def montrer_au_demandeur(
    regard: Regard,
    situation: Situation,
    appels: Sequence[Appel],
    *,
    le: date,
) -> Connues:
    """What may be shown of the calls kept, newest first. The first reason that hides is the one that is said: session,
    co-holder, identity that waits, mismatch, number, source.
    """
    attendus = derniers_mois(le)
    raison = refus_de_session(regard)
    if raison is not None:
        return Connues(non_eligible(raison, attendus))
    if refus_de_montrer(situation) not in EN_ATTENTE and not peut(Geste.LIRE_RESSOURCES, regard.presence):
        return Connues(tuple(DiscordanceIdentite(m) for m in attendus))
    return montrer(situation, appels, le=le)
