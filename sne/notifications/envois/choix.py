"""Who takes the letters, by the settings."""

from pathlib import Path

from django.conf import settings

from sne.notifications.envois.lettres import DepotFichier, PortLettre
from sne.notifications.envois.maileva import Acces, Maileva


def port_lettre() -> PortLettre:
    """Maileva when its address is set, else the print folder of the service."""
    dossier = Path(settings.DOSSIER_VAR)
    if not settings.MAILEVA_URL:
        return DepotFichier(dossier / "courriers")
    acces = Acces(
        url=settings.MAILEVA_URL,
        connexion=settings.MAILEVA_CONNEXION_URL,
        client=settings.MAILEVA_CLIENT,
        compte=settings.MAILEVA_COMPTE,
    )
    return Maileva(acces, dossier / "maileva")
