"""Application entry of the infocentre."""

from django.apps import AppConfig


class InfocentreConfig(AppConfig):
    name = "sne.infocentre"
    verbose_name = "Infocentre"
