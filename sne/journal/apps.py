"""Application entry of the journal."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "sne.journal"
    verbose_name = "Journal"
    fonctions_portail = ("journal_inscrire_en_lot",)
    fonctions_runtime = (
        "journal_inscrire",
        "journal_inscrire_en_lot",
        "journal_sceller",
        "journal_ouvrir_mois",
        "journal_tuiler",
    )

    def ready(self) -> None:
        autodiscover_modules("verbes")
