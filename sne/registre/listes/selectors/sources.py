"""Where the lines of each list are: tables, conditions and the two columns of its order, those of an index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sne.referentiels.rules import Parametres
from sne.registre.attente import policies
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre
from sne.socle.acteur import SYSTEME, Acteur


@dataclass(frozen=True, slots=True)
class Source:
    """One list in SQL. ``d`` is the demande; ``cle``, of SQL type ``type_cle``, then ``rang`` are the order.

    Each of ``branches`` is a set of values of the columns before the key in the index: each is read in order, and they
    are merged as they are read. ``guichet``: the column that a counter's lines are found by.
    ``attente``: the alias of the line of ``attente``, when the list is of those. ``a_vue``: planned for its values.
    """

    tables: str
    cle: str
    rang: str
    type_cle: str
    branches: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    guichet: str = "d.guichet_gestionnaire"
    parametres: Mapping[str, Any] = field(default_factory=dict)
    descendant: bool = False
    attente: str = ""
    a_vue: bool = False


@dataclass(frozen=True, slots=True)
class Contexte:
    """What a list depends on besides the filter: which one, who asks, the day, its parameters."""

    code: CodeListe
    acteur: Acteur
    filtre: Filtre
    le: date
    parametres: Parametres

    def par_statut(self) -> tuple[str, ...]:
        """One branch for each state wanted: all of the list's, for one that is not of it."""
        etats, voulu = LISTES[self.code].etats, self.filtre.etat
        return tuple(f"d.statut = '{s}'" for s in etats if voulu == s or voulu not in etats)


DU_TERRITOIRE = "d.territoire = %(territoire)s::text"


def echeance(contexte: Contexte) -> Source:
    """Active files whose validity ends within some weeks, and expired ones that the clock has not struck off yet."""
    return Source(
        tables="demande d",
        cle="d.date_expiration",
        rang="d.id",
        type_cle="date",
        branches=contexte.par_statut(),
        conditions=(DU_TERRITOIRE, "d.date_expiration <= %(horizon)s::date"),
        parametres={
            "horizon": contexte.le
            + timedelta(days=contexte.parametres[ParametresListes].liste_echeance_jours)
        },
    )


def incompletes(contexte: Contexte) -> Source:
    """Open files that lack something a commission needs."""
    return _par_depot(contexte, "d.elements_manquants > 0")


def a_qualifier(contexte: Contexte) -> Source:
    """Open files with a remark that nobody has settled."""
    return _par_depot(contexte, "d.remarques > '{}'")


def reponses(contexte: Contexte) -> Source:
    """What is awaited from somebody: a decision, a document, an answer."""
    return _attentes(contexte)


def courriers(contexte: Contexte) -> Source:
    """Households that a message did not reach."""
    return _attentes(contexte)


def pieces(contexte: Contexte) -> Source:
    """Documents to verify, or about to be valid no more."""
    return _attentes(contexte)


def miennes(contexte: Contexte) -> Source:
    """Files that the actor registered or changed, each once, by their last act on it."""
    return Source(
        tables="version v JOIN demande d ON d.id = v.demande_id",
        cle="v.survenu_le",
        rang="v.id",
        type_cle="timestamptz",
        branches=(_un_des_etats(contexte),),
        conditions=(
            DU_TERRITOIRE,
            "v.auteur = %(auteur)s::uuid",
            f"NOT (v.auteur = '{SYSTEME}'::uuid)",
            "NOT EXISTS (SELECT FROM version s WHERE s.demande_id = v.demande_id AND s.auteur = v.auteur "
            "AND s.numero > v.numero)",
        ),
        parametres={"auteur": contexte.acteur.id},
        descendant=True,
        a_vue=True,  # who did nearly nothing is not who did nearly everything
    )


def _par_depot(contexte: Contexte, condition: str) -> Source:
    return Source(
        tables="demande d",
        cle="d.date_depot",
        rang="d.id",
        type_cle="date",
        branches=contexte.par_statut(),
        conditions=(DU_TERRITOIRE, condition),
    )


def _attentes(contexte: Contexte) -> Source:
    natures = policies.natures_cachees(contexte.acteur, territoire=contexte.acteur.territoire)
    return Source(
        tables="attente a JOIN demande d ON d.id = a.demande_id",
        cle="a.depuis",
        rang="a.id",
        type_cle="timestamptz",
        branches=(_un_des_etats(contexte),),
        conditions=(
            "a.territoire = %(territoire)s::text",
            "a.liste = %(liste)s::text",
            "a.ouverte",
            "NOT (%(cachees)s::text[] @> ARRAY[a.nature::text])",  # of no statistics: few lines are hidden
        ),
        guichet="a.guichet",
        parametres={"liste": str(contexte.code), "cachees": sorted(natures)},
        attente="a",
    )


def _un_des_etats(contexte: Contexte) -> str:
    return f"({' OR '.join(contexte.par_statut())})"


SOURCES: Mapping[CodeListe, Callable[[Contexte], Source]] = {
    CodeListe.ECHEANCE: echeance,
    CodeListe.INCOMPLETES: incompletes,
    CodeListe.REPONSES: reponses,
    CodeListe.COURRIERS: courriers,
    CodeListe.QUALIFIER: a_qualifier,
    CodeListe.PIECES: pieces,
    CodeListe.MIENNES: miennes,
}
