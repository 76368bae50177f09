"""Application entry of the support desk: its messages, what a person who leaves hands over."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "sne.assistance"
    verbose_name = "Assistance"
    fonctions_runtime = ("assistance_oublier",)

    def ready(self) -> None:
        from sne.assistance.detenus import confier_tickets, list_tickets_detenus  # noqa: PLC0415 - models are ready
        from sne.habilitations.detenus import Detenteur, inscrire_detenteur  # noqa: PLC0415

        inscrire_detenteur(Detenteur("assistance", list_tickets_detenus, confier_tickets))
