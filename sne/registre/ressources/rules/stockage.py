"""A month as columns, and back: a state, a reason, and an amount if and only if the state is the one that has one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sne.connecteurs.drm.rules.mois import (
    ETATS,
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
)

RAISONS: Mapping[type, tuple[str, ...]] = {
    Montant: ("",),
    ZeroConfirme: ("",),
    AucuneDonnee: tuple(r.value for r in SansDonnee if r is not SansDonnee.JAMAIS_DEMANDEE),
    PasEligible: (NonEligible.NIR_PROVISOIRE.value,),
    DiscordanceIdentite: ("",),
    SourceIndisponible: tuple(r.value for r in Indisponible),
}
"""What a source may say, and why: the only rows there may be. The other reasons are ours, and nobody keeps them."""
AVEC_LIGNES = (ETATS[Montant], ETATS[ZeroConfirme])


@dataclass(frozen=True, slots=True)
class Colonnes:
    """The columns of one month. ``montant``: net, in euros; ``natures``: ``{nature, source, montant}``."""

    mois: date
    etat: str
    raison: str
    montant: Decimal | None
    natures: Sequence[Mapping[str, str]]


def en_colonnes(mois: Mois) -> Colonnes:
    """A month as it is kept, and as a table or an interface gives it: never one column for both."""
    return Colonnes(
        mois.mois,
        ETATS[type(mois)],
        str(getattr(mois, "raison", "")),
        mois.total if isinstance(mois, Montant) else None,
        [
            {"nature": ligne.nature, "source": ligne.source, "montant": str(ligne.montant)}
            for ligne in getattr(mois, "lignes", ())
        ],
    )


def de_colonnes(lues: Colonnes) -> Mois:
    """The month that these columns say. Raises ``ValueError`` for those that contradict themselves."""
    if (lues.montant is not None) != (lues.etat == ETATS[Montant]):
        raise ValueError("an amount where there is none, or none where there is one")
    lignes = tuple(Ligne(n["nature"], n["source"], Decimal(n["montant"])) for n in lues.natures)
    if lignes and lues.etat not in AVEC_LIGNES:
        raise ValueError("figures for a month that is said to have none")
    return _construire(lues, lignes)


def _construire(lues: Colonnes, lignes: tuple[Ligne, ...]) -> Mois:
    fabriques: Mapping[str, Any] = {
        ETATS[Montant]: lambda: Montant(lues.mois, lues.montant or Decimal(0), lignes),
        ETATS[ZeroConfirme]: lambda: ZeroConfirme(lues.mois, lignes),
        ETATS[AucuneDonnee]: lambda: AucuneDonnee(lues.mois, SansDonnee(lues.raison)),
        ETATS[PasEligible]: lambda: PasEligible(lues.mois, NonEligible(lues.raison)),
        ETATS[DiscordanceIdentite]: lambda: DiscordanceIdentite(lues.mois),
        ETATS[SourceIndisponible]: lambda: SourceIndisponible(lues.mois, Indisponible(lues.raison)),
    }
    if lues.etat not in fabriques:
        raise ValueError("a state that is none of the six")
    mois: Mois = fabriques[lues.etat]()
    return mois
