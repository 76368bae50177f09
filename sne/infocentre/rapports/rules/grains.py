"""By what lines are gathered: counter, body, type, département, territory…, or an axis of the facts. Pure."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from sne.infocentre.mesures.catalogue import mesure_de
from sne.infocentre.mesures.faits import FAITS
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
    COMMUNE = "COMMUNE"
    EPCI = "EPCI"
    BAILLEUR = "BAILLEUR"
    CONTINGENT = "CONTINGENT"
    CANAL = "CANAL"
    CIBLE = "CIBLE"
    MUTATION = "MUTATION"
    PERSONNES = "PERSONNES"
    COMPOSITION = "COMPOSITION"
    AGE = "AGE"
    TYPE_LOGEMENT = "TYPE_LOGEMENT"
    RESSOURCES = "RESSOURCES"
    ACTIVITE = "ACTIVITE"
    LOGEMENT = "LOGEMENT"
    MOTIF = "MOTIF"
    COMMUNES = "COMMUNES"
    AUTRES_COMMUNES = "AUTRES_COMMUNES"


GRAINS: Mapping[Grain, str] = {
    Grain.GUICHET: "Par guichet",
    Grain.ORGANISME: "Par organisme",
    Grain.TYPE: "Par type d’organisme",
    Grain.CATEGORIE: "Par catégorie d’organisme",
    Grain.DEPARTEMENT: "Par département",
    Grain.TERRITOIRE: "Par territoire",
    Grain.REGION: "Par région",
}
"""Lines made of counters, in order; a total has no line under it, a mean is of others."""
AXES: Mapping[Grain, str] = {
    Grain.EPCI: "Par intercommunalité",
    Grain.COMMUNE: "Par commune",
    Grain.BAILLEUR: "Par bailleur",
    Grain.CONTINGENT: "Par contingent",
    Grain.CANAL: "Par mode de dépôt",
    Grain.CIBLE: "Par type de logement visé",
    Grain.MUTATION: "Mutation ou première entrée",
    Grain.PERSONNES: "Par nombre de personnes",
    Grain.COMPOSITION: "Par composition du ménage",
    Grain.AGE: "Par âge du demandeur",
    Grain.TYPE_LOGEMENT: "Par type de logement souhaité",
    Grain.RESSOURCES: "Par connaissance des ressources",
    Grain.ACTIVITE: "Par situation professionnelle",
    Grain.LOGEMENT: "Par logement actuel",
    Grain.MOTIF: "Par premier motif",
    Grain.COMMUNES: "Par nombre de communes souhaitées",
    Grain.AUTRES_COMMUNES: "Autres communes acceptées",
}
"""Lines that are not made of counters: a value of an axis of the facts."""
TRAITS = frozenset(AXES) - {Grain.EPCI, Grain.COMMUNE, Grain.BAILLEUR, Grain.CONTINGENT, Grain.CANAL}
"""Lines that are a trait of the household, or of what it wishes."""
AXE_LU: Mapping[Grain, str] = {grain: str(grain) for grain in AXES} | {Grain.EPCI: "COMMUNE"}
"""The axis of the facts that such lines are read on."""


def grains_de(mesures: Collection[str]) -> dict[Grain, str]:
    """Which lines these measures can be shown by, in order: made of counters, then the axes that all of them have."""
    faits = [FAITS[mesure_de(code).fait] for code in mesures if code not in HORS_DU_LAC]
    return {
        **GRAINS,
        **{g: nom for g, nom in AXES.items() if faits and all(AXE_LU[g] in f.axes for f in faits)},
    }


HORS_DU_LAC = frozenset({"LOCATIONS_RPLS", "QUARTILE_QPV", "QUARTILE_HORS_QPV"})
"""Figures that no fact counts."""


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
