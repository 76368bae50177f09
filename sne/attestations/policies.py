"""Who may issue, hand over or establish an attestation: any counter of the territory serves any of its files."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_emettre(acteur: Acteur, *, territoire: str) -> bool:
    """Issue an attestation (CCH R441-2-4: the registering service gives it)."""
    return acteur.peut(Permission.ATTESTATION_EMETTRE, territoire)


def can_remettre(acteur: Acteur, *, territoire: str) -> bool:
    """Open the file of an attestation to hand it over."""
    return acteur.peut(Permission.ATTESTATION_EMETTRE, territoire)


def can_traiter(acteur: Acteur, *, territoire: str) -> bool:
    """Establish by hand an attestation that the service could not draw."""
    return acteur.peut(Permission.ATTESTATION_TRAITER, territoire)


def scope(acteur: Acteur) -> Q:
    """Attestations that the actor may know of: those of the demandes that they may read."""
    return _scope(territoires_connus(acteur))


def territoires_connus(acteur: Acteur) -> list[str] | None:
    """The territories of :func:`scope`, for a plain statement; ``None``: all of them."""
    return _territoires(acteur, Permission.DEMANDE_LIRE)


def scope_des_remises(acteur: Acteur) -> Q:
    """The register of the counters, what they have left to hand over, their batches: where they may issue."""
    return _scope(_territoires(acteur, Permission.ATTESTATION_EMETTRE))


def scope_a_traiter(acteur: Acteur) -> Q:
    """Waiting cases that the actor may see: where they may treat them."""
    return _scope(_territoires(acteur, Permission.ATTESTATION_TRAITER))


def _territoires(acteur: Acteur, permission: Permission) -> list[str] | None:
    territoires = acteur.territoires(permission)
    return None if territoires is None else sorted(territoires)


def _scope(territoires: list[str] | None) -> Q:
    return Q() if territoires is None else Q(territoire__in=territoires)
