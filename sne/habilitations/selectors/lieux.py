"""Places where somebody grants roles, as choices of a form: ``099-`` a territory, ``099-G0993`` a guichet, a zone."""

from datetime import date

from sne.habilitations.rules import LOGICIELS, ROLES, Permission
from sne.habilitations.selectors.zones import list_zones
from sne.referentiels.selectors import get_geographie, list_guichets
from sne.socle.acteur import Acteur


def list_lieux(acteur: Acteur, *, le: date) -> list[tuple[str, str]]:
    """Territories, each with its guichets when the actor manages one territory; territories, départements and
    regions for the nation.
    """
    territoires = acteur.territoires(Permission.HABILITATION_GERER)
    connus = get_geographie().territoires
    if territoires is None:
        return [*((f"{code}-", fiche.nom) for code, fiche in connus.items()), *list_zones()]
    lieux = []
    for code in sorted(territoires):
        lieux.append((f"{code}-", f"{connus[code].nom}, tout le territoire"))
        lieux += [
            (f"{code}-{g.code}", f"{g.libelle} ({g.code})")
            for g in list_guichets(code, le=le)
            if not g.virtuel
        ]
    return lieux


def list_roles(acteur: Acteur) -> list[tuple[str, str]]:
    """Roles that somebody grants to persons, as choices of a form."""
    lieux = (m for m in acteur.mandats if not m.perimetre.personnel)
    par = {m.role for m in lieux if Permission.HABILITATION_GERER in m.permissions}
    roles = ((role, profil) for role, profil in ROLES.items() if role not in LOGICIELS)
    return [(str(role), profil.nom) for role, profil in roles if profil.accorde_par & par]
