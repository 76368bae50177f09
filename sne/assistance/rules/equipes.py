"""Whom a ticket may be shared with, and whom it is shared with when nobody chooses. Pure."""

from collections.abc import Collection, Mapping

from sne.assistance.rules.niveaux import Categorie
from sne.habilitations.rules import (
    ROLES,
    Etendue,
    Role,
    cle_du_compte,
    cle_du_guichet,
    cle_du_role,
    cles_de,
)
from sne.socle.acteur import Acteur

POUR_MOI = ""
"""Shared with nobody: its author and who has it."""
TOUTES = ""
"""Of a default: whatever the category."""
NATIONALES = (cle_du_role(Role.GESTIONNAIRE_TERRITORIAL), cle_du_role(Role.GESTIONNAIRE_FICHIERS_PARTAGES))


def equipes_offertes(acteur: Acteur) -> tuple[str, ...]:
    """The teams of one's own that a ticket may be shared with, the nearest first; then, for who works with more than a
    counter, the national teams of managers.

    The whole country's agents are no team, nor is a whole territory.
    """
    siennes = cles_de(acteur)
    offertes = [
        cle_du_guichet(m.perimetre.territoire, m.perimetre.guichet)
        for m in acteur.mandats
        if m.perimetre.guichet and not m.perimetre.personnel
    ]
    offertes += sorted(c for c in siennes if c.startswith("role:") and c.count(":") == 2)
    roles = [Role(m.role) for m in acteur.mandats if not m.perimetre.personnel]
    if any(ROLES[r].etendue is not Etendue.GUICHET for r in roles):
        offertes += [cle_du_role(r) for r in roles if ROLES[r].etendue is not Etendue.GUICHET]
        offertes += NATIONALES
    return tuple(dict.fromkeys(offertes))


def cles_du_lecteur(acteur: Acteur) -> frozenset[str]:
    """What opens tickets to this person now; nothing of theirs once their roles have ended."""
    return cles_de(acteur) | ({cle_du_compte(acteur)} if acteur.mandats else set())


def equipe_proposee(offertes: Collection[str], retenues: Mapping[str, str], categorie: str) -> str:
    """The team of this category, else the one of all, as somebody chose it; else the nearest of theirs.

    ``retenues``: category (empty: all) → team. A team that somebody is no more in is not proposed.
    """
    if categorie == Categorie.SECURITE:
        return POUR_MOI
    for cle in (categorie, TOUTES):
        if cle in retenues and retenues[cle] in {*offertes, POUR_MOI}:
            return retenues[cle]
    return next(iter(offertes), POUR_MOI)


def est_nationale(cle: str) -> bool:
    """Whether the team is of the whole country, so that its number is said before anything is shared with it."""
    return cle.startswith("role:") and cle.count(":") == 1
