"""One ticket and its thread, to who reads it; who has it now; until when an answer is due."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sne.assistance.models import HorlogeTicket, LienTicket, Ticket, TicketMessage, TicketPiece
from sne.assistance.policies import can_lire, can_traiter, place_de, scope
from sne.assistance.rules.etats import FINIS, Statut, nom_du_statut
from sne.assistance.rules.horloges import Genre
from sne.assistance.rules.niveaux import Niveau, est_confidentiel, nom_du_niveau
from sne.assistance.selectors.horloges import horloges_dues
from sne.cellules.routage import a_l_annuaire
from sne.habilitations.rules import nom_de_l_equipe
from sne.habilitations.selectors import list_noms
from sne.habilitations.selectors.equipes import list_membres
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver

SANS_TICKET = "Aucune demande d’assistance sous ce numéro, ou elle ne vous est pas ouverte."
SERVICE, DEMANDEUR = "Le service", "La personne qui demande un logement"
NOMS_DES_COTES = {"AUTEUR": "a demandé", "NIVEAU": "assistance", "AUTRE": "en partage", "SERVICE": "service"}


@dataclass(frozen=True, slots=True)
class MessageLu:
    """One message as it is shown. ``pieces``: identifier, name, whether it is still there."""

    id: uuid.UUID
    qui: str
    cote: str
    html: str
    interne: bool
    canal: str
    survenu_le: datetime
    pieces: tuple[tuple[uuid.UUID, str, bool], ...]


def get_ticket(numero: str, acteur: Acteur) -> Ticket:
    """Raises ``Introuvable``: unknown, or not open to this person; the same answer."""
    return trouver(
        Ticket.objects.select_related("incident").filter(scope(acteur), numero=numero), SANS_TICKET
    )


def lock_ticket(numero: str, acteur: Acteur) -> Ticket:
    """The same, locked for the caller's act. Raises ``Introuvable``."""
    return trouver(
        Ticket.objects.select_for_update(of=("self",))
        .select_related("incident")
        .filter(scope(acteur), numero=numero),
        SANS_TICKET,
    )


def lock_tickets(lus: QuerySet[Ticket]) -> list[Ticket]:
    """These, locked in the one order of acts on several: those that wait for the answer of another come last."""
    attend = Exists(LienTicket.objects.filter(ticket=OuterRef("pk"), genre="DOUBLON"))
    return list(lus.select_for_update(of=("self",)).order_by(attend, "id"))


def list_fil(ticket: Ticket, acteur: Acteur) -> tuple[MessageLu, ...]:
    """The thread, the oldest first; notes to who has the ticket alone. Raises ``Introuvable``."""
    if not can_lire(acteur, ticket):
        raise Introuvable(SANS_TICKET)
    messages = ticket.messages.prefetch_related("pieces").order_by("survenu_le", "id")
    if not can_traiter(acteur, ticket):
        messages = messages.filter(interne=False)
    lus = list(messages)
    noms = list_noms({m.auteur for m in lus})
    return tuple(_lu(m, noms) for m in lus)


def qui_l_a(ticket: Ticket, *, le: date) -> str:
    """Who has it now, in words: a level, with how many persons are in it."""
    return nom_et_nombre(place_de(ticket).cle, le=le)


def nom_et_nombre(cle: str, *, le: date) -> str:
    """« Gestionnaires territoriaux du territoire 099 (3 personnes) »."""
    nombre = list_membres(cle, le=le).count()
    return f"{nom_de_l_equipe(cle)} ({nombre} personne{'s' * (nombre > 1)})"


def list_echeances(ticket: Ticket, *, toutes: bool) -> list[HorlogeTicket]:
    """The clocks of what is due, a first answer before the end; the next one alone, unless ``toutes``. None while it
    waits.
    """
    dues = sorted(horloges_dues().filter(ticket=ticket), key=lambda h: h.genre != Genre.PREMIERE_REPONSE)
    return dues if toutes else dues[:1]


def list_partages(ticket: Ticket) -> tuple[tuple[str, str, datetime, datetime | None], ...]:
    """Each team it is or was shared with: key, name, from when, until when."""
    return tuple(
        (p.cle, nom_de_l_equipe(p.cle), p.survenu_le, p.retire_le)
        for p in ticket.partages.order_by("survenu_le", "id")
    )


def list_passages(ticket: Ticket) -> tuple[tuple[str, str, str, datetime], ...]:
    """Each hand-over: from, to, why, when."""
    return tuple(
        (nom_du_niveau(p.de), nom_du_niveau(p.vers), p.motif, p.survenu_le)
        for p in ticket.passages.order_by("survenu_le", "id")
    )


