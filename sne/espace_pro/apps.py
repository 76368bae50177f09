"""Application entry of the site's screens: the header leads to them from every page, the main menu has no room left."""

from django.apps import AppConfig


class EspaceProConfig(AppConfig):
    name = "sne.espace_pro"
    verbose_name = "Guide et aide"
