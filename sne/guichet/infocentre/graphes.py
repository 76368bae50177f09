"""The drawings of a report: one of its columns by line, month by month, on a map where its lines are places."""

from dataclasses import dataclass

from sne.infocentre.contours.selectors import get_fond
from sne.infocentre.dessins import (
    Dessin,
    Lieu,
    Mesure,
    Serie,
    barres,
    carte_de_communes,
    carte_de_tuiles,
    classer_les_cas,
    courbe,
    histogramme,
)
from sne.infocentre.dessins.carte import communes, tuiles
from sne.infocentre.dessins.mots import valeur_de
from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.grains import AXES, GRAINS, Grain
from sne.infocentre.rapports.rules.lieux import NatureLieu, Portee
from sne.infocentre.rapports.rules.lignes import QUANTILES
from sne.infocentre.rapports.rules.termes import lire_terme, quantile, repartition
from sne.infocentre.rapports.selectors.series import est_mensuelle, list_points
from sne.infocentre.rapports.selectors.tableau import Demandee, Lu
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.signes import INSECABLE
from sne.socle.templatetags.socle_tags import pluriel

BARRES_AU_PLUS = 20
NOMS = {**GRAINS, **AXES}
COMMUNES_AU_PLUS = 120  # squares that a screen of phone can hold
DEUX = 2
SANS_BARRE = (EtatCellule.SANS_OBJET, EtatCellule.VIDE)


@dataclass(frozen=True, slots=True)
class Graphe:
    """One drawing, under what it shows."""

    titre: str
    dessin: Dessin


def est_dessinable(definition: Definition) -> bool:
    """Whether a column has figures to draw."""
    return definition.operation is not Operation.TEXTE


def mesure_de(colonne: Colonne) -> Mesure:
    """A column as drawings name it."""
    return Mesure(colonne.libelle, colonne.unite, colonne.decimales)


def dessiner_rapport(demandee: Demandee, lu: Lu, code: str = "") -> tuple[Graphe, ...]:
    """Drawings of one column of a table; of the first that each line has, when none is named."""
    rang = _choisir(lu, code)
    if rang is None:
        return ()
    colonne = lu.tableau.colonnes[rang]
    lignes = [ligne for ligne in lu.tableau.lignes if ligne.niveau == demandee.grain]
    if not any(valeur_de(ligne.cellules[rang]) for ligne in lignes):
        lignes = []  # nothing but zeros and absences: the table says which
    dessins = (
        _carte(colonne, rang, lignes, demandee),
        _barres(colonne, rang, lignes, demandee.grain),
        None if demandee.portee.secrete else _histogramme(colonne, lu, rang),
        _courbe(demandee, lu, rang),
    )
    return tuple(graphe for graphe in dessins if graphe)


def dessiner_un(
    demandee: Demandee, lu: Lu, *, par_ligne: bool, identifiant: str, code: str = ""
) -> Graphe | None:
    """The one drawing of a report among several: the first column with a figure, that of ``code`` before the others, by
    line (communes on their map), else month by month.
    """
    lignes = [ligne for ligne in lu.tableau.lignes if ligne.niveau == demandee.grain]
    for rang, colonne in sorted(enumerate(lu.tableau.colonnes), key=lambda rangee: rangee[1].code != code):
        if par_ligne and any(valeur_de(ligne.cellules[rang]) for ligne in lignes):
            carte = _carte(colonne, rang, lignes, demandee, identifiant)
            return carte or _barres(colonne, rang, lignes, demandee.grain, identifiant)
        if not par_ligne and (graphe := _courbe(demandee, lu, rang, identifiant)):
            return graphe
    return None


def _choisir(lu: Lu, code: str) -> int | None:
    definitions = lu.matiere.definitions
    rangs = {d.code: rang for rang, d in enumerate(definitions) if est_dessinable(d)}
    mensuelles = (rang for rang, d in enumerate(definitions) if est_mensuelle(d))
    return rangs.get(code, next(mensuelles, next(iter(rangs.values()), None)))


def _barres(
    colonne: Colonne, rang: int, lignes: list[Ligne], grain: Grain, identifiant: str = "g-barres"
) -> Graphe | None:
    """One bar a line that the column is about; the highest when there are too many, which the title says; the sentence
    is about all of them.
    """
    paires = [(ligne.libelle, ligne.cellules[rang]) for ligne in lignes]
    paires = [(libelle, c) for libelle, c in paires if c.etat not in SANS_BARRE]
    if len(paires) < DEUX:
        return None
    titre, toutes = f"{colonne.libelle}, {NOMS[grain].lower()}", paires
    if len(paires) > BARRES_AU_PLUS:
        titre = f"{titre} : les {BARRES_AU_PLUS} plus hauts sur {len(paires)}"
        paires = sorted(paires, key=_hauteur, reverse=True)[:BARRES_AU_PLUS]
    return Graphe(titre, barres(mesure_de(colonne), paires, identifiant=identifiant, toutes=toutes))


