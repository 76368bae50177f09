"""Application entry of the agreements with vendors."""

from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "sne.conventions"
    verbose_name = "Conventions"
