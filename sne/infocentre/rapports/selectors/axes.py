"""The lines of an axis of the facts: which values each gathers, and its name."""

from collections.abc import Iterable, Mapping
from datetime import date

from sne.infocentre.rapports.rules.cellules import additionner
from sne.infocentre.rapports.rules.grains import AXE_LU, Grain
from sne.infocentre.rapports.rules.lieux import Portee
from sne.referentiels.selectors import get_geographie, get_nomenclatures
from sne.referentiels.selectors.decoupage import (
    list_communes_de,
    list_intercommunalites,
    list_noms_d_intercommunalites,
)
from sne.referentiels.selectors.guichets import list_noms_d_organismes

LISTES = {
    Grain.CONTINGENT: "ListeTypeReservataire",
    Grain.CANAL: "ListeCanal",
    Grain.ACTIVITE: "ListeTypeContratTravail",
    Grain.LOGEMENT: "ListeModeleLogement",
    Grain.MOTIF: "ListeMotifDemande",
    Grain.TYPE_LOGEMENT: "ListeTypeLogement",
}
"""Axes whose values are codes of a list."""
MOTS: Mapping[Grain, Mapping[str, str]] = {
    Grain.CANAL: {"SYSTEME": "Reprise d’un ancien système"},
    Grain.CIBLE: {"T1-T2": "T1 ou T2", "T3": "T3", "T4": "T4", "T5P": "T5 et plus"},
    Grain.MUTATION: {"OUI": "Mutation dans le parc social", "NON": "Première entrée"},
    Grain.PERSONNES: {"0": "Non dit", "1": "1 personne", "6": "6 personnes et plus"},
    Grain.COMPOSITION: {
        "SEULE": "Personne seule",
        "COUPLE": "Couple sans enfant",
        "MONOPARENTALE": "Un adulte et enfants",
        "COUPLE_ENFANTS": "Couple avec enfants",
        "AUTRE": "Autre ménage",
    },
    Grain.AGE: {"-25": "Moins de 25 ans", "75+": "75 ans et plus"},
    Grain.RESSOURCES: {"MONTANT": "Un montant", "ZERO": "Zéro", "INCONNU": "Aucun montant dit"},
    Grain.COMMUNES: {"0": "Aucune commune", "1": "1 commune"},
    Grain.AUTRES_COMMUNES: {"OUI": "Oui", "NON": "Non"},
}
SUITES = {Grain.PERSONNES: " personnes", Grain.AGE: " ans", Grain.COMMUNES: " communes"}
INCONNUES = {
    Grain.COMMUNE: "Commune non connue",
    Grain.EPCI: "Hors intercommunalité, ou commune non connue",
    Grain.BAILLEUR: "Bailleur non connu",
}
NON_DIT = "Non dit"

type Comptes = Mapping[str, Mapping[str, int]]
type Lignes = dict[str, tuple[str, dict[str, int]]]


def lire_lignes(grain: Grain, comptes: Comptes, portee: Portee, *, le: date) -> Lignes:
    """Key of a line → its name, its counts; those of the place that are read."""
    axe = AXE_LU[grain]
    lus = {valeur: c for valeur, c in comptes.items() if portee.retient_valeur(axe, valeur)}
    cles = _cles(grain, lus)
    groupes: dict[str, list[Mapping[str, int]]] = {}
    for valeur, comptees in lus.items():
        groupes.setdefault(cles[valeur], []).append(comptees)
    noms = nommer(grain, groupes, le=le)
    return {cle: (noms[cle], additionner(groupe)) for cle, groupe in groupes.items()}


def list_valeurs(grain: Grain, cle: str, portee: Portee) -> tuple[str, ...]:
    """The values of the axis that a line gathers, those that are read; empty for a line that is not."""
    valeurs: Iterable[str] = [cle]
    if cle and grain in (Grain.COMMUNE, Grain.EPCI):
        valeurs = list_communes_de(cle)
    return tuple(v for v in valeurs if portee.retient_valeur(AXE_LU[grain], v))


def nommer(grain: Grain, cles: Iterable[str], *, le: date) -> dict[str, str]:
    """The name of each line of this grain."""
    cles = [*cles]
    if grain is Grain.BAILLEUR:
        noms = list_noms_d_organismes(cles)
    elif grain is Grain.COMMUNE:
        geographie = get_geographie()
        noms = {c: lue.nom for c in cles if c and (lue := geographie.commune_actuelle(c))}
    elif grain is Grain.EPCI:
        noms = list_noms_d_intercommunalites(cles)
    else:
        noms = {c: _mot(grain, c, le) for c in cles if c}
    return {c: noms.get(c) or c or INCONNUES.get(grain, NON_DIT) for c in cles}


def _mot(grain: Grain, code: str, le: date) -> str:
    connus = MOTS.get(grain, {})
    if grain in LISTES and code not in connus:
        return get_nomenclatures(le).libelle(LISTES[grain], code) if code != "INCONNU" else NON_DIT
    return connus.get(code) or (NON_DIT if code == "INCONNU" else code + SUITES.get(grain, ""))


def _cles(grain: Grain, valeurs: Iterable[str]) -> dict[str, str]:
    """The line that each value is in: of a municipal arrondissement its town, of a commune its intercommunal body."""
    if grain is Grain.EPCI:
        valeurs = [*valeurs]
        epci = list_intercommunalites(valeurs)
        return {v: epci.get(v, "") for v in valeurs}
    if grain is not Grain.COMMUNE:
        return {v: v for v in valeurs}
    geographie = get_geographie()
    communes = {v: geographie.commune_actuelle(v) for v in valeurs}
    return {v: (c.parent or c.code) if c else v for v, c in communes.items()}