def _hauteur(paire: tuple[str, Cellule]) -> tuple[bool, float]:
    valeur = valeur_de(paire[1])
    return (valeur is not None, float(valeur or 0))


def _carte(
    colonne: Colonne, rang: int, lignes: list[Ligne], demandee: Demandee, identifiant: str = "g-carte"
) -> Graphe | None:
    """Places where they lie."""
    if demandee.grain not in (Grain.TERRITOIRE, Grain.COMMUNE) or len(lignes) < DEUX:
        return None
    lieux = [
        Lieu(code, ligne.libelle, ligne.cellules[rang])
        for ligne in lignes
        if (code := ligne.cle.partition(":")[2])
    ]
    if demandee.grain is Grain.COMMUNE:
        return _carte_de_communes(colonne, lieux, demandee.portee, identifiant)
    connus = [lieu for lieu in lieux if lieu.code in tuiles()]
    titre = f"{colonne.libelle}, un carré par territoire"
    return Graphe(titre, carte_de_tuiles(mesure_de(colonne), connus, identifiant=identifiant))


def _carte_de_communes(
    colonne: Colonne, lieux: list[Lieu], portee: Portee, identifiant: str
) -> Graphe | None:
    """Communes of the place by the outlines that the operator gave, or as the fictional territory is drawn; else
    squares in the order of their names. Those that have no outline, and those of other places, are in the table alone.
    """
    titre, mesure = f"{colonne.libelle}, par commune", mesure_de(colonne)
    fond = get_fond(_departements(portee))
    contours = fond.contours or (communes() if all(lieu.code in communes() for lieu in lieux) else {})
    dessines = [lieu for lieu in lieux if lieu.code in contours]
    if len(dessines) < DEUX:
        titre += " : un carré chacune, par ordre alphabétique"
        if len(lieux) > COMMUNES_AU_PLUS:
            titre += f", les {COMMUNES_AU_PLUS} premières sur {len(lieux)}"
        return Graphe(titre, carte_de_communes(mesure, lieux[:COMMUNES_AU_PLUS], identifiant=identifiant))
    if ailleurs := len(lieux) - len(dessines):
        titre += f"\u00a0: {pluriel(ailleurs, 'autre est dans le tableau,autres sont dans le tableau')}"
    return Graphe(
        titre,
        carte_de_communes(mesure, dessines, identifiant=identifiant, contours=contours, credit=fond.credit),
    )


def _departements(portee: Portee) -> list[str]:
    """Those that a place covers; none of the nation, whose thirty-five thousand communes no page can draw."""
    if portee.lieu.nature is NatureLieu.NATION:
        return []
    if portee.departement:
        return [portee.departement]
    decoupage = get_decoupage()
    return [d.code for territoire in portee.territoires for d in decoupage.departements_de(territoire)]


def _histogramme(colonne: Colonne, lu: Lu, rang: int) -> Graphe | None:
    """The cases that a median or a decile is of, by class; hatched past the class that it is in."""
    definition, matiere = lu.matiere.definitions[rang], lu.matiere
    if definition.operation not in QUANTILES:
        return None
    terme = lire_terme(definition.retenu(matiere.lectures)[0])
    cas = repartition(terme, matiere.total(matiere.fiches))
    valeur, nombre = quantile(cas, QUANTILES[definition.operation])
    if nombre < matiere.seuils.trop_petit:
        return None
    classes = classer_les_cas(cas)
    dedans = next(rang for rang, (fin, _) in enumerate(classes, 1) if fin >= valeur)
    mots = f"jusqu’à {classes[dedans - 1][0]}{INSECABLE}{colonne.unite}"
    dessin = histogramme(
        Mesure(f"{colonne.libelle}, cas par cas"),
        [(f"≤{INSECABLE}{fin}", n) for fin, n in classes],
        dedans=dedans,
        mots=mots,
        identifiant="g-histogramme",
    )
    return Graphe(f"{colonne.libelle}{INSECABLE}: combien de cas, en {colonne.unite}", dessin)


def _courbe(demandee: Demandee, lu: Lu, rang: int, identifiant: str = "g-courbe") -> Graphe | None:
    """The whole of what is read, month by month, beside what it is compared with. What was known on a day is not drawn:
    cells are those of today.
    """
    definition, colonne, matiere = lu.matiere.definitions[rang], lu.tableau.colonnes[rang], lu.matiere
    if demandee.connu_le or not est_mensuelle(definition):
        return None
    series = [Serie("Ensemble", list_points(demandee, definition, matiere))]
    if not any(valeur_de(cellule) for _, cellule in series[0].points):
        return None
    if demandee.contre and demandee.comparee:
        autre = list_points(demandee.comparee, definition, matiere)
        points = [(m, c) for (m, _), (_, c) in zip(series[0].points, autre, strict=False)]
        series.append(Serie(demandee.contre.libelle.capitalize(), points))
    titre = f"{colonne.libelle}, mois par mois"
    return Graphe(titre, courbe(mesure_de(colonne), series, identifiant=identifiant))
