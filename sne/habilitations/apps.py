"""Application entry of accounts and roles: its entry of the main menu."""

from django.apps import AppConfig

from sne.socle.navigation import Entree, inscrire_entrees


class HabilitationsConfig(AppConfig):
    name = "sne.habilitations"
    verbose_name = "Habilitations"

    def ready(self) -> None:
        from sne.habilitations.rules import Permission  # noqa: PLC0415 - rules load without Django

        inscrire_entrees(Entree(45, "Habilitations", "habilitations", Permission.HABILITATION_RETIRER))
