"""Who asks, who answers at which level, who reads a ticket: its author, the teams it is shared with, who has it."""

import uuid
from collections.abc import Collection

from django.db.models import Q

from sne.assistance.models import Ticket
from sne.assistance.rules.equipes import cles_du_lecteur
from sne.assistance.rules.etats import Qui
from sne.assistance.rules.niveaux import ROLE_DU_NIVEAU, Niveau, Place
from sne.habilitations.rules import Permission, Role
from sne.socle.acteur import Acteur


def can_ouvrir(acteur: Acteur) -> bool:
    """Ask: whoever works with the service."""
    return acteur.peut(Permission.TICKET_OUVRIR)


def can_lire(acteur: Acteur, ticket: Ticket) -> bool:
    """Read its thread."""
    return not cles_du_lecteur(acteur).isdisjoint(ticket.acces)


def scope(acteur: Acteur) -> Q:
    """Tickets that this person reads; every list starts from it."""
    return Q(acces__overlap=sorted(cles_du_lecteur(acteur)))


def can_tenir(acteur: Acteur, place: Place) -> bool:
    """Answer what is there: who holds the role of the level, in its territory when it has one."""
    role = ROLE_DU_NIVEAU[place.niveau]
    return any(
        m.role == role
        and Permission.TICKET_TRAITER in m.permissions
        and m.perimetre.couvre(place.territoire if place.niveau is Niveau.GT else "")
        for m in acteur.mandats
        if not m.perimetre.personnel
    )


def can_traiter(acteur: Acteur, ticket: Ticket) -> bool:
    """Answer this ticket, take it, hand it over: not one's own."""
    return acteur.id != ticket.demandeur and can_tenir(acteur, place_de(ticket))


def can_ecrire_en_menage(acteur: Acteur, *, territoire: str, demande: uuid.UUID) -> bool:
    """Ask about one's own file: by a session that may, of that file and of no other."""
    return any(
        m.perimetre.personnel
        and Permission.TICKET_OUVRIR in m.permissions
        and m.perimetre.couvre(territoire, demande=demande)
        for m in acteur.mandats
    )


def can_annoncer(acteur: Acteur) -> bool:
    """Say that something goes wrong for many, and end it: the second level."""
    return can_tenir(acteur, Place(Niveau.N2))


def can_lire_les_chiffres(acteur: Acteur) -> bool:
    """Read figures, of which none is about a person."""
    return acteur.peut(Permission.TICKET_CHIFFRES)


def can_montrer_un_dossier(acteur: Acteur, ticket: Ticket, nud: str) -> bool:
    """Read a file because a ticket that one answers points to it; once answered, no more."""
    return (
        acteur.peut(Permission.DEMANDE_LIRE_POUR_REPONDRE)
        and can_traiter(acteur, ticket)
        and nud in ticket.nuds
        and ticket.resolu_le is None
    )


def qui_est(acteur: Acteur, ticket: Ticket) -> Qui | None:
    """Which part this person has in the ticket; ``None`` for a reader it is shared with."""
    if acteur.id == ticket.demandeur:
        return Qui.AUTEUR
    return Qui.NIVEAU if can_traiter(acteur, ticket) else None


def niveaux_de(acteur: Acteur) -> Collection[Place]:
    """The levels that this person answers for, with the territory of each."""
    par_role = {role: niveau for niveau, role in ROLE_DU_NIVEAU.items()}
    return tuple(
        Place(par_role[Role(m.role)], m.perimetre.territoire)
        for m in acteur.mandats
        if m.role in par_role and Permission.TICKET_TRAITER in m.permissions and not m.perimetre.personnel
    )


def place_de(ticket: Ticket) -> Place:
    """Where a ticket is."""
    return Place(Niveau(ticket.niveau), ticket.territoire)
