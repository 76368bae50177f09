"""Application entry of the cells."""

from django.apps import AppConfig


class CellulesConfig(AppConfig):
    name = "sne.cellules"
    verbose_name = "Cellules"
