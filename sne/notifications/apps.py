"""Application entry of the messages: subscribes to the journal."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "sne.notifications"
    verbose_name = "Messages"
    fonctions_runtime = ("messages_agents_effacer",)

    def ready(self) -> None:
        from sne.notifications.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
        autodiscover_modules("messages")
