"""Clocks started, stopped, paused, in the transaction of the act that makes them."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from sne.assistance.models import HorlogeTicket, PauseTicket, Ticket
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.policies import place_de
from sne.assistance.rules.etats import EN_PAUSE
from sne.assistance.rules.horloges import Genre, ajouter, ecoulees
from sne.assistance.rules.niveaux import Categorie, Niveau
from sne.assistance.selectors.horloges import get_bureau
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import jour

_G = Categorie.GENANT
CLASSES = {Categorie.BLOQUANT: Categorie.BLOQUANT, _G: _G, Categorie.DONNEES: _G}
"""Categories that have delays of their own, or those of another; the rest have those of a question."""


def _minutes(ticket: Ticket, genre: Genre, *, le: datetime) -> int:
    p = get_parametres(jour(le))[ParametresAssistance]
    durees = {
        Categorie.BLOQUANT: (p.assistance_bloquant_reponse_minutes, p.assistance_bloquant_resolution_minutes),
        Categorie.GENANT: (p.assistance_genant_reponse_minutes, p.assistance_genant_resolution_minutes),
        Categorie.QUESTION: (p.assistance_question_reponse_minutes, p.assistance_question_resolution_minutes),
        Categorie.SECURITE: (p.assistance_securite_reponse_minutes, p.assistance_securite_resolution_minutes),
    }
    classe = CLASSES.get(Categorie(ticket.categorie), Categorie.QUESTION)
    reponse, resolution = durees[Categorie.SECURITE if ticket.niveau == Niveau.DPO else classe]
    return reponse if genre is Genre.PREMIERE_REPONSE else resolution


def demarrer(ticket: Ticket, genre: Genre, *, le: datetime) -> None:
    """What the level that has the ticket owes from now on; the due instant is kept. One of its kind runs at a time."""
    quitter(ticket, le=le, genre=genre)
    calendaire = ticket.niveau == Niveau.DPO
    minutes = _minutes(ticket, genre, le=le)
    HorlogeTicket.objects.create(
        ticket=ticket,
        niveau=ticket.niveau,
        genre=genre,
        debut=le,
        minutes=minutes,
        calendaire=calendaire,
        echeance=_echeance(ticket, le, timedelta(minutes=minutes), calendaire=calendaire),
    )


def atteindre(ticket: Ticket, genre: Genre, *, le: datetime) -> None:
    """It is done: a first answer, the end."""
    _reprendre(ticket, genre, le=le)
    _en_cours(ticket, genre).update(atteinte_le=le)


def quitter(ticket: Ticket, *, le: datetime, genre: Genre | None = None) -> None:
    """Nobody owes it any more. ``genre``: that one alone."""
    for un in Genre if genre is None else (genre,):
        _reprendre(ticket, un, le=le)
        _en_cours(ticket, un).update(quittee_le=le)


def suivre_l_etat(ticket: Ticket, avant: str, *, le: datetime) -> None:
    """A state in which nobody of the level can go on stops the clocks of working hours; leaving it moves their end."""
    attendait, attend = avant in EN_PAUSE, ticket.statut in EN_PAUSE
    for horloge in HorlogeTicket.objects.filter(
        ticket=ticket, atteinte_le=None, quittee_le=None, calendaire=False
    ):
        if attend and not attendait:
            PauseTicket.objects.create(horloge=horloge, de=le, cause=ticket.statut)
        if attendait and not attend:
            _reprendre(ticket, Genre(horloge.genre), le=le)


def _reprendre(ticket: Ticket, genre: Genre, *, le: datetime) -> None:
    """End the pause of this clock, if any, and store the instant that what remains of it now leads to."""
    for horloge in _en_cours(ticket, genre):
        pause = horloge.pauses.filter(a=None).first()
        if pause is None:
            continue
        pause.a = le
        pause.save(update_fields=["a"])
        if pause.de >= horloge.echeance:  # late already
            continue
        reste = ecoulees(pause.de, horloge.echeance, get_bureau(place_de(ticket), le=jour(le)))
        horloge.echeance = _echeance(ticket, le, reste, calendaire=False)
        horloge.save(update_fields=["echeance"])


def _en_cours(ticket: Ticket, genre: Genre) -> QuerySet[HorlogeTicket]:
    return HorlogeTicket.objects.filter(ticket=ticket, genre=genre, atteinte_le=None, quittee_le=None)


def _echeance(ticket: Ticket, de: datetime, duree: timedelta, *, calendaire: bool) -> datetime:
    return de + duree if calendaire else ajouter(de, duree, get_bureau(place_de(ticket), le=jour(de)))
