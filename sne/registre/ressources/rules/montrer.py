"""What may be shown of the resources of an applicant: the one gate, by which every page, file and print passes.

An amount is given only while the identity that it was asked with is the identity in force today, and nothing of it
waits, is contested or frozen: a demande that somebody takes over shows nothing, whatever bug comes after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.connecteurs.drm.rules.lecture import non_eligible
from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Mois,
    Montant,
    NonEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
    mois_de,
)
from sne.registre.contenu.rules.arbre.personnes import EtatNir
from sne.registre.contenu.rules.mois import ajouter_mois

MOIS_DEMANDES = 3
"""Months that the source keeps, and that are asked for: the last whole ones."""
SANS_NUMERO = {
    "": NonEligible.NIR_ABSENT,
    EtatNir.AUCUN.value: NonEligible.NIR_NON_DETENU,
    EtatNir.PROVISOIRE.value: NonEligible.NIR_PROVISOIRE,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides: is there a person who applies, of which number, who waits for nothing. ``empreinte``: keyed
    fingerprint of the identity in force; empty for an association.
    """

    demandeur: bool
    ouverte: bool
    nir_etat: str = ""
    en_attente: bool = False
    contestee: bool = False
    figee: bool = False
    empreinte: bytes = b""


@dataclass(frozen=True, slots=True)
class Appel:
    """What was answered to one call: when (aware), the fingerprint it was asked with, its months, newest first."""

    le: datetime
    empreinte: bytes
    mois: tuple[Mois, ...]

    @property
    def repondu(self) -> bool:
        """Whether the source answered at all."""
        return not all(isinstance(m, SourceIndisponible) for m in self.mois)


@dataclass(frozen=True, slots=True)
class Connues:
    """What may be shown. ``le``: when it was asked; ``anciennes``: the last good answer, of ``anciennes_le``, while the
    source is away.
    """

    mois: tuple[Mois, ...]
    le: datetime | None = None
    anciennes: tuple[Mois, ...] = ()
    anciennes_le: datetime | None = None

    @property
    def retenues(self) -> tuple[Mois, ...]:
        """The months of the last answer."""
        return self.anciennes or self.mois

    @property
    def chiffrees(self) -> bool:
        """Whether a figure is shown, and its reading has to be told."""
        return any(isinstance(m, Montant | ZeroConfirme) for m in self.retenues)


def derniers_mois(le: date) -> tuple[date, ...]:
    """First days of the months asked for on that day, newest first."""
    fin = ajouter_mois(le.replace(day=1), -1)
    return mois_de(ajouter_mois(fin, 1 - MOIS_DEMANDES), fin)


def texte_d_identite(*, nom: str, prenoms: str, naissance: date, civilite: str, nir: bytes) -> str:
    """What the fingerprint of an identity is made of: names by their keys, birth, sex, number (by its own)."""
    return "|".join((nom, prenoms, naissance.isoformat(), civilite, nir.hex()))


def refus_de_montrer(situation: Situation) -> NonEligible | None:
    """Why the source is not asked about this demande, and nothing that it said is shown; ``None`` when it may be."""
    if not situation.demandeur:
        return NonEligible.ASSOCIATION
    if not situation.ouverte:
        return NonEligible.DEMANDE_FERMEE
    if situation.figee:
        return NonEligible.DOSSIER_FIGE
    if situation.en_attente or situation.contestee:
        return NonEligible.IDENTITE_EN_ATTENTE
    return SANS_NUMERO.get(situation.nir_etat)


def est_a_demander(appels: Sequence[Appel], empreinte: bytes, *, avant: datetime | None) -> bool:
    """Whether the service asks by itself: the first time; until the source answers; again at a renewal (``avant``: an
    answer since then is enough). Once it was asked about another identity, only a renewal does: who takes a demande
    over has nothing looked up for them.
    """
    reponses = [appel.le for appel in appels if appel.repondu and appel.empreinte == empreinte]
    if avant is not None:
        return not reponses or max(reponses) < avant
    return not reponses and all(appel.empreinte == empreinte for appel in appels)


def montrer(situation: Situation, appels: Sequence[Appel], *, le: date) -> Connues:
    """What may be shown that day of the calls kept, newest first: always three months, each of one of six kinds."""
    attendus = derniers_mois(le)
    raison = refus_de_montrer(situation)
    if raison is not None:
        return Connues(non_eligible(raison, attendus))
    if not appels:
        return Connues(tuple(AucuneDonnee(m, SansDonnee.JAMAIS_DEMANDEE) for m in attendus))
    dernier = appels[0]
    if dernier.empreinte != situation.empreinte:
        return Connues(tuple(DiscordanceIdentite(m) for m in attendus), dernier.le)
    if dernier.repondu:
        return Connues(dernier.mois, dernier.le)
    bons = [a for a in appels[1:] if a.repondu and a.empreinte == situation.empreinte]
    if not bons:
        return Connues(dernier.mois, dernier.le)
    return Connues(dernier.mois, dernier.le, bons[0].mois, bons[0].le)
