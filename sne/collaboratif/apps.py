"""Application entry of the shared spaces: what a person who leaves hands over."""

from django.apps import AppConfig


class CollaboratifConfig(AppConfig):
    name = "sne.collaboratif"
    verbose_name = "Espaces partagés"

    def ready(self) -> None:
        from sne.collaboratif.detenus import confier_rencontres, list_rencontres_tenues  # noqa: PLC0415 - models are ready
        from sne.habilitations.detenus import Detenteur, inscrire_detenteur  # noqa: PLC0415

        inscrire_detenteur(Detenteur("collaboratif", list_rencontres_tenues, confier_rencontres))
