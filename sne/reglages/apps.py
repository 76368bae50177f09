"""Application entry of the changes of dated parameters."""

from django.apps import AppConfig


class ReglagesConfig(AppConfig):
    name = "sne.reglages"
    verbose_name = "Paramètres proposés et décidés"
