"""Application entry of the register."""

from django.apps import AppConfig


class RegistreConfig(AppConfig):
    name = "sne.registre"
    verbose_name = "Registre"
    fonctions_runtime = ("prochain_nud",)
