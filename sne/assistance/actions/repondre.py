"""The thread goes on: an answer, a word of its author, a note; what the state becomes; the one question at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from sne.assistance.actions.fil import ECRAN, Provenance, ajouter, dire, garder, passer_a, prevenir
from sne.assistance.actions.incidents import rendre_les_doublons, repondre_aux_doublons
from sne.assistance.actions.pieces import Jointe, joindre
from sne.assistance.models import Ticket, TicketMessage
from sne.assistance.possible import exiger_avis, exiger_ecrire, suites_possibles
from sne.assistance.rules.etats import Qui, Statut, lire_satisfaction
from sne.assistance.rules.textes import lire_corps, nuds_montres
from sne.assistance.selectors.tickets import lock_ticket
from sne.assistance.verbes import VerbeAssistance
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

PAS_CETTE_SUITE = "Choisissez ce que devient la demande."
RESOLUE = "a résolu votre demande"
ATTEND = "vous pose une question"
REPOND = "vous a répondu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecrit:
    """What is written. ``suite``: the state that it leaves the ticket in, for who has it; ``copie``: tell those who
    wrote in it too; ``pieces``: documents taken in already.
    """

    corps: str
    suite: str = ""
    interne: bool = False
    copie: bool = False
    pieces: Sequence[Jointe] = ()
    par: Provenance = ECRAN


@transaction.atomic
def ecrire(numero: str, dit: Ecrit, *, acte: Acte) -> Ticket:
    """Add a message and its consequence; its author is told when somebody else wrote, and nobody of a note.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a field, a state, closed for long).
    """
    ticket = lock_ticket(numero, acte.acteur)
    part = exiger_ecrire(acte.acteur, ticket, interne=dit.interne, le=acte.survenu_le)
    corps = lire_corps(dit.corps)
    message = ajouter(ticket, corps, part=part, interne=dit.interne, par=dit.par, acte=acte)
    joindre(message, dit.pieces, survenu_le=acte.survenu_le)
    ticket.nuds = sorted({*ticket.nuds, *nuds_montres(acte.acteur, corps.source)})
    if not dit.interne:
        _suivre(ticket, dit, part, acte=acte)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.ECRIRE_TICKET, ticket, acte=acte, message=str(message.id), interne=dit.interne)
    if not dit.interne:
        phrase = _dire_a(ticket, message, dit, part, acte=acte)
        if ticket.statut == Statut.RESOLU:
            repondre_aux_doublons(ticket, corps, phrase, acte=acte)
    return ticket


@transaction.atomic
def resoudre_soi_meme(numero: str, *, acte: Acte) -> None:
    """Its author needs no answer any more. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (over already)."""
    ticket = lock_ticket(numero, acte.acteur)
    if exiger_ecrire(acte.acteur, ticket, interne=False, le=acte.survenu_le) is not Qui.AUTEUR:
        raise Interdit(PAS_CETTE_SUITE)
    passer_a(ticket, Statut.RESOLU, qui=Qui.AUTEUR, le=acte.survenu_le)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte)
    rendre_les_doublons(ticket, acte=acte)


@transaction.atomic
def dire_si_utile(numero: str, reponse: str, *, acte: Acte) -> None:
    """The one question, once, and never again. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    ticket = lock_ticket(numero, acte.acteur)
    exiger_avis(acte.acteur, ticket)
    ticket.satisfaction = lire_satisfaction(reponse)
    ticket.save(update_fields=["satisfaction"])


def _suivre(ticket: Ticket, dit: Ecrit, part: Qui, *, acte: Acte) -> None:
    """What the message makes of the ticket. Its author's word sets going again what waited for it or was over."""
    if part is Qui.AUTEUR:
        if ticket.statut in {Statut.ATTENTE_DEMANDEUR, Statut.RESOLU, Statut.CLOS}:
            passer_a(ticket, Statut.EN_COURS, qui=part, le=acte.survenu_le)
        return
    suite = dit.suite or Statut.EN_COURS
    if suite not in suites_possibles(ticket):
        raise Interdit(PAS_CETTE_SUITE, champ="suite")
    ticket.assigne = ticket.assigne or acte.acteur.id
    if ticket.statut in {Statut.ATTENTE_DEMANDEUR, Statut.ATTENTE_TIERS} and suite != Statut.RESOLU:
        passer_a(ticket, Statut.EN_COURS, qui=part, le=acte.survenu_le)
    if suite != ticket.statut:
        passer_a(ticket, Statut(suite), qui=part, le=acte.survenu_le)


def _dire_a(ticket: Ticket, message: TicketMessage, dit: Ecrit, part: Qui, *, acte: Acte) -> str:
    """To its author, whoever wrote last; by choice, in copy, to those who wrote; of its author, to who took it."""
    if part is Qui.AUTEUR:
        destinataires = {ticket.assigne} - {None}
        phrase = f"{acte.acteur.nom} a écrit dans une demande que vous suivez."
    else:
        destinataires = {ticket.demandeur}
        fait = {Statut.RESOLU: RESOLUE, Statut.ATTENTE_DEMANDEUR: ATTEND}.get(Statut(ticket.statut), REPOND)
        phrase = f"{acte.acteur.nom} {fait}."
    if dit.copie:
        ecrivains = ticket.messages.filter(interne=False).exclude(cote="SERVICE")
        destinataires |= set(ecrivains.values_list("auteur", flat=True))
    prevenir(ticket, [d for d in destinataires if d], phrase, origine=str(message.id), acte=acte)
    return phrase
