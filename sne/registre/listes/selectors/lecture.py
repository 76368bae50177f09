"""Reading a list within the actor's perimeter: a page, a bounded count, or the whole of it, chunk by chunk."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import Error

from sne.referentiels.selectors import get_parametres
from sne.registre.listes import policies
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre
from sne.registre.listes.selectors import requete
from sne.registre.listes.selectors.sources import SOURCES, Contexte, Source
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.lignes import lire_lignes
from sne.socle.pages import DEBUT, Page, Position, paginer
from sne.socle.replique import D_UNE_PAGE, connection, jusqu_ici, lectures_en_nombre

PAR_PAGE = 50
PAR_MORCEAU = 500  # lines of an export held in memory together


@dataclass(frozen=True, slots=True)
class LigneDeListe:
    """One line: the file under its applicant's name, and its place in the order of the list.

    ``valable_depuis``: the day from which its present validity counts.
    """

    cle: date | datetime
    rang: uuid.UUID
    demande_id: uuid.UUID
    nud: str
    statut: str
    date_depot: date
    date_expiration: date
    valable_depuis: date
    guichet: str
    commune: str
    nb_personnes: int
    types_logement: Sequence[str]
    deja_locataire_hlm: bool
    nom: str
    prenoms: str
    elements_manquants: int
    remarques: Sequence[str]
    nature: str
    guichet_attente: str
    auteur: uuid.UUID | None
    avant: date | None

    @property
    def position(self) -> Position:
        """Its place."""
        return Position(self.cle, self.rang)


@dataclass(frozen=True, slots=True)
class Demandee:
    """A list as somebody asks for it: whose perimeter, which list, narrowed how, on which day."""

    code: CodeListe
    filtre: Filtre
    acteur: Acteur
    le: date


def list_guichets_des_listes(acteur: Acteur) -> tuple[str, ...] | None:
    """Counters whose lists the actor opens where they act; ``None``: any of the territory."""
    return policies.guichets_des_listes(acteur)


def list_dossiers(
    demandee: Demandee, *, position: Position = DEBUT, par_page: int = PAR_PAGE
) -> Page[LigneDeListe]:
    """A page of a list, in one statement. Raises ``Introuvable`` outside the actor's perimeter."""
    source = _source(demandee)
    lues = _lire(source, demandee, position, limite=par_page + 1)
    return paginer(lues, position, par_page=par_page, repere=lambda ligne: ligne.position)


def compter_liste(demandee: Demandee, *, au_plus: int) -> int:
    """How many lines a list has, never more than ``au_plus`` + 1. Raises ``Introuvable`` outside the perimeter."""
    return compter_listes([demandee], au_plus=au_plus)[0]


def compter_listes(demandees: Sequence[Demandee], *, au_plus: int) -> tuple[int, ...]:
    """The same of several lists, in their order, in one statement."""
    nombres, parametres = [], dict[str, Any]()
    for rang, demandee in enumerate(demandees):
        source, territoire = _source(demandee), demandee.acteur.territoire
        texte, siens = requete.nombre(source, demandee.filtre, territoire=territoire, limite=au_plus + 1)
        nombres.append(f"({texte.replace('%(', f'%(l{rang}_')})")  # each list has its own values
        parametres.update({f"l{rang}_{nom}": valeur for nom, valeur in siens.items()})
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {', '.join(nombres)}", parametres)
        return tuple(map(int, curseur.fetchone()))


def parcourir_liste(demandee: Demandee, *, au_plus: int) -> Iterator[LigneDeListe]:
    """Every line in the order of the list, ``au_plus`` at most; a few hundred are in memory together.

    Once lines have left, a file that is cut short would pass for a whole one: if the replica is lost meanwhile, the
    rest is read where it is written.
    """
    source, position, restent = _source(demandee), DEBUT, au_plus
    ecrit = jusqu_ici()  # what its reader wrote, and counted, is in it
    lectures: Callable[[], AbstractContextManager[None]] = partial(
        lectures_en_nombre, ecrit, retard=D_UNE_PAGE
    )
    while restent > 0:
        lire = partial(_lire, source, demandee, position, limite=min(PAR_MORCEAU, restent))
        try:
            with lectures():
                morceau = lire()
        except (Interdit, Error):
            lectures, morceau = nullcontext, lire()
        yield from morceau
        if len(morceau) < PAR_MORCEAU:
            return
        restent -= len(morceau)
        position = morceau[-1].position


def _source(demandee: Demandee) -> Source:
    acteur, filtre = demandee.acteur, demandee.filtre
    permis = policies.can_lire_liste(
        acteur,
        territoire=acteur.territoire,
        guichet=filtre.guichet,
        personnelle=LISTES[demandee.code].personnelle,
    )
    if not permis:
        raise Introuvable("Cette liste n’est pas dans votre périmètre. Choisissez un de vos guichets.")
    return SOURCES[demandee.code](
        Contexte(demandee.code, acteur, filtre, demandee.le, get_parametres(demandee.le))
    )


def _lire(source: Source, demandee: Demandee, position: Position, *, limite: int) -> list[LigneDeListe]:
    texte, parametres = requete.page(
        source, demandee.filtre, position, territoire=demandee.acteur.territoire, limite=limite
    )
    return [LigneDeListe(**ligne) for ligne in lire_lignes(texte, parametres)]
