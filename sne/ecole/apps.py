"""Application entry of the École."""

from django.apps import AppConfig


class EcoleConfig(AppConfig):
    name = "sne.ecole"
    verbose_name = "École"
    fonctions_runtime = ("ecole_vider",)
