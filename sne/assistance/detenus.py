"""Tickets that somebody took: shown when their rights end, handed over with the rest."""

import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet

from sne.assistance.actions.fil import dire
from sne.assistance.models import Ticket
from sne.assistance.rules.etats import FINIS
from sne.assistance.rules.niveaux import Niveau
from sne.assistance.verbes import VerbeAssistance
from sne.habilitations.detenus import Detenu, Passation
from sne.habilitations.rules.carences import Lieu


def list_tickets_detenus(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    """« 3 demandes d’assistance en cours »."""
    nombre = _pris(compte_id, lieux).count()
    if not nombre:
        return ()
    libelle = f"{nombre} demande{'s' * (nombre > 1)} d’assistance en cours"
    return (Detenu(libelle, "Une autre personne du même niveau s’en occupe.", True),)


def confier_tickets(passation: Passation) -> int:
    """Give them to who takes over; without anybody, they wait to be taken again. How many."""
    tickets = list(_pris(passation.compte_id, passation.lieux).select_for_update())
    for ticket in tickets:
        ticket.assigne = passation.successeur_id
        ticket.save(update_fields=["assigne"])
        confie = str(passation.successeur_id) if passation.successeur_id else None
        dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=passation.acte, assigne=confie)
    return len(tickets)


def _pris(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> QuerySet[Ticket]:
    """Of a manager, those of the places that they leave; of a national level, all."""
    territoires = {lieu.territoire for lieu in lieux}
    ici = ~Q(niveau=Niveau.GT) if "" in territoires else Q(pk__in=[])
    ici |= Q(niveau=Niveau.GT, territoire__in=territoires)
    return Ticket.objects.filter(ici, assigne=compte_id).exclude(statut__in=FINIS).order_by("id")
