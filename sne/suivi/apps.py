"""Application entry of the follow-up of counters."""

from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "sne.suivi"
    verbose_name = "Suivi des guichets"
