"""Application entry of the foundation: grants the runtime role its rights after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from sne.socle.journalisation import configurer


class SocleConfig(AppConfig):
    name = "sne.socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from sne.socle.droits import accorder_apres_migration  # noqa: PLC0415 - models are ready from here on

        configurer()
        post_migrate.connect(accorder_apres_migration, sender=self, dispatch_uid="socle.droits")
