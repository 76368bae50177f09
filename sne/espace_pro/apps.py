"""Application entry of the site's screens: their entry of the main menu."""

from django.apps import AppConfig

from sne.socle.navigation import Entree, inscrire_entrees


class EspaceProConfig(AppConfig):
    name = "sne.espace_pro"
    verbose_name = "Guide et aide"

    def ready(self) -> None:
        inscrire_entrees(Entree(50, "Guide et aide", "aide-accueil", sous=("/aide/",)))
