"""Application entry of the support desk: what households write to it, what a person who leaves hands over."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "sne.assistance"
    verbose_name = "Assistance"
    fonctions_runtime = ("assistance_oublier", "assistance_du_menage")
    fonctions_portail = ("assistance_du_menage",)

    def ready(self) -> None:
        from sne.assistance.detenus import confier_tickets, list_tickets_detenus  # noqa: PLC0415 - models are ready
        from sne.assistance.tasks import PRENDRE  # noqa: PLC0415
        from sne.assistance.verbes import VerbeAssistance  # noqa: PLC0415
        from sne.habilitations.detenus import Detenteur, inscrire_detenteur  # noqa: PLC0415
        from sne.journal.handlers import abonner  # noqa: PLC0415

        abonner("assistance.menages", verbes={VerbeAssistance.ECRIRE_EN_MENAGE}, tache=PRENDRE)
        inscrire_detenteur(Detenteur("assistance", list_tickets_detenus, confier_tickets))
