"""Application entry of the decisions of the programme."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "sne.programme"
    verbose_name = "Décisions du programme"
