"""Application entry of the connectors."""

from django.apps import AppConfig


class ConnecteursConfig(AppConfig):
    name = "sne.connecteurs"
    verbose_name = "Services de l’État"
