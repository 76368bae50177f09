"""Application entry of the imports of vendors."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "sne.imports"
    verbose_name = "Imports"
