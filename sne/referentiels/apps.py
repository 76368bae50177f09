"""Application entry of the reference data."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReferentielsConfig(AppConfig):
    name = "sne.referentiels"
    verbose_name = "Référentiels"

    def ready(self) -> None:
        autodiscover_modules("parametres")
