"""Application entry of the foundation: guards are installed, and rights granted, after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from sne.socle.journalisation import configurer


class SocleConfig(AppConfig):
    name = "sne.socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from sne.socle.droits import accorder_apres_migration  # noqa: PLC0415 - models are ready from here on
        from sne.socle.gardes import installer_apres_migration  # noqa: PLC0415

        configurer()
        post_migrate.connect(installer_apres_migration, sender=self, dispatch_uid="socle.gardes")
        post_migrate.connect(accorder_apres_migration, sender=self, dispatch_uid="socle.droits")
