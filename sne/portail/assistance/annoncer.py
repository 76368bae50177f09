"""News of a question to the support desk, told to the household that asked it: that there is some, and where."""

import uuid

from django.db import transaction

from sne.assistance.messages import MessageAuMenage
from sne.assistance.models import Ticket
from sne.assistance.selectors.tickets import get_question_a_annoncer
from sne.cellules.routage import cellule_de, dans
from sne.journal.selectors import list_entrees_de
from sne.notifications.rules import Canal
from sne.notifications.selectors import has_messages
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.registre.joindre.actions.ecrire_au_menage import Annonce, ecrire_au_menage
from sne.registre.joindre.rules.canaux import Joignable
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.templatetags.socle_tags import numero


def annoncer_reponse(entree_id: uuid.UUID, *, acte: Acte) -> int:
    """Prepare the message; how many are new. Nothing of a note, nor of what the household wrote itself; nothing for a
    file that is erased, has no e-mail, or is spoken of to nobody: the page says it to who signs in. Idempotent.

    The desk answers in the directory; the household is written to from the cell of its demande.
    """
    (entree,) = list_entrees_de([entree_id])
    ticket = get_question_a_annoncer(entree.faits, par=entree.acteur["id"])
    if ticket is None:
        return 0
    with dans(cellule_de(ticket.territoire)), transaction.atomic():
        return _annoncer(ticket, entree_id, acte=acte)


def _annoncer(ticket: Ticket, entree_id: uuid.UUID, *, acte: Acte) -> int:
    genre = MessageAuMenage.ASSISTANCE_NOUVELLE
    if has_messages(entree_id, territoire=ticket.territoire, genre=genre):
        return 0
    (nud,) = ticket.nuds[:1]
    try:
        demande = get_demande_id(nud, acte.acteur)
        annonce = Annonce(
            territoire=ticket.territoire,
            demande_id=demande,
            revision=get_revision(demande, acteur=acte.acteur),
            nud=nud,
            genre=genre,
            origine=entree_id,
            mots=lambda _: {"numero": numero(nud), "question": ticket.numero},
        )
        return len(ecrire_au_menage(annonce, acte=acte, canaux=_par_courriel))
    except Introuvable:
        return 0


def _par_courriel(moyens: Joignable) -> tuple[Canal, ...]:
    return (Canal.COURRIEL,) if moyens.courriel and not moyens.secrete else ()
