"""Searching the journal: a read like any other, told to the journal by what was looked for, never by a name."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.journal.selectors.recherche import ActeTrouve, Recherche, chercher_actes
from sne.preuve import policies
from sne.preuve.parametres import ParametresPreuve
from sne.preuve.rules import Criteres, cles, exiger_periode, verbes_cherches
from sne.preuve.selectors import list_comptes_d_agent
from sne.preuve.verbes import VerbePreuve
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.policies import verbes_caches_dans
from sne.registre.demande.selectors.existence import get_demande_id, list_nuds
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, require
from sne.socle.pages import DEBUT, Page, Position, paginer

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class PageActes(Page[ActeTrouve]):
    """One page of acts, the newest first, and the number of each demande that may be read."""

    nuds: Mapping[uuid.UUID, str] = MappingProxyType({})


@transaction.atomic
def rechercher_actes(criteres: Criteres, *, acte: Acte, position: Position = DEBUT) -> PageActes:
    """A page of acts of the perimeter, except those whose name alone says too much to this reader; journalled.

    Raises ``NonHabilite``, ``Introuvable`` (a counter, an agent or a demande out of the perimeter) and ``Interdit``
    (the period).
    """
    recherche = preparer(criteres, acteur=acte.acteur, le=acte.survenu_le)
    lus = chercher_actes(recherche, au_plus=PAR_PAGE + 1, position=position)
    page = paginer(lus, position, par_page=PAR_PAGE, repere=lambda a: Position(a.survenu_le, a.id))
    journaliser(
        VerbePreuve.RECHERCHER_ACTES,
        criteres,
        {"resultats": len(page.lignes)},
        demande=recherche.demande,
        acte=acte,
    )
    return PageActes(
        page.lignes,
        page.suivante,
        page.precedente,
        nuds=list_nuds({a.demande_id for a in page.lignes if a.demande_id}, acte.acteur),
    )


def preparer(criteres: Criteres, *, acteur: Acteur, le: datetime) -> Recherche:
    """What the journal is asked, within what the actor may read. Raises as :func:`rechercher_actes` does."""
    territoire = criteres.territoire
    require(policies.can_lire_journal(acteur, territoire=territoire), sans_droit(Permission.JOURNAL_LIRE))
    exiger_periode(
        criteres, au_plus=get_parametres(horloge.jour(le))[ParametresPreuve].journal_recherche_jours_max
    )
    guichets = policies.guichets_lisibles(acteur, territoire=territoire)
    if criteres.guichet:
        if guichets is not None and criteres.guichet not in guichets:
            raise Introuvable("Ce guichet n’est pas dans votre périmètre.", champ="guichet")
        guichets = frozenset({criteres.guichet})
    return Recherche(
        territoire=territoire,
        depuis=horloge.debut_du_jour(criteres.du),
        avant=horloge.debut_du_jour(criteres.au + timedelta(days=1)),
        guichets=guichets,
        agents=_comptes(criteres.agent, criteres, acteur) if criteres.agent else None,
        demande=_demande(criteres.nud, acteur) if criteres.nud else None,
        cles=cles(criteres.champ),
        parmi=verbes_cherches(criteres.genre, criteres.champ),
        sauf=verbes_caches_dans(acteur, territoire=territoire),
    )


def _comptes(agent: uuid.UUID, criteres: Criteres, acteur: Acteur) -> frozenset[uuid.UUID]:
    """Every account of the person asked for, who must be one of the perimeter."""
    comptes = list_comptes_d_agent(agent, acteur, territoire=criteres.territoire)
    if not comptes:
        raise Introuvable("Cet agent n’est pas dans votre périmètre.", champ="agent")
    return comptes


def _demande(nud: str, acteur: Acteur) -> uuid.UUID:
    try:
        return get_demande_id(nud, acteur)
    except Introuvable as exc:
        raise Introuvable(exc.phrase, champ="demande") from exc


def journaliser(
    verbe: Verbe,
    criteres: Criteres,
    nombre: Mapping[str, int],
    *,
    demande: uuid.UUID | None,
    acte: Acte,
) -> None:
    """Tell a search, or the file made of it: who, by which criteria, and how many acts."""
    dits = {
        "du": criteres.du.isoformat(),
        "au": criteres.au.isoformat(),
        "guichet": criteres.guichet,
        "agent": str(criteres.agent or ""),
        "demande": str(demande or ""),
        "champ": str(criteres.champ or ""),
        "genre": str(criteres.genre),
    }
    journal.inscrire(
        Entree(
            verbe=verbe,
            acte=acte,
            territoire=criteres.territoire,
            faits={**nombre, "criteres": {nom: dit for nom, dit in dits.items() if dit}},
        )
    )
