"""The register when it acts by itself: under which name, and with which rights of a territory."""

from sne.habilitations.rules import Permission
from sne.habilitations.rules.acteurs import service
from sne.socle.acteur import Acteur


def service_du_registre(territoire: str) -> Acteur:
    """The service acting by itself: it may find a file of that territory, and nothing else."""
    return service(
        "Service du registre",
        "SERVICE_REGISTRE",
        territoire=territoire,
        permissions=(Permission.DEMANDE_LIRE,),
    )


def horloge_du_registre(territoire: str) -> Acteur:
    """The register acting by its clock in one territory: it gives notices, ends validities and requests that nobody
    decided, strikes off and erases, nothing more.
    """
    permissions = (Permission.DEMANDE_LIRE, Permission.DEMANDE_RADIER)
    return service("Horloge du registre", "HORLOGE", territoire=territoire, permissions=permissions)
