"""The drawings of a report: one of its columns by line, month by month, on a map where its lines are places."""

from dataclasses import dataclass, replace
from datetime import date

from sne.infocentre.dessins import Dessin, Lieu, Mesure, Serie, barres, carte_de_tuiles, courbe
from sne.infocentre.dessins.carte import tuiles
from sne.infocentre.dessins.mots import valeur_de
from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.grains import GRAINS, Grain
from sne.infocentre.rapports.selectors.series import est_mensuelle, list_mensuels
from sne.infocentre.rapports.selectors.tableau import Demandee, Lu
from sne.infocentre.rapports.tableau import Cellule, Colonne, Ligne
from sne.socle.horloge import aujourd_hui

BARRES_AU_PLUS = 20
DEUX = 2


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
        _carte(colonne, rang, lignes, demandee.grain),
        _barres(colonne, rang, lignes, demandee.grain),
        _courbe(demandee, lu.matiere.definitions[rang], colonne),
    )
    return tuple(graphe for graphe in dessins if graphe)


def dessiner_un(demandee: Demandee, lu: Lu, *, par_ligne: bool, identifiant: str) -> Graphe | None:
    """The one drawing of a report among several: the first column with a figure, by line, else month by month."""
    definitions = lu.matiere.definitions
    lignes = [ligne for ligne in lu.tableau.lignes if ligne.niveau == demandee.grain]
    for rang, definition in enumerate(definitions):
        colonne = lu.tableau.colonnes[rang]
        if par_ligne and any(valeur_de(ligne.cellules[rang]) for ligne in lignes):
            return _barres(colonne, rang, lignes, demandee.grain, identifiant)
        if not par_ligne and (graphe := _courbe(demandee, definition, colonne, identifiant)):
            return graphe
    return None


def _choisir(lu: Lu, code: str) -> int | None:
    definitions = lu.matiere.definitions
    rangs = {d.code: rang for rang, d in enumerate(definitions) if est_dessinable(d)}
    premiere = next((rang for rang, d in enumerate(definitions) if est_mensuelle(d)), None)
    return rangs.get(code, premiere)


def _barres(
    colonne: Colonne, rang: int, lignes: list[Ligne], grain: Grain, identifiant: str = "g-barres"
) -> Graphe | None:
    """One bar a line; the highest when there are too many, which the title says."""
    if len(lignes) < DEUX:
        return None
    paires = [(ligne.libelle, ligne.cellules[rang]) for ligne in lignes]
    titre = f"{colonne.libelle}, {GRAINS[grain].lower()}"
    if len(paires) > BARRES_AU_PLUS:
        titre = f"{titre} : les {BARRES_AU_PLUS} plus hauts sur {len(paires)}"
        paires = sorted(paires, key=_hauteur, reverse=True)[:BARRES_AU_PLUS]
    return Graphe(titre, barres(mesure_de(colonne), paires, identifiant=identifiant))


def _hauteur(paire: tuple[str, Cellule]) -> tuple[bool, float]:
    valeur = valeur_de(paire[1])
    return (valeur is not None, float(valeur or 0))


def _carte(colonne: Colonne, rang: int, lignes: list[Ligne], grain: Grain) -> Graphe | None:
    if grain is not Grain.TERRITOIRE or len(lignes) < DEUX:
        return None
    lieux = [
        Lieu(code, ligne.libelle, ligne.cellules[rang])
        for ligne in lignes
        if (code := ligne.cle.partition(":")[2]) in tuiles()
    ]
    titre = f"{colonne.libelle}, un carré par territoire"
    return Graphe(titre, carte_de_tuiles(mesure_de(colonne), lieux, identifiant="g-carte"))


def _courbe(
    demandee: Demandee, definition: Definition, colonne: Colonne, identifiant: str = "g-courbe"
) -> Graphe | None:
    """The whole of what is read, month by month, beside what it is compared with. What was known on a day is not drawn:
    cells are those of today.
    """
    if demandee.connu_le or not est_mensuelle(definition):
        return None
    le = aujourd_hui()
    series = [_serie("Ensemble", demandee, definition, le)]
    if not any(valeur_de(cellule) for _, cellule in series[0].points):
        return None
    if demandee.contre and demandee.comparee:
        autre = _serie(demandee.contre.libelle.capitalize(), demandee.comparee, definition, le)
        points = [(m, c) for (m, _), (_, c) in zip(series[0].points, autre.points, strict=False)]
        series.append(replace(autre, points=points))
    titre = f"{colonne.libelle}, mois par mois"
    return Graphe(titre, courbe(mesure_de(colonne), series, identifiant=identifiant))


def _serie(nom: str, demandee: Demandee, definition: Definition, le: date) -> Serie:
    [mensuel] = list_mensuels(demandee, [definition], le=le)
    return Serie(nom, mensuel.points)
