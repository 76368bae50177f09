"""Application entry of the public site."""

from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "sne.portail"
    verbose_name = "Portail public"
