"""Reading a ticket that is with the officer leaves a trace."""

from django.db import transaction

from sne.assistance.actions.fil import dire
from sne.assistance.models import Ticket
from sne.assistance.verbes import VerbeAssistance
from sne.socle.acte import Acte


@transaction.atomic
def lire_confidentiel(ticket: Ticket, *, acte: Acte) -> None:
    """Tell that it was read, by whom: its reader has been checked by who found it."""
    dire(VerbeAssistance.LIRE_TICKET_DPO, ticket, acte=acte)