def list_suites(ticket: Ticket, acteur: Acteur) -> tuple[tuple[Ticket, bool], ...]:
    """Tickets that this one follows (``True``) or that follow it, to who reads them too, the oldest first."""
    lus = Ticket.objects.filter(scope(acteur))
    avant = lus.filter(liens_vers__ticket=ticket, liens_vers__genre="SUITE")
    apres = lus.filter(liens__autre=ticket, liens__genre="SUITE")
    trouves = [(t, True) for t in avant] + [(t, False) for t in apres]
    return tuple(sorted(trouves, key=lambda x: x[0].survenu_le))


def doublons_de(*tickets: Ticket) -> QuerySet[Ticket]:
    """Tickets that wait for the answer of these: none when it is with the officer, whose answers go to nobody else,
    and none of those that they have.
    """
    repondent = [ticket for ticket in tickets if not est_confidentiel(ticket.niveau)]
    return _ouverts().filter(liens__autre__in=repondent, liens__genre="DOUBLON")


def count_reunis(ticket: Ticket) -> int:
    """How many the answer of this one goes to: those that wait for it, and those that wait for them."""
    nombre, reunis = 0, [ticket]
    while reunis := list(doublons_de(*reunis)):
        nombre += len(reunis)
    return nombre


def chaine_de(ticket: uuid.UUID) -> list[uuid.UUID]:
    """This ticket, that whose answer it waits for, and so on, over or not."""
    chaine = [ticket]
    doublons = LienTicket.objects.filter(genre="DOUBLON")
    while suivant := doublons.filter(ticket=chaine[-1]).values_list("autre", flat=True).first():
        chaine.append(suivant)
    return chaine


def get_reunie(ticket: Ticket, acteur: Acteur) -> Ticket | None:
    """The ticket whose answer will be given to this one, to who reads it too: no answer passes one that is over."""
    if ticket.statut != Statut.ATTENTE_TIERS:
        return None
    chaine = chaine_de(ticket.pk)
    ouverts = set(_ouverts().filter(pk__in=chaine).values_list("pk", flat=True))
    attendus = [*takewhile(ouverts.__contains__, chaine)][1:]
    return Ticket.objects.filter(scope(acteur), pk__in=attendus[-1:]).first()


def _ouverts() -> QuerySet[Ticket]:
    """Those that an answer may come from, or go to: not over, nor with the officer."""
    return Ticket.objects.exclude(statut__in=FINIS).exclude(niveau=Niveau.DPO)


@a_l_annuaire()
def list_tickets_du_dossier(nud: str, acteur: Acteur) -> tuple[tuple[Ticket, str], ...]:
    """Tickets that point to this file, to who reads them, each with its state in words, the newest first."""
    trouves = Ticket.objects.filter(scope(acteur), nuds__contains=[nud]).order_by("-survenu_le")
    return tuple((t, nom_du_statut(t.statut)) for t in trouves)


def get_question_a_annoncer(faits: Mapping[str, Any], *, par: str) -> Ticket | None:
    """The ticket of a household that this entry of the journal says something new of, to be told of it: not of a note,
    nor of what the household did itself.
    """
    if faits.get("interne"):
        return None
    ticket = Ticket.objects.filter(id=faits["ticket"], menage=True).first()
    return None if ticket is None or par == str(ticket.demandeur) else ticket


def get_piece(piece_id: uuid.UUID, acteur: Acteur) -> TicketPiece:
    """A file of a thread that this person reads, still there. Raises ``Introuvable``."""
    piece = (
        TicketPiece.objects.select_related("message__ticket")
        .filter(id=piece_id, efface_le=None, message__ticket__in=Ticket.objects.filter(scope(acteur)))
        .first()
    )
    if piece is None or (piece.message.interne and not can_traiter(acteur, piece.message.ticket)):
        raise Introuvable("Cette pièce n’existe plus, ou elle ne vous est pas ouverte.")
    return piece


def _lu(message: TicketMessage, noms: dict[uuid.UUID, str]) -> MessageLu:
    return MessageLu(
        id=message.id,
        qui=noms.get(message.auteur, DEMANDEUR if message.cote == "AUTEUR" else SERVICE),
        cote=NOMS_DES_COTES[message.cote],
        html=message.html,
        interne=message.interne,
        canal=message.canal,
        survenu_le=message.survenu_le,
        pieces=tuple((p.id, p.nom, p.efface_le is None) for p in message.pieces.all()),
    )
