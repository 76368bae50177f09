"""What a reader says of a page of the site is a ticket; the page that changes for it answers it."""

import uuid

from django.db import transaction

from sne.assistance.actions.incidents import repondre_pour_tous
from sne.assistance.models import Ticket
from sne.assistance.rules.etats import FINIS
from sne.assistance.rules.textes import lire_corps
from sne.socle.acte import Acte

CHANGEE = "La page a changé grâce à votre signalement."


@transaction.atomic
def repondre_par_la_page(avis_id: uuid.UUID, adresse: str, *, acte: Acte) -> bool:
    """A revision that answers this word of a reader was decided: its ticket is solved, with the address of what
    changed. Whoever calls has decided of the revision. Whether there was one.
    """
    ticket = (
        Ticket.objects.select_for_update(of=("self",)).filter(avis=avis_id).exclude(statut__in=FINIS).first()
    )
    if ticket is None:
        return False
    corps = lire_corps(f"{CHANGEE} [Voir ce qui a changé]({adresse})")
    repondre_pour_tous(ticket, corps, CHANGEE, acte=acte)
    return True
