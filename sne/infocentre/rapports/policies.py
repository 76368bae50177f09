"""Who may read which place, open what is behind a figure, take it away, decide of reports: predicates on the actor."""

from collections.abc import Mapping

from sne.habilitations.rules import Permission, Role
from sne.infocentre.rapports.rules.lieux import Lieu, Portee, lieux, portee
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur, Mandat

RESERVEES = frozenset(
    {"DECISIONS_PRIORITAIRES", "ATTRIBUTIONS_PRIORITAIRES", "ATTRIBUTIONS_DALO", "STOCK_DALO"}
)
"""Measures of which the files say something highly personal: who is behind them is for those who read it."""
NON_LUS: Mapping[str, frozenset[str]] = {"R14": frozenset({Role.ASSOCIATION_HLM, Role.UNION_HLM})}
"""By report, the roles that do not read it: equal treatment of the ways of filing is not for landlords."""


def portee_de(acteur: Acteur, lieu: Lieu, permission: Permission = Permission.RAPPORT_LIRE) -> Portee | None:
    """What the actor reads of a place, takes away or opens the files of; ``None`` when it is out of their perimeter.

    The one function that says it: every page, file and list of files asks it.
    """
    return portee(_mandats(acteur, permission), lieu, get_decoupage())


def lieux_de(acteur: Acteur, permission: Permission = Permission.RAPPORT_LIRE) -> tuple[Lieu, ...]:
    """The places that the actor reads, the widest first."""
    return lieux(_mandats(acteur, permission), get_decoupage())


def can_lire_le_rapport(acteur: Acteur, rapport: str) -> bool:
    """Read this report of what they read: by one of their roles, of some place, that it is not kept from."""
    mandats = [m for m in _mandats(acteur, Permission.RAPPORT_LIRE) if not m.perimetre.personnel]
    return any(est_lu_par(rapport, m.role) for m in mandats)


def est_lu_par(rapport: str, role: str) -> bool:
    """Whether a report is kept from a role."""
    return role not in NON_LUS.get(rapport, ())


def can_publier(acteur: Acteur) -> bool:
    """Propose or validate what becomes of a version: who holds it for the nation."""
    return _nationalement(acteur, Permission.RAPPORT_PUBLIER)


def can_definir(acteur: Acteur) -> bool:
    """Write the definition of an indicator, or a version of a report."""
    return _nationalement(acteur, Permission.INDICATEUR_DEFINIR)


def can_ouvrir_la_mesure(acteur: Acteur, mesures: frozenset[str], territoires: tuple[str, ...]) -> bool:
    """Read which demandes are behind these measures, in all these territories."""
    return not mesures & RESERVEES or all(acteur.peut(Permission.DALO_LIRE, t) for t in territoires)


def _mandats(acteur: Acteur, permission: Permission) -> tuple[Mandat, ...]:
    return tuple(m for m in acteur.mandats if permission in m.permissions)


def _nationalement(acteur: Acteur, permission: Permission) -> bool:
    return any(m.perimetre.national for m in _mandats(acteur, permission))
