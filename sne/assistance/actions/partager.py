"""Who reads a ticket changes: a team more or less; hidden from one's own lists."""

from django.db import transaction

from sne.assistance.actions.fil import acces_de, dire
from sne.assistance.actions.indexer import indexer
from sne.assistance.models import TicketMasque, TicketPartage
from sne.assistance.possible import exiger_partage, exiger_partager
from sne.assistance.selectors.tickets import get_ticket, lock_ticket
from sne.assistance.verbes import VerbeAssistance
from sne.socle.acte import Acte


@transaction.atomic
def partager(numero: str, cle: str, *, acte: Acte) -> None:
    """A team reads it from now on.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (with the officer, not a team of theirs).
    """
    ticket = lock_ticket(numero, acte.acteur)
    exiger_partager(acte.acteur, ticket)
    exiger_partage(acte.acteur, cle)
    TicketPartage.objects.get_or_create(
        ticket=ticket,
        cle=cle,
        retire_le=None,
        defaults={"par": acte.acteur.id, "survenu_le": acte.survenu_le},
    )
    ticket.acces = acces_de(ticket)
    ticket.save(update_fields=["acces"])
    indexer(ticket)
    dire(VerbeAssistance.PARTAGER_TICKET, ticket, acte=acte, equipe=cle, ajoutee=True)


@transaction.atomic
def ne_plus_partager(numero: str, cle: str, *, acte: Acte) -> None:
    """It reads it no more, from this very second. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    ticket = lock_ticket(numero, acte.acteur)
    exiger_partager(acte.acteur, ticket)
    TicketPartage.objects.filter(ticket=ticket, cle=cle, retire_le=None).update(retire_le=acte.survenu_le)
    ticket.acces = acces_de(ticket)
    ticket.save(update_fields=["acces"])
    indexer(ticket)
    dire(VerbeAssistance.PARTAGER_TICKET, ticket, acte=acte, equipe=cle, ajoutee=False)


@transaction.atomic
def masquer(numero: str, *, montrer: bool = False, acte: Acte) -> None:
    """Out of one's own lists, or back in them; nobody else's change. Raises ``Introuvable``."""
    ticket = get_ticket(numero, acte.acteur)
    if montrer:
        TicketMasque.objects.filter(compte=acte.acteur.id, ticket=ticket.id).delete()
    else:
        TicketMasque.objects.get_or_create(compte=acte.acteur.id, ticket=ticket.id)
