"""The module of typing, for Django: it has templates of fields, and no table."""

from django.apps import AppConfig


class SaisieConfig(AppConfig):
    """Typing an application, whatever the interface."""

    name = "sne.saisie"
    verbose_name = "Saisie"
