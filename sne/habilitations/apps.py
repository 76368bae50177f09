"""Application entry of accounts and roles: its entry of the main menu."""

from django.apps import AppConfig

from sne.socle.navigation import ADMINISTRATION, Entree, inscrire_entrees


class HabilitationsConfig(AppConfig):
    name = "sne.habilitations"
    verbose_name = "Habilitations"
    fonctions_runtime = fonctions_portail = ("habilitations_guichets_aidants",)

    def ready(self) -> None:

        inscrire_entrees(Entree(45, "Habilitations", "habilitations", groupe=ADMINISTRATION))
