"""Who takes the letters, by the settings."""

from pathlib import Path

from django.conf import settings

from sne.notifications.envois.lettres import DepotFichier, PortLettre
from sne.notifications.envois.maileva import Acces, Maileva


def port_lettre() -> PortLettre:
    """Maileva when its address is set, else the print folder of the service."""
    return maileva() or DepotFichier(Path(settings.DOSSIER_VAR) / "courriers")


def maileva() -> Maileva | None:
    """The provider of letters; ``None`` when its address is not set."""
    if not settings.MAILEVA_URL:
        return None
    acces = Acces(
        url=settings.MAILEVA_URL,
        connexion=settings.MAILEVA_CONNEXION_URL,
        client=settings.MAILEVA_CLIENT,
        compte=settings.MAILEVA_COMPTE,
    )
    return Maileva(acces, Path(settings.DOSSIER_VAR) / "maileva")
