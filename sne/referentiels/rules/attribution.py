"""Landlords and mediation commissions as other modules read them."""

from dataclasses import dataclass

from sne.referentiels.rules.periodes import Periode


@dataclass(frozen=True, slots=True)
class BailleurPresent:
    """A landlord that lets ``logements`` dwellings in a commune (CCH R441-2-4)."""

    organisme: str  # key of the body: its SIREN
    nom: str
    logements: int


@dataclass(frozen=True, slots=True)
class Commission:
    """The mediation commission of a département (CCH L441-2-3) and the wait that its prefect calls abnormal."""

    departement: str  # « 99 », « 2A », « 974 »
    nom: str
    service: str
    voie: str
    code_postal: str
    ville: str
    courriel: str
    telephone: str  # E.164
    delai_anormal_mois: int
    source: str
    periode: Periode
