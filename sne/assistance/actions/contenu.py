"""What a reader says of a page of the site is a ticket; the page that changes for it answers it; an answer that became
a page is told to who had asked.
"""

import uuid

from django.db import transaction
from django.db.models import Q

from sne.assistance.actions.fil import ajouter, dire, garder, prevenir
from sne.assistance.actions.incidents import repondre_pour_tous
from sne.assistance.models import Ticket
from sne.assistance.rules.etats import FINIS, Qui
from sne.assistance.rules.textes import lire_corps
from sne.assistance.selectors.tickets import lock_tickets
from sne.assistance.verbes import VerbeAssistance
from sne.socle.acte import Acte

PUBLIEE = "La réponse est maintenant une page du site."
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


@transaction.atomic
def dire_la_page(numero: str, adresse: str, *, acte: Acte) -> int:
    """The answer of this ticket was published: its author, and those of open tickets of its incident, are given the
    page; a household is not, whose site it is not. Whoever calls has decided of the page. How many were told.
    """
    incident = Ticket.objects.filter(numero=numero).values("incident")
    vises = Q(numero=numero) | Q(incident__in=incident) & ~Q(statut__in=FINIS)
    siens = lock_tickets(Ticket.objects.filter(vises, menage=False))
    for t in siens:
        message = ajouter(t, lire_corps(f"{PUBLIEE} [La lire]({adresse})"), part=Qui.SERVICE, acte=acte)
        garder(t, le=t.derniere_activite_le)
        dire(VerbeAssistance.ECRIRE_TICKET, t, acte=acte, message=str(message.id))
        prevenir(t, [t.demandeur], PUBLIEE, origine=str(message.id), acte=acte)
    return len(siens)
