"""Application entry of the register: subscribes to the journal."""

from django.apps import AppConfig


class RegistreConfig(AppConfig):
    name = "sne.registre"
    verbose_name = "Registre"
    fonctions_runtime = (
        "prochain_nud",
        "registre_purger",
        "registre_verser_statistiques",
        "registre_guetter_pieces",
    )

    def ready(self) -> None:
        from sne.registre.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
