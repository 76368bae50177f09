"""Who sends, who verifies, who is told that one waits for too long."""

import uuid

from django.db.models import Q

from sne.demandeurs.rules.sessions import NOM
from sne.habilitations.rules import Permission
from sne.referentiels.rules import GUICHET_PORTAIL
from sne.registre.contenu.rules.acces import DEMANDEUR
from sne.registre.demande.policies import Situee, can_deposer, scope_de
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre

TENUES = frozenset(
    str(p) for p in (Permission.DEMANDE_DEPOSER, Permission.SANTE_LIRE, Permission.SANTE_ECRIRE)
)
"""What somebody who files holds on their own draft: they say who they are, and what health asks of a dwelling."""


def deposant(compte: uuid.UUID, *, territoire: str, brouillon: uuid.UUID) -> Acteur:
    """The holder of an account, on the draft that will be their demande, on nothing else.

    Whoever files writes the whole of it, whatever their session is worth: nobody has that identity yet.
    """
    mandat = Mandat(DEMANDEUR, TENUES, Perimetre(territoire, demande=brouillon))
    return Acteur(id=compte, nom=NOM, canal=Canal.PGP, mandats=(mandat,))


def portail_pour(compte: uuid.UUID, *, territoire: str) -> Acteur:
    """The household registering by the portal’s own counter, once the service has verified that it may."""
    mandat = Mandat(DEMANDEUR, TENUES, Perimetre(territoire, GUICHET_PORTAIL))
    return Acteur(
        id=compte,
        nom=NOM,
        canal=Canal.PGP,
        mandats=(mandat,),
        guichet=GUICHET_PORTAIL,
        territoire=territoire,
    )


def can_envoyer(acteur: Acteur, *, territoire: str, demande: uuid.UUID) -> bool:
    """Send it, send a document again: the household, through its own door, the ``demande`` that its personal perimeter
    names before it is one.
    """
    sienne = Perimetre(territoire, demande=demande) in acteur.siennes(Permission.DEMANDE_DEPOSER)
    return acteur.canal is Canal.PGP and sienne


def can_verifier(acteur: Acteur, demande: Situee) -> bool:
    """Verify, register, ask for a document, refuse: any counter of the territory that registers (CCH R441-2-1)."""
    return bool(acteur.guichet) and can_deposer(acteur, territoire=demande.territoire, guichet=acteur.guichet)


def can_effacer(acteur: Acteur) -> bool:
    """Erase what came to nothing: the register’s clock."""
    return acteur.canal is Canal.SYSTEME


def scope_a_verifier(acteur: Acteur) -> Q:
    """Those that the actor may verify."""
    return scope_de(acteur, Permission.DEMANDE_DEPOSER)


def scope_suivis(acteur: Acteur) -> Q:
    """Those whose wait the actor may watch: a list of work, without what it holds."""
    return scope_de(acteur, Permission.LISTE_LIRE)
