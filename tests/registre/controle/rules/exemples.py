"""Identities and contexts that the tests of the control start from."""

import dataclasses
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Contexte
from sne.registre.controle.rules.traits import Traits

PARIS = ZoneInfo("Europe/Paris")
JOUR = date(2026, 11, 20)
SEUILS = parametres_par_defaut(JOUR)[Seuils]
ANCRE = Traits(
    nom_naissance="Dubreuil",
    nom_usage="",
    prenoms="Élodie Marie",
    date_naissance=date(1987, 3, 14),
    sexe="F",
    nir="ab" * 32,
)
ANCIENNE = Contexte(anciennete_jours=2_718)  # 7 years and 5 months: nothing but the traits is looked at


def avec(base: Traits = ANCRE, **traits: Any) -> Traits:
    """The identity with some traits changed."""
    return dataclasses.replace(base, **traits)


def nomme(nom: str, base: Traits = ANCRE) -> Traits:
    """The identity under another birth name."""
    return dataclasses.replace(base, nom_naissance=nom)


def contexte(**champs: Any) -> Contexte:
    """An old demande, with something around the change."""
    return dataclasses.replace(ANCIENNE, **champs)


def seuils(**champs: Any) -> Seuils:
    """The delivered thresholds, some of them changed."""
    return SEUILS.model_copy(update=champs)


def a_paris(*composants: int) -> datetime:
    """An instant of the clock of Paris: year, month, day, hour, minute."""
    return datetime(*composants, tzinfo=PARIS)
