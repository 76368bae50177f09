"""Who keeps a draft, and which fields an actor may not write."""

import uuid
from collections.abc import Sequence

from sne.habilitations.rules import Permission, Role
from sne.registre.contenu.rules.acces import champs_interdits, champs_remplis_interdits
from sne.registre.contenu.rules.arbre.champs import Feuille
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, chemin_de
from sne.registre.controle.policies import _decide_du_territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import _roles, can_deposer
from sne.socle.acteur import Acteur, Perimetre

TENIR = (Permission.DEMANDE_DEPOSER, Permission.DEMANDE_RENOUVELER)


def can_ouvrir_brouillon(acteur: Acteur, *, territoire: str, demande: uuid.UUID | None = None) -> bool:
    """Begin a registration: a counter, for the guichet it acts for; or a household by itself, for no guichet, the
    ``demande`` that its personal perimeter names before it exists.
    """
    if demande is None:
        return can_deposer(acteur, territoire=territoire, guichet=acteur.guichet)
    sienne = Perimetre(territoire, demande=demande) in acteur.siennes(Permission.DEMANDE_DEPOSER)
    return sienne and not acteur.guichet


def can_tenir_brouillon(
    acteur: Acteur, *, auteur: object, territoire: str, demande: uuid.UUID | None = None
) -> bool:
    """Fill or drop a draft: its author alone, as long as they may register or renew somewhere, or this very ``demande``
    as their own.
    """
    quelque_part = any(acteur.peut(permission) for permission in TENIR)
    sienne = any(acteur.peut(permission, territoire, demande=demande) for permission in TENIR)
    return acteur.id == auteur and (quelque_part or sienne)


def champs_refuses(
    acteur: Acteur, changements: Sequence[Changement], *, demande: Demande, contenu: Contenu
) -> tuple[str, ...]:
    """Paths that none of the actor's roles over this demande may write through their channel, in order.

    ``contenu``: the tree that the changes lead to, which says where each adult stands in them.

    Field × channel × role is data: :mod:`sne.registre.contenu.rules.acces`. Somebody who decides on changes of name
    over the whole territory may type none, even in a counter where they are an agent too.
    """
    decide = _decide_du_territoire(acteur, demande.territoire)
    tenus = [m for m in acteur.mandats if m.perimetre.couvre(demande.territoire, demande=demande.id)]
    roles = {(m.role, _sous(m.adulte, contenu)) for m in tenus}
    if decide:
        roles = {(Role.GESTIONNAIRE_TERRITORIAL, "")}
    refus = [
        set(champs_interdits(changements, canal=acteur.canal, role=role, sous=sous)) for role, sous in roles
    ]
    return tuple(c.chemin for c in changements if all(c.chemin in r for r in refus))


def _sous(adulte: uuid.UUID | None, contenu: Contenu) -> str:
    """How the paths of this adult begin; of somebody who is not of the demande, as no path does."""
    if adulte is None:
        return ""
    siens = (chemin_de(reference, contenu) for reference, a in adultes(contenu) if a.personne == str(adulte))
    return f"{next(siens, adulte)}."


def champs_remplis_refuses(
    acteur: Acteur, feuilles: Sequence[Feuille], *, territoire: str, demande: uuid.UUID | None = None
) -> tuple[str, ...]:
    """Paths filled in a new application (``feuilles``: its leaves) that none of the actor's roles there may fill, in
    order. ``demande``: the identifier that it will have, when it is the actor's own.
    """
    roles = _roles(acteur, territoire, demande)
    refus = [champs_remplis_interdits(feuilles, canal=acteur.canal, role=r) for r in roles]
    premier, *autres = refus or [tuple(chemin for chemin, _, _ in feuilles)]
    return tuple(chemin for chemin in premier if all(chemin in r for r in autres))
