"""An indicator month by month, for everything that is read: what lines are drawn of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from sne.infocentre.lac.selectors import get_debut, sommer_par_mois
from sne.infocentre.lac.selectors.guichets import list_epoques
from sne.infocentre.mesures.catalogue import mesure_de
from sne.infocentre.rapports.rules.cellules import additionner
from sne.infocentre.rapports.rules.formules import Definition, Niveau, Operation
from sne.infocentre.rapports.rules.grains import HORS_DU_LAC
from sne.infocentre.rapports.rules.lignes import Matiere, compter
from sne.infocentre.rapports.rules.periodes import MOIS_PAR_DEFAUT, Periode, fin_du_mois
from sne.infocentre.rapports.rules.termes import DELAI, Terme, lire_terme, mesures_de, nommer
from sne.infocentre.rapports.selectors import comptes
from sne.infocentre.rapports.selectors.tableau import Demandee
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.referentiels.selectors.guichets import list_fiches_des

AVANT_LE_DEBUT = Cellule(EtatCellule.NON_DISPONIBLE, motif="Ce mois est d’avant les premiers chiffres.")
SANS_MOIS = frozenset({Operation.TEXTE, Operation.PART, Operation.INDICE})
"""Words, and figures of a line among all: the whole has none of them."""
AU_DELA_DU_MOIS = ("T", "A")
"""Windows of a quarter or of a civil year: twelve months would draw the same one several times."""

type Points = tuple[tuple[date, Cellule], ...]


@dataclass(frozen=True, slots=True)
class Mois:
    """The months to draw, in order."""

    premiers: tuple[date, ...]

    @property
    def periode(self) -> Periode:
        """From the first to the last."""
        return Periode(self.premiers[0], fin_du_mois(self.premiers[-1]))


def est_mensuelle(definition: Definition) -> bool:
    """Whether it is a figure that each month has, of everything that is read, under a title that is true of each."""
    termes = [lire_terme(t) for t in definition.termes]
    return (
        definition.operation not in SANS_MOIS
        and definition.niveau is not Niveau.ORGANISME_ANNEE
        and "{" not in definition.libelle
        and not HORS_DU_LAC & mesures_de(definition.termes)
        and not any(t.seuil == DELAI or t.fenetre.startswith(AU_DELA_DU_MOIS) for t in termes)
    )


def list_points(demandee: Demandee, definition: Definition, matiere: Matiere) -> Points:
    """The months of the period, twelve at least, that end with it. ``matiere``: of the table, for its thresholds.

    Raises ``ValueError`` for an indicator that months do not have (:func:`est_mensuelle`).
    """
    if not est_mensuelle(definition):
        raise ValueError(f"no figure by month: {definition.code}")
    dernier = demandee.periode.au.replace(day=1)
    nombre = max(demandee.periode.mois, MOIS_PAR_DEFAUT)
    mois = Mois(tuple(dernier - relativedelta(months=n) for n in reversed(range(nombre))))
    debut = get_debut(demandee.portee.territoires)
    if debut is None:
        return tuple((m, AVANT_LE_DEBUT) for m in mois.premiers)
    termes = [lire_terme(t) for t in definition.termes]
    lus = (_un_a_un if any(t.fenetre for t in termes) else _simples)(demandee, termes, mois)
    debuts = comptes.lire_debuts(termes, demandee.portee.territoires)

    def point(m: date) -> Cellule:
        if m < debut:
            return AVANT_LE_DEBUT
        manques = comptes.inconnus(termes, Periode(m, fin_du_mois(m)), debuts)
        return compter(replace(matiere, inconnus=manques, absence=""), definition, lus[m])

    return tuple((m, point(m)) for m in mois.premiers)


def _gardes(demandee: Demandee, mois: Mois) -> dict[date, frozenset[str]] | None:
    """By month, the counters that are read, as they were on its first day; ``None`` for all."""
    if demandee.entiere:
        return None
    fiches = {c: f for c, f in list_fiches_des(demandee.portee.territoires).items() if demandee.dure(f)}
    epoques = {} if demandee.actuels else list_epoques(fiches)
    return {
        m: frozenset(
            code
            for code, fiche in fiches.items()
            for lue in epoques.get(code, (fiche,))
            if (code not in epoques or lue.periode.contient(m)) and demandee.garde(lue)
        )
        for m in mois.premiers
    }


def _simples(demandee: Demandee, termes: Sequence[Terme], mois: Mois) -> dict[date, dict[str, int]]:
    """One statement; what is counted on a day is what every month until then added."""
    codes, gardes = {t.mesure for t in termes}, _gardes(demandee, mois)
    lus = sommer_par_mois(
        codes,
        territoires=demandee.portee.territoires,
        du=mois.premiers[0],
        au=mois.periode.au,
        guichets=None if gardes is None else frozenset().union(*gardes.values()),
        ensemble=gardes is None,
    )
    cumulees = any(mesure_de(code).cumulee for code in codes)
    resultat = {}
    for m in mois.premiers:
        siens = [(quand, c) for (ligne, quand), c in lus.items() if gardes is None or ligne in gardes[m]]
        du_mois = additionner(c for quand, c in siens if quand == m)
        jusque_la = additionner(c for quand, c in siens if quand <= m) if cumulees else {}
        resultat[m] = {
            nommer(mesure, Terme(mesure_de(mesure).code), fin_du_mois(m)): n
            for cumulee, comptes_lus in ((False, du_mois), (True, jusque_la))
            for mesure, n in comptes_lus.items()
            if mesure_de(mesure).cumulee is cumulee
        }
    return resultat


def _un_a_un(demandee: Demandee, termes: Sequence[Terme], mois: Mois) -> dict[date, dict[str, int]]:
    """Windows: each month as the table of that month counts it."""
    gardes, resultat = _gardes(demandee, mois), {}
    for m in mois.premiers:
        lus = comptes.compter(
            termes, territoires=demandee.portee.territoires, periode=Periode(m, fin_du_mois(m))
        )
        resultat[m] = additionner(c for ligne, c in lus.items() if gardes is None or ligne in gardes[m])
    return resultat
