"""Application entry of the households' accounts."""

from django.apps import AppConfig


class DemandeursConfig(AppConfig):
    name = "sne.demandeurs"
    verbose_name = "Comptes des demandeurs"
