"""Who may grant, end and see roles, and who may open an account: predicates on the actor."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from sne.habilitations.models import Habilitation
from sne.habilitations.rules import ROLES, Permission, Role
from sne.socle.acteur import Acteur, Mandat
from sne.socle.erreurs import NonHabilite


def require_mandat(mandat: Mandat | None, phrase: str) -> Mandat:
    """The mandate that allows the act. Raises ``NonHabilite`` with a French sentence when there is none."""
    if mandat is None:
        raise NonHabilite(phrase)
    return mandat


def mandat_pour_creer_compte(acteur: Acteur) -> Mandat | None:
    """The mandate by which ``acteur`` may open an account: who keeps the list of agents (CCH R441-2-5 II)."""
    return acteur.mandat_pour(Permission.COMPTE_GERER)


def mandat_pour_accorder(
    acteur: Acteur, *, role: Role, territoire: str, guichet: str, compte_id: uuid.UUID
) -> Mandat | None:
    """The mandate by which ``acteur`` may grant this role there; ``None`` when they may not, or to themselves."""
    return _mandat(
        acteur,
        Permission.HABILITATION_GERER,
        parmi=ROLES[role].accorde_par,
        ou=(territoire, guichet),
        compte_id=compte_id,
    )


def mandat_pour_retirer(acteur: Acteur, habilitation: Habilitation) -> Mandat | None:
    """The mandate by which ``acteur`` may end this role; ``None`` when they may not, or when it is their own."""
    return _mandat(
        acteur,
        Permission.HABILITATION_RETIRER,
        parmi=ROLES[Role(habilitation.role)].retire_par,
        ou=(habilitation.territoire, habilitation.guichet),
        compte_id=habilitation.compte_id,
    )


def _mandat(
    acteur: Acteur,
    permission: Permission,
    *,
    parmi: frozenset[Role],
    ou: tuple[str, str],
    compte_id: uuid.UUID,
) -> Mandat | None:
    if acteur.id == compte_id:  # nobody reviews their own access
        return None
    for mandat in acteur.mandats:
        if permission in mandat.permissions and mandat.role in parmi and mandat.perimetre.couvre(*ou):
            return mandat
    return None


def mandat_pour_reinitialiser(
    acteur: Acteur, *, compte_id: uuid.UUID, habilitations: Iterable[Habilitation]
) -> Mandat | None:
    """The mandate by which ``acteur`` may give somebody a new way in.

    They open accounts, and could end every role of this one: else a territorial manager could sign in as
    national operation.
    """
    peut_tous = all(mandat_pour_retirer(acteur, habilitation) for habilitation in habilitations)
    return mandat_pour_creer_compte(acteur) if peut_tous and acteur.id != compte_id else None


def can_changer_mot_de_passe(acteur: Acteur, *, compte_id: uuid.UUID) -> bool:
    """Change a password: its owner alone."""
    return acteur.id == compte_id


def scope(acteur: Acteur) -> Q:
    """Roles the actor may see: their own, and those they may end; every list starts from it."""
    visibles = Q(compte=acteur.id)
    for mandat in acteur.mandats:
        if Permission.HABILITATION_RETIRER not in mandat.permissions:
            continue
        perimetre = mandat.perimetre
        if perimetre.national:
            return Q()
        visibles |= Q(
            territoire=perimetre.territoire, **({"guichet": perimetre.guichet} if perimetre.guichet else {})
        )
    return visibles
