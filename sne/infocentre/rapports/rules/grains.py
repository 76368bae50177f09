"""By what lines are gathered: counter, body, type, category, département, territory, region. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sne.referentiels.rules import GUICHET_PORTAIL, CategorieOrganisme, FicheGuichet
from sne.referentiels.rules.decoupage import Decoupage
from sne.referentiels.rules.territoires import departement_de_commune
from sne.suivi.rules.colonnes import TYPES_ORGANISME

CATEGORIES_ORGANISME: Mapping[CategorieOrganisme, str] = {
    CategorieOrganisme.OPH: "Office public de l’habitat",
    CategorieOrganisme.ESH: "Entreprise sociale pour l’habitat",
    CategorieOrganisme.COOP_HLM: "Coopérative HLM",
    CategorieOrganisme.SEM: "Société d’économie mixte",
    CategorieOrganisme.SEM_DOM: "Société d’économie mixte d’outre-mer",
    CategorieOrganisme.MOI: "Maîtrise d’ouvrage d’insertion",
    CategorieOrganisme.COMMUNE: "Commune",
    CategorieOrganisme.CCAS: "CCAS",
    CategorieOrganisme.EPCI: "Intercommunalité",
    CategorieOrganisme.EPT: "Établissement public territorial",
    CategorieOrganisme.DEPARTEMENT: "Conseil départemental",
    CategorieOrganisme.DDT: "DDT",
    CategorieOrganisme.DDETS: "DDETS",
    CategorieOrganisme.DRIHL: "DRIHL",
    CategorieOrganisme.PREFECTURE: "Préfecture",
    CategorieOrganisme.SERVICE_SOCIAL_ADMINISTRATION: "Service social d’administration",
    CategorieOrganisme.ACTION_LOGEMENT: "Action Logement",
    CategorieOrganisme.SIAO: "SIAO",
    CategorieOrganisme.EMPLOYEUR: "Employeur",
    CategorieOrganisme.ASSOCIATION: "Association",
    CategorieOrganisme.MANDATAIRE_COMMUN: "Mandataire commun",
    CategorieOrganisme.PGP: "Portail",
}
SANS_DEPARTEMENT = "Portail, sans département"


class Grain(StrEnum):
    """What one line is."""

    GUICHET = "GUICHET"
    ORGANISME = "ORGANISME"
    TYPE = "TYPE"
    CATEGORIE = "CATEGORIE"
    DEPARTEMENT = "DEPARTEMENT"
    TERRITOIRE = "TERRITOIRE"
    REGION = "REGION"
    TOTAL = "TOTAL"
    MOYENNE = "MOYENNE"


GRAINS: Mapping[Grain, str] = {
    Grain.GUICHET: "Par guichet",
    Grain.ORGANISME: "Par organisme",
    Grain.TYPE: "Par type d’organisme",
    Grain.CATEGORIE: "Par catégorie d’organisme",
    Grain.DEPARTEMENT: "Par département",
    Grain.TERRITOIRE: "Par territoire",
    Grain.REGION: "Par région",
}
"""Those that may be asked for, in order; a total has no line under it, a mean is of others."""


def cle(grain: Grain, fiche: FicheGuichet, decoupage: Decoupage) -> str:
    """Which line of this grain the counter is in, as a key that is unique in it."""
    return {
        Grain.GUICHET: fiche.territoire + fiche.code,
        Grain.ORGANISME: f"{fiche.territoire}-{fiche.organisme}",
        Grain.TYPE: str(fiche.type_organisme),
        Grain.CATEGORIE: str(fiche.categorie),
        Grain.DEPARTEMENT: departement(fiche),
        Grain.TERRITOIRE: fiche.territoire,
        Grain.REGION: decoupage.region_de(fiche.territoire),
        Grain.TOTAL: "",
        Grain.MOYENNE: "",
    }[grain]


def departement(fiche: FicheGuichet) -> str:
    """The département of a counter, by its commune; empty for the portal's."""
    return departement_de_commune(fiche.commune) if fiche.commune else ""


def libelle(grain: Grain, fiche: FicheGuichet, decoupage: Decoupage, territoires: Mapping[str, str]) -> str:
    """The name of the line that this counter is in. ``territoires``: names of those that are read, by code."""
    precise = f", {territoires.get(fiche.territoire, fiche.territoire)}" if len(territoires) > 1 else ""
    code, region = departement(fiche), decoupage.region_de(fiche.territoire)
    return {
        Grain.GUICHET: fiche.libelle + (precise if fiche.code == GUICHET_PORTAIL else ""),
        Grain.ORGANISME: fiche.organisme_nom + precise,
        Grain.TYPE: TYPES_ORGANISME[fiche.type_organisme],
        Grain.CATEGORIE: CATEGORIES_ORGANISME[fiche.categorie],
        Grain.DEPARTEMENT: decoupage.departements[code].nom
        if code in decoupage.departements
        else SANS_DEPARTEMENT,
        Grain.TERRITOIRE: territoires.get(fiche.territoire, fiche.territoire),
        Grain.REGION: decoupage.regions.get(region, region),
        Grain.TOTAL: "Ensemble",
        Grain.MOYENNE: "Moyenne du territoire",
    }[grain]


def grouper(
    grain: Grain, fiches: Iterable[FicheGuichet], decoupage: Decoupage
) -> dict[str, tuple[FicheGuichet, ...]]:
    """The counters of each line of this grain, by its key, in the order in which the lines are met."""
    groupes: dict[str, tuple[FicheGuichet, ...]] = {}
    for fiche in fiches:
        qui = cle(grain, fiche, decoupage)
        groupes[qui] = (*groupes.get(qui, ()), fiche)
    return groupes
