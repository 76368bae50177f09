"""The score that ranks the files to read first: how much of a takeover the last operations look like. Pure.

It judges nobody and decides nothing. ``chiffrer`` gives the figures, ``calculer`` says each of them in words.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sne.referentiels.rules import PARIS
from sne.registre.contenu.rules.identite import cle
from sne.registre.controle.parametres import PoidsDuScore, Seuils
from sne.registre.controle.rules.contexte import heure_locale
from sne.registre.controle.rules.distance import mesurer
from sne.registre.controle.rules.operations import (
    GROUPES,
    ORDINAIRES,
    PROFESSIONNELS,
    PROTEGES,
    Champ,
    Operation,
    TypeOperation,
)
from sne.registre.controle.rules.traits import Traits
from sne.socle.acteur import Canal

JOURS_PAR_AN = 365.25
SAMEDI = 5  # of ``date.weekday``
SECONDES_PAR_JOUR = 86_400


class Alerte(StrEnum):
    """Where a score stands."""

    AUCUNE = "AUCUNE"
    REGARDER = "REGARDER"
    JOUR = "JOUR"


class Attenuation(StrEnum):
    """A known, honest reason for a new name."""

    CODEMANDEUR = "CODEMANDEUR"
    USAGE = "USAGE"
    INVERSION = "INVERSION"


class Fait(StrEnum):
    """What adds to the score beside the identity itself; values of the same name in the parameter."""

    DEPART = "depart"
    CONTACTS = "contacts"
    PIECE_IDENTITE = "piece_identite"
    FOYER = "foyer"
    REVENUS = "revenus"
    CONCENTRATION = "concentration"
    REACTIVATION = "reactivation"
    HORS_HEURES = "hors_heures"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Ecarts:
    """How the person differs from the anchor: ``nom`` and ``prenoms`` from 0 to 1, the others changed or not."""

    nom: float
    prenoms: float
    naissance: bool
    nir: bool
    sexe: bool


@dataclass(frozen=True, slots=True)
class Chiffres:
    """The figures of one score. ``ecarts`` is ``None`` when no operation of the window touched the identity.

    ``contacts``: which ways to reach the household were replaced. ``total`` = ``identite`` × ``anciennete`` ×
    ``autres`` × ``attenuation``, where ``autres`` is the sum of ``faits``, kept under its ceiling.
    """

    total: float
    identite: float
    anciennete: float
    autres: float
    attenuation: float
    ecarts: Ecarts | None
    faits: Mapping[Fait, float]
    contacts: tuple[Champ, ...]
    attenuations: tuple[Attenuation, ...]


RIEN = Chiffres(0.0, 0.0, 0.0, 0.0, 1.0, None, MappingProxyType({}), (), ())


@dataclass(frozen=True, slots=True)
class _Fenetre:
    """What the operations of the window touched."""

    champs: frozenset[Champ]
    reactivee: bool
    hors_heures: bool
    etalement_jours: float


def alerte(total: float, seuils: Seuils) -> Alerte:
    """Where a score stands: nothing, to look at, to look at today."""
    if total >= seuils.score_jour:
        return Alerte.JOUR
    return Alerte.REGARDER if total >= seuils.score_regarder else Alerte.AUCUNE


def chiffrer(
    ancre: Traits,
    actuelle: Traits,
    operations: Sequence[Operation],
    *,
    anciennete_jours: int,
    autres_dossiers: int,
    codemandeur: str,
    seuils: Seuils,
    fuseau: ZoneInfo = PARIS,
) -> Chiffres:
    """The figures of the score at the last of ``operations``.

    ``actuelle``: the identity that was asked for last, in force or not. ``operations``: those of the demande up to
    now; fields asked for count as touched, even when they wait. ``autres_dossiers``: other old files on which the
    author of the last one made a risky change (:func:`est_risque`). ``codemandeur``: birth name of the co-holder.
    ``fuseau``: the clock of the counters of the territory, which tells their hours.
    """
    poids = seuils.score_poids
    fenetre = _fenetre(operations, seuils, fuseau)
    if fenetre is None:
        return RIEN
    ecarts = _ecarts(ancre, actuelle, poids)
    identite = _part_de_l_identite(ecarts, poids)
    anciennete = min(max(anciennete_jours / JOURS_PAR_AN / poids.anciennete_ans, poids.anciennete_min), 1.0)
    contacts = tuple(c for c in (Champ.COURRIEL, Champ.TELEPHONE, Champ.ADRESSE) if c in fenetre.champs)
    faits = _faits(fenetre, contacts, autres_dossiers, poids)
    autres = min(max(sum(faits.values()), 0.0), poids.plafond)
    attenuations = tuple(_attenuations(ancre, actuelle, ecarts, codemandeur))
    facteur = math.prod(_facteur(a, poids) for a in attenuations)
    total = identite * anciennete * autres * facteur
    return Chiffres(total, identite, anciennete, autres, facteur, ecarts, faits, contacts, attenuations)


def est_risque(
    ancre: Traits, voulue: Traits, *, anciennete_jours: int, codemandeur: str, seuils: Seuils
) -> bool:
    """Whether a change makes somebody else of the holder of an old file: what is counted of one author."""
    poids = seuils.score_poids
    if anciennete_jours <= seuils.score_agent_anciennete_ans * JOURS_PAR_AN:
        return False
    ecarts = _ecarts(ancre, voulue, poids)
    if ecarts.nom <= poids.risque_nom or cle(voulue.nom_naissance) in {
        cle(codemandeur),
        cle(ancre.nom_usage),
    }:
        return False
    return ecarts.prenoms > poids.risque_prenoms or ecarts.naissance or ecarts.nir


def _fenetre(operations: Sequence[Operation], seuils: Seuils, fuseau: ZoneInfo) -> _Fenetre | None:
    """``None`` when no operation of the window touched the identity."""
    faites = [
        (heure_locale(o.horodatage, fuseau), o)
        for o in operations
        if o.canal in PROFESSIONNELS and o.type is not TypeOperation.CREATION
    ]
    if all(PROTEGES.isdisjoint(o.champs) for _, o in faites):
        return None
    debut = max(instant for instant, _ in faites).date() - timedelta(days=seuils.score_fenetre_jours)
    faites = [(instant, o) for instant, o in faites if instant.date() >= debut]
    champs = frozenset().union(*[o.champs for _, o in faites])
    if PROTEGES.isdisjoint(champs):
        return None
    notables = [instant for instant, o in faites if o.reactive or not o.champs <= ORDINAIRES]
    return _Fenetre(
        champs=champs,
        reactivee=any(o.reactive for _, o in faites),
        hors_heures=any(_hors_heures(o, instant, seuils) for instant, o in faites),
        etalement_jours=(max(notables) - min(notables)).total_seconds() / SECONDES_PAR_JOUR,
    )


def _hors_heures(operation: Operation, instant: datetime, seuils: Seuils) -> bool:
    """At a counter, early, late, or at the weekend: an interface has no hours."""
    return operation.canal is Canal.GUICHET and (
        not seuils.score_heure_ouverture <= instant.time() <= seuils.score_heure_fermeture
        or instant.weekday() >= SAMEDI
    )


def _ecarts(ancre: Traits, autre: Traits, poids: PoidsDuScore) -> Ecarts:
    """A number filled in where there was none makes nobody else of a person."""
    return Ecarts(
        nom=min(1.0, mesurer(ancre.nom_naissance, autre.nom_naissance).relative / poids.distance_pleine),
        prenoms=min(1.0, mesurer(ancre.prenoms, autre.prenoms).relative / poids.distance_pleine),
        naissance=ancre.date_naissance != autre.date_naissance,
        nir=ancre.nir is not None and ancre.nir != autre.nir,
        sexe=ancre.sexe != autre.sexe,
    )


def _part_de_l_identite(ecarts: Ecarts, poids: PoidsDuScore) -> float:
    return 1 - (
        (1 - poids.nom * ecarts.nom)
        * (1 - poids.prenoms * ecarts.prenoms)
        * (1 - poids.naissance * ecarts.naissance)
        * (1 - poids.nir * ecarts.nir)
        * (1 - poids.sexe * ecarts.sexe)
    )


def _faits(
    fenetre: _Fenetre, contacts: tuple[Champ, ...], autres_dossiers: int, poids: PoidsDuScore
) -> dict[Fait, float]:
    champs = fenetre.champs
    groupes = sum(not membres.isdisjoint(champs) for membres in GROUPES.values())
    concentration = math.exp(-fenetre.etalement_jours / poids.concentration_jours)
    tous = {
        Fait.DEPART: poids.depart,
        Fait.CONTACTS: poids.contacts * sum(getattr(poids, contact) for contact in contacts),
        Fait.PIECE_IDENTITE: poids.piece_identite * (Champ.PJ_IDENTITE in champs),
        Fait.FOYER: poids.foyer * (Champ.FOYER in champs or Champ.CODEMANDEUR in champs),
        Fait.REVENUS: poids.revenus * (Champ.REVENUS in champs),
        Fait.CONCENTRATION: poids.concentration * concentration * (groupes >= poids.concentration_groupes),
        Fait.REACTIVATION: poids.reactivation * fenetre.reactivee,
        Fait.HORS_HEURES: poids.hors_heures * fenetre.hors_heures,
        Fait.AGENT: poids.agent * autres_dossiers / (autres_dossiers + poids.agent_demi),
    }
    return {fait: valeur for fait, valeur in tous.items() if valeur}


def _attenuations(ancre: Traits, actuelle: Traits, ecarts: Ecarts, codemandeur: str) -> Iterable[Attenuation]:
    """A name that stays explains nothing: somebody of the same name would else be let by."""
    if not ecarts.nom:
        return
    nom = cle(actuelle.nom_naissance)
    if nom and nom == cle(codemandeur):
        yield Attenuation.CODEMANDEUR
    if nom and nom == cle(ancre.nom_usage) and not ecarts.naissance and not ecarts.nir:
        yield Attenuation.USAGE
    echange = nom == cle(ancre.prenoms) and cle(actuelle.prenoms) == cle(ancre.nom_naissance)
    if echange and not ecarts.naissance:
        yield Attenuation.INVERSION


def _facteur(attenuation: Attenuation, poids: PoidsDuScore) -> float:
    facteurs = {
        Attenuation.CODEMANDEUR: poids.codemandeur,
        Attenuation.USAGE: poids.usage,
        Attenuation.INVERSION: poids.inversion,
    }
    return facteurs[attenuation]
