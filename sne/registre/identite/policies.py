"""Who decides on changes of identity, and who reads them again."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.referentiels.selectors import list_guichets
from sne.registre.demande.policies import can_balayer, scope_de
from sne.socle.acteur import Acteur, Mandat


def scope_des_identites(acteur: Acteur, *, le: date) -> Q:
    """Changes of identity that the actor may decide on: the GT's territory, the counters of a manager's own body.

    A condition on any row that names ``territoire`` and the ``guichet`` that asked. The actor's own entries are not
    excluded here: the action and the database refuse them.
    """
    conditions = [
        Q(territoire=m.perimetre.territoire, **_guichets_decides(m, le))
        for m in acteur.mandats
        if Permission.ETAT_CIVIL_DECIDER in m.permissions and not m.perimetre.personnel
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


def scope_des_relectures(acteur: Acteur) -> Q:
    """Changes that the actor may read again: of their territory, the GT's."""
    return scope_de(acteur, Permission.ETAT_CIVIL_RELIRE)


def is_du_guichet(acteur: Acteur, *, territoire: str, guichet: str) -> bool:
    """Whether the actor acts for this counter now."""
    la = bool(guichet) and (acteur.territoire, acteur.guichet) == (territoire, guichet)
    return la and any(m.perimetre.couvre(territoire, guichet) for m in acteur.mandats)


def _guichets_decides(mandat: Mandat, le: date) -> dict[str, list[str]]:
    """No condition for somebody who holds a territory; otherwise the open counters of the body named by the mandate."""
    if not mandat.perimetre.guichet:
        return {}
    fiches = list_guichets(mandat.perimetre.territoire, le=le)
    return {"guichet__in": [f.code for f in fiches if mandat.organisme and f.organisme == mandat.organisme]}


def can_rappeler(acteur: Acteur, *, territoire: str) -> bool:
    """Remind those who decide on changes of identity that some wait: the service alone."""
    return can_balayer(acteur, territoire=territoire)
