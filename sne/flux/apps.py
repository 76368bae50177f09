"""Application entry of the feed: subscribes to the sealed journal."""

from django.apps import AppConfig


class FluxConfig(AppConfig):
    name = "sne.flux"
    verbose_name = "Flux des éditeurs"

    def ready(self) -> None:
        from sne.flux.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
