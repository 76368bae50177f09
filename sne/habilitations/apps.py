"""Application entry of accounts and roles."""

from django.apps import AppConfig


class HabilitationsConfig(AppConfig):
    name = "sne.habilitations"
    verbose_name = "Habilitations"
