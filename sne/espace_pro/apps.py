"""Application entry of the site’s screens: the header leads to them all, the menu to « Assistance » for who answers."""

from django.apps import AppConfig


class EspaceProConfig(AppConfig):
    name = "sne.espace_pro"
    verbose_name = "Guide et aide"
