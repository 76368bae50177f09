"""Application entry of the attestations: subscribes to the journal."""

from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    name = "sne.attestations"
    verbose_name = "Attestations"

    def ready(self) -> None:
        from sne.attestations.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
