"""Application entry of awareness."""

from django.apps import AppConfig


class SensibilisationConfig(AppConfig):
    name = "sne.sensibilisation"
    verbose_name = "Sensibilisation"
