"""Who may grant, end, review and see roles, and who may open an account: predicates on the actor."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from sne.habilitations.models import Habilitation
from sne.habilitations.rules import ROLES, Permission, Role
from sne.habilitations.rules.revues import RELECTEURS
from sne.referentiels.selectors import get_guichet, list_guichets
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


def mandat_pour_relier(acteur: Acteur) -> Mandat | None:
    """The mandate by which ``acteur`` may say that two accounts are of one person: national operation, for the two
    may be of two territories.
    """
    nationaux = (m for m in acteur.mandats if m.perimetre.national)
    return next((m for m in nationaux if Permission.COMPTE_GERER in m.permissions), None)


def can_accorder_a(acteur: Acteur, compte_id: uuid.UUID) -> bool:
    """Grant some role to this person: who grants roles, never to themselves."""
    return acteur.id != compte_id and acteur.peut(Permission.HABILITATION_GERER)


def mandat_pour_accorder(
    acteur: Acteur, *, role: Role, territoire: str, guichet: str, compte_id: uuid.UUID
) -> Mandat | None:
    """The mandate by which ``acteur`` may grant this role there; ``None`` when they may not, or to themselves."""
    if not can_accorder_a(acteur, compte_id):
        return None
    for mandat in acteur.mandats:
        if (
            Permission.HABILITATION_GERER in mandat.permissions
            and mandat.role in ROLES[role].accorde_par
            and mandat.perimetre.couvre(territoire, guichet)
        ):
            return mandat
    return None


def mandat_pour_ouvrir_revue(acteur: Acteur, *, territoire: str, guichet: str = "") -> Mandat | None:
    """The mandate by which ``acteur`` may have the roles of a place reviewed, now or regularly: that of the person who
    grants them there.

    The nation (both empty): national operation.
    """
    for mandat in acteur.mandats:
        if Permission.HABILITATION_GERER in mandat.permissions and (
            mandat.perimetre.national or (territoire and mandat.perimetre.couvre(territoire, guichet))
        ):
            return mandat
    return None


def mandat_pour_retirer(acteur: Acteur, habilitation: Habilitation, *, le: date) -> Mandat | None:
    """The mandate by which ``acteur`` may end this role; ``None`` when they may not, or when it is their own.

    A guichet manager may in every guichet of their own body.
    """
    return _mandat_sur(acteur, habilitation, ROLES[Role(habilitation.role)].retire_par, le=le)


def mandat_pour_revoir(acteur: Acteur, habilitation: Habilitation, *, le: date) -> Mandat | None:
    """The mandate by which ``acteur`` may answer for this role in a review; ``None`` when they may not.

    A manager answers for agents, not for managers.
    """
    return _mandat_sur(acteur, habilitation, RELECTEURS[Role(habilitation.role)], le=le)


def _mandat_sur(
    acteur: Acteur, habilitation: Habilitation, roles: Collection[Role], *, le: date
) -> Mandat | None:
    if acteur.id == habilitation.compte_id:  # nobody reviews their own access
        return None
    for mandat in acteur.mandats:
        if (
            Permission.HABILITATION_RETIRER in mandat.permissions
            and mandat.role in roles
            and _atteint(mandat, habilitation.territoire, habilitation.guichet, le=le)
        ):
            return mandat
    return None


def _atteint(mandat: Mandat, territoire: str, guichet: str, *, le: date) -> bool:
    if mandat.perimetre.couvre(territoire, guichet):
        return True
    if not (guichet and mandat.organisme and mandat.perimetre.couvre(territoire)):
        return False
    fiche = get_guichet(territoire, guichet, le=le)
    return fiche is not None and fiche.organisme == mandat.organisme


def mandat_pour_reinitialiser(
    acteur: Acteur, *, compte_id: uuid.UUID, habilitations: Iterable[Habilitation], le: date
) -> Mandat | None:
    """The mandate by which ``acteur`` may give somebody a new way in.

    Only somebody who may open accounts and may end every role of this one: otherwise a territorial manager could sign
    in as national operation.
    """
    peut_tous = all(mandat_pour_retirer(acteur, habilitation, le=le) for habilitation in habilitations)
    return mandat_pour_creer_compte(acteur) if peut_tous and acteur.id != compte_id else None


def can_changer_mot_de_passe(acteur: Acteur, *, compte_id: uuid.UUID) -> bool:
    """Change a password: its owner alone."""
    return acteur.id == compte_id


def scope(acteur: Acteur, *, le: date) -> Q:
    """Roles the actor may see: their own, and those of the places that they watch over; every list starts from it."""
    lieux = scope_des_lieux(acteur, le=le)
    return Q(compte=acteur.id) | lieux if lieux else lieux  # an empty condition is everything


def scope_des_lieux(acteur: Acteur, *, le: date) -> Q:
    """Places where the actor watches over roles: a condition on any row that names ``territoire`` and ``guichet``.

    The nation, a territory, the guichets of a manager's own body there.
    """
    lieux = Q(pk__in=[])
    for mandat in acteur.mandats:
        if Permission.HABILITATION_RETIRER not in mandat.permissions or mandat.perimetre.personnel:
            continue
        territoire, guichet = mandat.perimetre.territoire, mandat.perimetre.guichet
        if mandat.perimetre.national:
            return Q()
        if not guichet:
            lieux |= Q(territoire=territoire)
            continue
        fiches = list_guichets(territoire, le=le) if mandat.organisme else ()
        siens = [f.code for f in fiches if f.organisme == mandat.organisme]
        lieux |= Q(territoire=territoire, guichet__in=sorted({guichet, *siens}))
    return lieux
