"""Application entry of the proof."""

from django.apps import AppConfig


class PreuveConfig(AppConfig):
    name = "sne.preuve"
    verbose_name = "Preuve"
