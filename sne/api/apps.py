"""Application entry of the vendors' interface: its background jobs."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "sne.api"
    verbose_name = "Interface des éditeurs"
