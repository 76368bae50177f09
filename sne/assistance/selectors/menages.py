"""The tickets of a household, as its own pages show them: without notes, nor the name of who answers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sne.assistance.models import MotDuMenage
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.rules.etats import FINIS, STATUTS, Statut
from sne.assistance.rules.menages import CHEZ, ETATS, SANS_TEXTE, Mot
from sne.assistance.rules.niveaux import Niveau
from sne.cellules.routage import a_l_annuaire
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class Echange:
    """One message. ``de_moi``: of the household; else of the desk."""

    de_moi: bool
    html: str
    survenu_le: datetime


@dataclass(frozen=True, slots=True)
class TicketDuMenage:
    """One question and its thread. ``chez``: who has it, in a sentence, empty once it is over; ``ouvert``: it may
    still be written to; ``a_juger``: it is over, and nobody has said yet whether the answer helped.
    """

    numero: str
    titre: str
    etat: str
    chez: str
    fini: bool
    ouvert: bool
    a_juger: bool
    echanges: tuple[Echange, ...]


@a_l_annuaire()
def list_du_menage(compte: uuid.UUID, nud: str, *, le: datetime) -> tuple[TicketDuMenage, ...]:
    """What this account asked of this file, the newest first. Read by a function of the database, which gives no note,
    no name, and nothing of anybody else's: the role of the portal opens no table of the desk.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM assistance_du_menage(%s, %s)", [compte, nud])
        lignes = curseur.fetchall()
    juges = {m.numero for m in list_en_chemin(compte, nud) if m.geste == Mot.AVIS}
    jours = get_parametres(jour(le))[ParametresAssistance].assistance_reouverture_jours
    return tuple(
        _ticket(list(siennes), le - timedelta(days=jours), juge=numero in juges)
        for numero, siennes in groupby(lignes, lambda x: x[0])
    )


@a_l_annuaire()
def list_en_chemin(compte: uuid.UUID, nud: str) -> tuple[MotDuMenage, ...]:
    """What was written and that the desk has not taken yet: within a few minutes, it has."""
    return tuple(
        MotDuMenage.objects.filter(compte=compte, nud=nud, pris_le=None).order_by("survenu_le", "id")
    )


@a_l_annuaire()
def compter_les_mots(compte: uuid.UUID, *, le: datetime) -> int:
    """How many times this account wrote in a day."""
    recents = MotDuMenage.objects.filter(compte=compte, survenu_le__gt=le - timedelta(days=1))
    return recents.exclude(geste__in=SANS_TEXTE).count()


def _ticket(lignes: list[tuple[Any, ...]], depuis: datetime, *, juge: bool) -> TicketDuMenage:
    numero, titre, statut, niveau, derniere, deja, *_ = lignes[0]
    fini = statut in FINIS
    return TicketDuMenage(
        numero=numero,
        titre=titre,
        etat=ETATS.get(statut, STATUTS.get(statut, statut)),
        chez="" if fini else CHEZ[Niveau(niveau)],
        fini=fini,
        ouvert=statut != Statut.CLOS or derniere > depuis,
        a_juger=fini and not deja and not juge,
        echanges=tuple(_echanges(lignes)),
    )


def _echanges(lignes: Iterable[tuple[Any, ...]]) -> Iterable[Echange]:
    for *_, cote, html, survenu_le in lignes:
        yield Echange(cote == "AUTEUR", html, survenu_le)
