"""An indicator month by month, for everything that is read: what lines are drawn of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from sne.infocentre.lac.selectors import get_debut, sommer_par_mois
from sne.infocentre.rapports.parametres import ParametresRapports
from sne.infocentre.rapports.rules.cellules import Seuils, additionner, faire_cellule
from sne.infocentre.rapports.rules.formules import Definition, Niveau, Operation, evaluer, mesures_de
from sne.infocentre.rapports.rules.periodes import MOIS_PAR_DEFAUT
from sne.infocentre.rapports.selectors.catalogue import get_lectures
from sne.infocentre.rapports.selectors.tableau import Demandee
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.referentiels.selectors import get_parametres
from sne.referentiels.selectors.guichets import list_fiches_des

AVANT_LE_DEBUT = Cellule(EtatCellule.NON_DISPONIBLE, motif="Ce mois est d’avant les premiers chiffres.")


@dataclass(frozen=True, slots=True)
class Mensuel:
    """One indicator: its figure of each month, in order."""

    definition: Definition
    points: tuple[tuple[date, Cellule], ...]


def list_mensuels(demandee: Demandee, definitions: Sequence[Definition], *, le: date) -> tuple[Mensuel, ...]:
    """The months of the period, twelve at least, that end with it. What is of a civil year, or is no figure, is left
    out.
    """
    mensuelles = [d for d in definitions if est_mensuelle(d)]
    mois = _mois(demandee)
    lectures, seuils = get_lectures(le), _seuils(le)
    termes = {t for d in mensuelles for t in (*d.retenu(lectures), *d.denominateur)}
    territoires = demandee.portee.territoires
    gardes = (
        None
        if demandee.entiere
        else [code for code, fiche in list_fiches_des(territoires).items() if demandee.garde(fiche)]
    )
    lus = sommer_par_mois(
        mesures_de(sorted(termes)),
        territoires=territoires,
        du=mois[0],
        au=demandee.periode.au,
        guichets=gardes,
    )
    comptes = {m: additionner(c for (_, quand), c in lus.items() if quand == m) for m in mois}
    debut = get_debut(territoires)
    return tuple(
        Mensuel(
            d,
            tuple(
                (
                    m,
                    _cellule(d, comptes[m], lectures, seuils) if debut and debut <= m else AVANT_LE_DEBUT,
                )
                for m in mois
            ),
        )
        for d in mensuelles
    )


def est_mensuelle(definition: Definition) -> bool:
    """Whether it is a figure that each month has."""
    return definition.operation is not Operation.TEXTE and definition.niveau is not Niveau.ORGANISME_ANNEE


def _mois(demandee: Demandee) -> list[date]:
    dernier = demandee.periode.au.replace(day=1)
    nombre = max(demandee.periode.mois, MOIS_PAR_DEFAUT)
    return [dernier - relativedelta(months=n) for n in reversed(range(nombre))]


def _seuils(le: date) -> Seuils:
    parametres = get_parametres(le)[ParametresRapports]
    return Seuils(parametres.rapport_denominateur_fragile, parametres.rapport_denominateur_minimal)


def _cellule(
    definition: Definition, comptes: dict[str, int], lectures: dict[str, str], seuils: Seuils
) -> Cellule:
    return faire_cellule(
        definition.operation,
        evaluer(definition.retenu(lectures), comptes),
        evaluer(definition.denominateur, comptes) if definition.denominateur else None,
        decimales=definition.decimales,
        seuils=seuils,
    )
