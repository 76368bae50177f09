"""The lines of a report from what was counted: one by counter or by group, totals, the mean of a territory. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sne.infocentre.rapports.rules.cellules import Seuils, additionner, arrondir, faire_cellule
from sne.infocentre.rapports.rules.formules import Definition, Niveau, Operation, evaluer
from sne.infocentre.rapports.rules.grains import (
    CATEGORIES_ORGANISME,
    Grain,
    cle,
    departement,
    grouper,
    libelle,
)
from sne.infocentre.rapports.tableau import Cellule, EtatCellule, Ligne
from sne.referentiels.rules import FicheGuichet, TypeOrganisme
from sne.referentiels.rules.decoupage import Decoupage
from sne.suivi.rules.colonnes import TYPES_ORGANISME

LOCATIONS, ATTRIBUTIONS = "LOCATIONS_RPLS", "ATTRIBUTIONS"
PAR_ORGANISME = Cellule(
    EtatCellule.SANS_OBJET, motif="Ce chiffre se lit par organisme : choisissez « Par organisme »."
)
PAS_BAILLEUR = Cellule(EtatCellule.SANS_OBJET, motif="Cet organisme n’est pas bailleur.")
PLUSIEURS = Cellule(EtatCellule.SANS_OBJET, motif="Cette ligne en réunit plusieurs.")
AUCUN = Cellule(EtatCellule.VIDE, motif="Le guichet du portail n’en a pas.")
ATTRIBUTS = ("REGION_DEPARTEMENT", "TYPE", "CATEGORIE", "SIREN")
"""What a column of words says of a counter."""


@dataclass(frozen=True, slots=True)
class Matiere:
    """What a table is made of. ``comptes``: measures of the period, by counter (territory and code, 8 signs).

    ``annee``: allocations of the civil year, and ``rpls``: lettings of that year, or why they are not known, both by
    body (territory, key of the body). ``absence``: why nothing at all can be counted, in French; empty otherwise.
    ``lectures``: dated parameters that choose the reading of an indicator.
    """

    definitions: tuple[Definition, ...]
    fiches: tuple[FicheGuichet, ...]
    comptes: Mapping[str, Mapping[str, int]]
    annee: Mapping[tuple[str, str], int]
    rpls: Mapping[tuple[str, str], int | str]
    decoupage: Decoupage
    territoires: Mapping[str, str]
    lectures: Mapping[str, str]
    seuils: Seuils
    absence: str = ""

    def total(self, fiches: Iterable[FicheGuichet]) -> dict[str, int]:
        """What these counters did, together."""
        return additionner(self.comptes.get(f.territoire + f.code, {}) for f in fiches)


def dresser(matiere: Matiere, grain: Grain) -> tuple[Ligne, ...]:
    """One line for each group of counters of this grain that did something, or is open, in the order of their names."""
    groupes = grouper(grain, matiere.fiches, matiere.decoupage).values()
    lignes = [_ligne(matiere, grain, fiches) for fiches in groupes]
    return tuple(sorted(lignes, key=lambda ligne: (ligne.libelle, ligne.cle)))


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
    return _compter(matiere, definition, comptes)


def _compter(matiere: Matiere, definition: Definition, comptes: Mapping[str, int]) -> Cellule:
    return faire_cellule(
        definition.operation,
        evaluer(definition.retenu(matiere.lectures), comptes),
        evaluer(definition.denominateur, comptes) if definition.denominateur else None,
        decimales=definition.decimales,
        seuils=matiere.seuils,
    )


def _de_l_annee(matiere: Matiere, definition: Definition, grain: Grain, fiche: FicheGuichet) -> Cellule:
    """A figure of a body in a territory and a civil year."""
    if fiche.type_organisme is not TypeOrganisme.BAILLEUR and grain in (Grain.ORGANISME, Grain.GUICHET):
        return PAS_BAILLEUR
    if grain is not Grain.ORGANISME:
        return PAR_ORGANISME
    qui = (fiche.territoire, fiche.organisme)
    locations = matiere.rpls.get(qui, "")
    if isinstance(locations, str):
        return Cellule(EtatCellule.NON_DISPONIBLE, motif=locations)
    return _compter(matiere, definition, {LOCATIONS: locations, ATTRIBUTIONS: matiere.annee.get(qui, 0)})


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
    """The lines by their label, or by the figure of one column (``rang``); those without a figure come last."""
    par_nom = sorted(lignes, key=lambda ligne: (ligne.libelle, ligne.cle))
    if rang is None:
        return tuple(reversed(par_nom) if decroissant else par_nom)
    valeurs: dict[str, Any] = {ligne.cle: valeur_de_tri(ligne.cellules[rang]) for ligne in par_nom}
    avec = [ligne for ligne in par_nom if valeurs[ligne.cle] is not None]
    sans = [ligne for ligne in par_nom if valeurs[ligne.cle] is None]
    return (*sorted(avec, key=lambda ligne: valeurs[ligne.cle], reverse=decroissant), *sans)
