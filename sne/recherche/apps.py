"""Application entry of the search."""

from django.apps import AppConfig


class RechercheConfig(AppConfig):
    name = "sne.recherche"
    verbose_name = "Recherche"
