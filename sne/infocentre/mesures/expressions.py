"""The formula of each measure, written once; ``compiler`` makes the SQL of each engine of it.

Needs Ibis, which the service does without: it runs what was compiled and committed.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sne.infocentre.mesures.catalogue import MESURES

Formule = Callable[[Any], tuple[Any, Any]]
"""Of the table of the fact: which rows count, and by how much a row counts (its sign is multiplied in)."""


def _si(condition: Callable[[Any], Any]) -> Formule:
    return lambda f: (condition(f), 1)


def _n(condition: Callable[[Any], Any]) -> Formule:
    """Of natural persons alone."""
    return _si(lambda f: f.physique & condition(f))


_TOUT = _si(lambda f: f.signe != 0)
T3_ET_PLUS = ("T3", "T4", "T5", "T6P")
FORMULES: Mapping[str, Formule] = MappingProxyType(
    {
        "DEPOTS": _si(lambda f: f.physique),
        "DEPOTS_ASSOCIATIONS": _si(lambda f: ~f.physique),
        "DEPOTS_SANS_RFR": _n(lambda f: ~f.rfr_connu),
        "DEPOTS_RESSOURCES_INCONNUES": _n(lambda f: f.ressources == "INCONNU"),
        "DEPOTS_RESSOURCES_ZERO": _n(lambda f: f.ressources == "ZERO"),
        "DEPOTS_1_PERSONNE": _n(lambda f: f.personnes == 1),
        "DEPOTS_1_PERSONNE_T3": _n(lambda f: (f.personnes == 1) & f.type_min.isin(T3_ET_PLUS)),
        "DEPOTS_RETARD_30J": _n(lambda f: f.retard_jours > 30),
        "IDENTITES_FOURNIES": _si(lambda f: f.physique),
        "ATTRIBUTIONS_ETAT": _si(lambda f: f.etat),
        "ATTRIBUTIONS_RPLS": _si(lambda f: f.rpls_valide),
        "ATTRIBUTIONS_ANCIENNETE_30J": _si(lambda f: f.anciennete_jours < 30),
        "ATTRIBUTIONS_DELAI_30J": _si(lambda f: f.delai_jours < 30),
        "ATTRIBUTIONS_DELAI_JOURS": lambda f: (f.signe != 0, f.delai_jours.cast("int64")),
        "ATTRIBUTIONS_TARDIVES_10J": _si(lambda f: f.delai_jours > 10),
        "ATTRIBUTIONS_PORTAIL": _si(lambda f: f.portail),
        "ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES": _si(lambda f: f.portail & ~f.retravaillee),
        "ATTRIBUTIONS_SANS_RFR": _si(lambda f: ~f.rfr_au_bail),
        "ATTRIBUTIONS_SANS_AVIS": _si(lambda f: ~f.avis_au_bail),
        "DECISIONS_PRIORITAIRES": _si(lambda f: f.prioritaire),
    }
)


def formule(code: str) -> Formule:
    """The formula of a measure. Raises ``KeyError`` for one that is not in the catalogue."""
    fait = MESURES[code].fait
    if code in FORMULES:
        return FORMULES[code]
    if code.startswith("DEPOTS_"):
        return _n(lambda f: f.canal == code.removeprefix("DEPOTS_"))
    if fait == "radiation" and code != "RADIATIONS":
        return _si(lambda f: f.motif == code.removeprefix("RADIATIONS_"))
    return _TOUT
