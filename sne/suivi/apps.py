"""Application entry of the follow-up of counters: offers its files to messages."""

from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "sne.suivi"
    verbose_name = "Suivi des guichets"

    def ready(self) -> None:
        from sne.suivi.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
