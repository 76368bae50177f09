"""SMS: a port, and a simulator that writes each one in a folder. No provider is chosen yet."""

from pathlib import Path
from typing import Protocol

from django.conf import settings

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.rules import Issue, Resultat


class PortSms(Protocol):
    """Where SMS leave from."""

    def envoyer(self, *, numero: str, texte: str, reference: str) -> Resultat:
        """Try once; ``reference`` is the same when the same SMS is tried again."""
        ...


def port_sms() -> PortSms:
    """The folder of the service, until a provider is chosen."""
    return Simulateur(Path(settings.DOSSIER_VAR) / "sms")


class Simulateur:
    """Each SMS is a text file under its reference."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def envoyer(self, *, numero: str, texte: str, reference: str) -> Resultat:
        ecrire(self.dossier / f"{reference}.txt", f"{numero}\n{texte}\n".encode())
        return Resultat(Issue.ACCEPTE, texte="Écrit dans le dossier des SMS, sans opérateur")
