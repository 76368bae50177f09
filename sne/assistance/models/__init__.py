"""Tables of the support desk."""

from sne.assistance.models.courriels import CourrielRecu
from sne.assistance.models.horloges import HorlogeTicket, PauseTicket
from sne.assistance.models.menages import MotDuMenage
from sne.assistance.models.reglages import (
    EquipeParDefaut,
    Incident,
    NumeroTicket,
    TicketEvite,
    TicketMasque,
    VueEnregistree,
)
from sne.assistance.models.tickets import (
    LienTicket,
    PassageTicket,
    Ticket,
    TicketMessage,
    TicketPartage,
    TicketPiece,
)

__all__ = [
    "CourrielRecu",
    "EquipeParDefaut",
    "HorlogeTicket",
    "Incident",
    "LienTicket",
    "MotDuMenage",
    "NumeroTicket",
    "PassageTicket",
    "PauseTicket",
    "Ticket",
    "TicketEvite",
    "TicketMasque",
    "TicketMessage",
    "TicketPartage",
    "TicketPiece",
    "VueEnregistree",
]
