"""Whose demande an account may follow: the one that a proof links it to, by a perimeter of its own."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from sne.demandeurs.rules.niveaux import Geste, Niveau, Presence, Preuve, peut
from sne.demandeurs.rules.sessions import NOM
from sne.habilitations.rules import Permission
from sne.registre.contenu.rules.acces import CONTACT_PROUVE, role_de
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre

ARRIVEE = Presence(Niveau.FC, frozenset({Preuve.SESSION}))
"""Somebody whom the State vouches for, before any link."""
PERMISSIONS: Mapping[Permission, frozenset[Geste]] = MappingProxyType(
    {
        Permission.DEMANDE_LIRE: frozenset({Geste.SUIVRE}),
        Permission.DEMANDE_RENOUVELER: frozenset({Geste.RENOUVELER}),
        # Which parts, and which fields, is another question: those that the session reads (``acces``, the pages).
        Permission.DEMANDE_MODIFIER: frozenset({Geste.MODIFIER}),
        Permission.PIECE_DEPOSER: frozenset({Geste.AJOUTER_PIECE}),
        Permission.SANTE_LIRE: frozenset({Geste.LIRE_SANTE}),
        Permission.SANTE_ECRIRE: frozenset({Geste.SAISIR_SANTE, Geste.LIRE_SANTE}),
        Permission.TICKET_OUVRIR: frozenset({Geste.ECRIRE_A_L_ASSISTANCE}),
    }
)
"""What an act asks of its actor: held on that demande by a level that may do all of these gestures."""
DU_COTITULAIRE: Mapping[Permission, frozenset[Geste]] = MappingProxyType(
    {
        Permission.DEMANDE_LIRE: PERMISSIONS[Permission.DEMANDE_LIRE],
        Permission.DEMANDE_RENOUVELER: PERMISSIONS[Permission.DEMANDE_RENOUVELER],
        Permission.PIECE_DEPOSER: PERMISSIONS[Permission.PIECE_DEPOSER],
        Permission.TICKET_OUVRIR: PERMISSIONS[Permission.TICKET_OUVRIR],
        # Their own work and incomes: whoever changes them reads an employer, a workplace.
        Permission.DEMANDE_MODIFIER: frozenset({Geste.MODIFIER, Geste.LIRE_COORDONNEES}),
    }
)
"""What a co-holder holds of them, by the same gestures or more: they renew what is unchanged, add documents, ask for
help, and change what is theirs. What the applicant declared is the applicant's.
"""


class Situee(Protocol):
    """A demande, or what is read of one."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def territoire(self) -> str: ...


def demandeur(
    compte: uuid.UUID,
    *,
    territoire: str,
    demande: uuid.UUID,
    presence: Presence = ARRIVEE,
    cotitulaire: uuid.UUID | None = None,
) -> Acteur:
    """The holder of an account, on the demande that a proof names, with the rights of their level, on no other one.

    ``cotitulaire``: which co-holder they are, when they are not the applicant.
    """
    titulaire = cotitulaire is None
    tenues = PERMISSIONS if titulaire else DU_COTITULAIRE
    permises = frozenset(
        str(p) for p, gestes in tenues.items() if all(peut(geste, presence) for geste in gestes)
    )
    role = role_de(presence.niveau, titulaire=titulaire)
    mandat = Mandat(role, permises, Perimetre(territoire, demande=demande), adulte=cotitulaire)
    return Acteur(id=compte, nom=NOM, canal=Canal.PGP, mandats=(mandat,))


def titulaire_de_contacts(
    compte: uuid.UUID, *, territoire: str, demande: uuid.UUID, niveau: Niveau, titulaire: bool
) -> Acteur:
    """Whoever proved what it takes to change how they are reached: that, and nothing else of that demande.

    ``niveau``: that of their session, by which the journal names them; ``titulaire``: they are the applicant.
    """
    sienne = Perimetre(territoire, demande=demande)
    permises = frozenset({str(Permission.DEMANDE_LIRE), str(Permission.DEMANDE_MODIFIER)})
    role = role_de(niveau, titulaire=titulaire)
    mandats = (Mandat(role, frozenset(), sienne), Mandat(CONTACT_PROUVE, permises, sienne))
    return Acteur(id=compte, nom=NOM, canal=Canal.PGP, mandats=mandats)


def can_rattacher(acteur: Acteur, demande: Demande) -> bool:
    """Link an account to a demande: the person themselves, through their own door."""
    return acteur.canal is Canal.PGP and acteur.aide is None and can_lire(acteur, demande)


def can_detacher(acteur: Acteur, demande: Situee) -> bool:
    """End a link: the person themselves; a counter of the territory that may change the file, at their request."""
    permission = Permission.DEMANDE_LIRE if acteur.canal is Canal.PGP else Permission.DEMANDE_MODIFIER
    return acteur.aide is None and acteur.peut(permission, demande.territoire, demande=demande.id)
