"""The lines of a report from what was counted: one by counter or by group, totals, the mean of a territory. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sne.infocentre.rapports.rules.cellules import (
    Seuils,
    additionner,
    arrondir,
    faire_cellule,
    faire_quantile,
)
from sne.infocentre.rapports.rules.formules import Definition, Niveau, Operation
from sne.infocentre.rapports.rules.grains import (
    AXES,
    CATEGORIES_ORGANISME,
    HORS_DU_LAC,
    Grain,
    cle,
    departement,
    grains_de,
    grouper,
    libelle,
)
from sne.infocentre.rapports.rules.secret import Case, termes_caches
from sne.infocentre.rapports.rules.termes import (
    DELAI,
    evaluer,
    lire_terme,
    mesures_de,
    quantile,
    repartition,
)
from sne.infocentre.rapports.tableau import Cellule, EtatCellule, Ligne
from sne.referentiels.rules import FicheGuichet, TypeOrganisme
from sne.referentiels.rules.decoupage import Decoupage
from sne.suivi.rules.colonnes import TYPES_ORGANISME

LOCATIONS = "LOCATIONS_RPLS"
PAR_ORGANISME = Cellule(
    EtatCellule.SANS_OBJET, motif="Ce chiffre se lit par organisme : choisissez « Par organisme »."
)
PAS_BAILLEUR = Cellule(EtatCellule.SANS_OBJET, motif="Cet organisme n’est pas bailleur.")
PAS_SUR_CET_AXE = Cellule(
    EtatCellule.SANS_OBJET, motif="Ce chiffre ne se compte pas par ces lignes\u00a0: choisissez-en d’autres."
)
CACHE = Cellule(EtatCellule.SECRET, motif="Trop peu de ménages, ou ce qui les ferait déduire.")
PLUSIEURS = Cellule(EtatCellule.SANS_OBJET, motif="Cette ligne en réunit plusieurs.")
AUCUN = Cellule(EtatCellule.VIDE, motif="Le guichet du portail n’en a pas.")
PAR_CLASSE = frozenset({Grain.AGE, Grain.PERSONNES, Grain.TYPE_LOGEMENT, Grain.CIBLE, Grain.COMMUNES})
"""Axes whose values are classes of a size: their codes are in its order."""
INCONNUES = frozenset({"", "INCONNU"})
"""Values of an axis that say that it is not known."""
ATTRIBUTS = ("REGION_DEPARTEMENT", "TYPE", "CATEGORIE", "SIREN")
"""What a column of words says of a counter."""


@dataclass(frozen=True)
class Matiere:
    """What a table is made of. ``comptes``: terms of the period, by counter (territory and code, 8 signs).

    ``annee``: terms of a civil year, or why they are not known, by body (territory, its key). ``axe``: lines
    that are not made of counters, by key, each with its label and its counts. ``absence``: why nothing at all can be
    counted, in French; empty otherwise. ``inconnus``: terms that cannot be, and why. ``lectures``: dated parameters
    that choose the reading of an indicator. ``caches``: terms that are hidden on a line of an axis.
    """

    definitions: tuple[Definition, ...]
    fiches: tuple[FicheGuichet, ...]
    comptes: Mapping[str, Mapping[str, int]]
    annee: Mapping[tuple[str, str], Mapping[str, int | str]]
    decoupage: Decoupage
    territoires: Mapping[str, str]
    lectures: Mapping[str, str]
    seuils: Seuils
    absence: str = ""
    axe: Mapping[str, tuple[str, Mapping[str, int]]] = MappingProxyType({})
    inconnus: Mapping[str, str] = MappingProxyType({})
    caches: frozenset[Case] = frozenset()

    @cached_property
    def ensemble(self) -> Mapping[str, int]:
        """What all the lines are worth together, to which one is compared."""
        if self.axe:
            return additionner(comptes for _, comptes in self.axe.values())
        return self.total(self.fiches)

    def total(self, fiches: Iterable[FicheGuichet]) -> dict[str, int]:
        """What these counters did, together."""
        return additionner(self.comptes.get(cle_des_comptes(self.comptes, f), {}) for f in fiches)


def cle_des_comptes(comptes: Collection[str], fiche: FicheGuichet) -> str:
    """Under which key the counts of a counter are; of one that changed, those of these days of it."""
    guichet = fiche.territoire + fiche.code
    epoque = cle_d_epoque(guichet, fiche)
    return epoque if epoque in comptes else guichet


def cle_d_epoque(guichet: str, fiche: FicheGuichet) -> str:
    """The key of the counts of a counter in its days."""
    return f"{guichet}@{fiche.periode.debut or ''}"


def dresser(matiere: Matiere, grain: Grain) -> tuple[Ligne, ...]:
    """One line for each group of counters of this grain that did something, or is open, or for each value of an axis
    that something was counted of, in the order of their names.
    """
    if grain in AXES:
        return _dresser_l_axe(matiere, grain)
    groupes = grouper(grain, matiere.fiches, matiere.decoupage).values()
    return tuple(sorted((_ligne(matiere, grain, fiches) for fiches in groupes), key=_ordre))


def _ordre(ligne: Ligne) -> tuple[bool, str, str]:
    """Classes of a size from the smallest, what is not known last; other lines by their names."""
    valeur = ligne.cle.partition(":")[2]
    inconnue = valeur in INCONNUES
    return (inconnue, "" if ligne.niveau in PAR_CLASSE and not inconnue else ligne.libelle, ligne.cle)


def _dresser_l_axe(matiere: Matiere, grain: Grain) -> tuple[Ligne, ...]:
    lues = [
        Ligne(
            f"{grain}:{valeur}",
            nom,
            tuple(_sur_l_axe(matiere, d, grain, valeur) for d in matiere.definitions),
            str(grain),
        )
        for valeur, (nom, _) in matiere.axe.items()
    ]
    return tuple(sorted(lues, key=_ordre))


def _sur_l_axe(matiere: Matiere, definition: Definition, grain: Grain, valeur: str) -> Cellule:
    if definition.operation is Operation.TEXTE or definition.niveau is Niveau.ORGANISME_ANNEE:
        return PAS_SUR_CET_AXE
    mesures = mesures_de(definition.termes)
    if not mesures <= HORS_DU_LAC and (grain not in grains_de(mesures) or _a_un_delai(definition)):
        return PAS_SUR_CET_AXE
    if termes_caches(definition, valeur, matiere.caches):
        return CACHE
    return compter(matiere, definition, matiere.axe[valeur][1])


def _a_un_delai(definition: Definition) -> bool:
    return any(lire_terme(t).seuil == DELAI for t in definition.termes)


def totaliser(matiere: Matiere) -> Ligne | None:
    """The line of everything that is read; ``None`` when there is no line to sum."""
    if not matiere.fiches:
        return None
    return _ligne(matiere, Grain.TOTAL, matiere.fiches)


def moyenne(matiere: Matiere) -> Ligne | None:
    """What a counter of the whole territory does on average: a rate is that of the territory, a count is shared out
    among its counters, the portal's left out. ``None`` where there is no counter.
    """
    guichets = sum(not f.virtuel for f in matiere.fiches)
    total = totaliser(matiere)
    if total is None or not guichets:
        return None
    cellules = tuple(
        _partager(d, cellule, guichets)
        for d, cellule in zip(matiere.definitions, total.cellules, strict=True)
    )
    return replace(total, niveau=str(Grain.MOYENNE), libelle="Moyenne du territoire", cellules=cellules)


def _partager(definition: Definition, cellule: Cellule, guichets: int) -> Cellule:
    if definition.operation not in (Operation.COMPTE, Operation.DIFFERENCE) or cellule.numerateur is None:
        return cellule
    valeur = arrondir(cellule.numerateur, guichets, 1)
    return replace(cellule, valeur=valeur, denominateur=guichets)


def _ligne(matiere: Matiere, grain: Grain, fiches: Sequence[FicheGuichet]) -> Ligne:
    comptes = matiere.total(fiches)
    premiere = fiches[0]
    return Ligne(
        cle=f"{grain}:{cle(grain, premiere, matiere.decoupage)}",
        libelle=libelle(grain, premiere, matiere.decoupage, matiere.territoires),
        cellules=tuple(_cellule(matiere, d, grain, fiches, comptes) for d in matiere.definitions),
        niveau=str(grain),
    )


def _cellule(
    matiere: Matiere,
    definition: Definition,
    grain: Grain,
    fiches: Sequence[FicheGuichet],
    comptes: Mapping[str, int],
) -> Cellule:
    if definition.operation is Operation.TEXTE:
        return _texte(definition.numerateur[0], fiches, matiere.decoupage)
    if matiere.absence:
        return Cellule(EtatCellule.NON_DISPONIBLE, motif=matiere.absence)
    if definition.niveau is Niveau.ORGANISME_ANNEE:
        return _de_l_annee(matiere, definition, grain, fiches[0])
    return compter(matiere, definition, comptes)


def compter(matiere: Matiere, definition: Definition, comptes: Mapping[str, int]) -> Cellule:
    """The figure of one indicator, from these counts."""
    inconnu = next((matiere.inconnus[t] for t in _cles(definition) if t in matiere.inconnus), "")
    if inconnu:
        return Cellule(EtatCellule.NON_DISPONIBLE, motif=inconnu)
    haut, seuils = definition.retenu(matiere.lectures), matiere.seuils
    if definition.minimum is not None:
        seuils = replace(seuils, trop_petit=definition.minimum)
    if definition.operation in QUANTILES:
        lues = repartition(lire_terme(haut[0]), comptes)
        return faire_quantile(*quantile(lues, QUANTILES[definition.operation]), seuils=seuils)
    numerateur, denominateur = evaluer(haut, comptes), None
    if definition.operation is Operation.PART:
        denominateur = evaluer(haut, matiere.ensemble)
    elif definition.denominateur:
        denominateur = evaluer(definition.denominateur, comptes)
    if definition.operation is Operation.INDICE:
        return _indice(matiere, definition, numerateur, denominateur or 0, seuils)
    return faire_cellule(
        definition.operation, numerateur, denominateur, decimales=definition.decimales, seuils=seuils
    )


def _cles(definition: Definition) -> list[str]:
    return [lire_terme(texte).cle for texte in definition.termes]


def _indice(
    matiere: Matiere, definition: Definition, numerateur: int, denominateur: int, seuils: Seuils
) -> Cellule:
    """The ratio of the line over that of all lines; its counts are those of the line."""
    simple = faire_cellule(Operation.MOYENNE, numerateur, denominateur, decimales=0, seuils=seuils)
    ensemble = evaluer(definition.retenu(matiere.lectures), matiere.ensemble)
    if simple.valeur is None or ensemble <= 0:
        return simple if simple.valeur is None else Cellule(EtatCellule.VIDE, None, numerateur, denominateur)
    valeur = arrondir(
        numerateur * evaluer(definition.denominateur, matiere.ensemble),
        denominateur * ensemble,
        definition.decimales,
    )
    return replace(simple, valeur=valeur)


QUANTILES = {Operation.MEDIANE: 50, Operation.DECILE_9: 90}


def _de_l_annee(matiere: Matiere, definition: Definition, grain: Grain, fiche: FicheGuichet) -> Cellule:
    """A figure of a body in a territory and a civil year."""
    if fiche.type_organisme is not TypeOrganisme.BAILLEUR and grain in (Grain.ORGANISME, Grain.GUICHET):
        return PAS_BAILLEUR
    if grain is not Grain.ORGANISME:
        return PAR_ORGANISME
    lus = matiere.annee.get((fiche.territoire, fiche.organisme), {})
    comptes: dict[str, int] = {}
    for texte in definition.termes:
        terme = lire_terme(texte).cle
        valeur = lus.get(terme, "")
        if isinstance(valeur, str):
            return Cellule(EtatCellule.NON_DISPONIBLE, motif=valeur)
        comptes[terme] = valeur
    return compter(matiere, definition, comptes)


def _texte(attribut: str, fiches: Sequence[FicheGuichet], decoupage: Decoupage) -> Cellule:
    """The word that all these counters share."""
    textes = {_dire(attribut, fiche, decoupage) for fiche in fiches}
    if len(textes) > 1:
        return PLUSIEURS
    texte = textes.pop()
    return Cellule(EtatCellule.VALEUR, texte=texte) if texte else AUCUN


def _dire(attribut: str, fiche: FicheGuichet, decoupage: Decoupage) -> str:
    if attribut == "TYPE":
        return TYPES_ORGANISME[fiche.type_organisme]
    if attribut == "CATEGORIE":
        return CATEGORIES_ORGANISME[fiche.categorie]
    if attribut == "SIREN":
        return "" if fiche.virtuel else fiche.organisme
    region, code = decoupage.region_de(fiche.territoire), departement(fiche)
    noms = (
        decoupage.regions.get(region, region),
        f"{decoupage.departements[code].nom} ({code})" if code else "",
    )
    return " / ".join(nom for nom in noms if nom)


def valeur_de_tri(cellule: Cellule) -> Decimal | int | str | None:
    """What a cell is sorted by: its figure; a rate too small to be shown has its place; ``None`` for the others."""
    if cellule.etat is EtatCellule.TROP_PETIT and cellule.denominateur:
        return arrondir((cellule.numerateur or 0) * 100, cellule.denominateur, 1)
    return cellule.texte or cellule.valeur


def trier(lignes: Iterable[Ligne], rang: int | None, *, decroissant: bool) -> tuple[Ligne, ...]:
    """The lines in their order, or by the figure of one column (``rang``); those without a figure come last."""
    par_nom = sorted(lignes, key=_ordre)
    if rang is None:
        return tuple(reversed(par_nom) if decroissant else par_nom)
    valeurs: dict[str, Any] = {ligne.cle: valeur_de_tri(ligne.cellules[rang]) for ligne in par_nom}
    avec = [ligne for ligne in par_nom if valeurs[ligne.cle] is not None]
    sans = [ligne for ligne in par_nom if valeurs[ligne.cle] is None]
    return (*sorted(avec, key=lambda ligne: valeurs[ligne.cle], reverse=decroissant), *sans)
