"""Application entry of the public site: it tells households what the support desk answers them."""

from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "sne.portail"
    verbose_name = "Portail public"

    def ready(self) -> None:
        from sne.assistance.verbes import VerbeAssistance  # noqa: PLC0415 - models are ready
        from sne.journal.handlers import abonner  # noqa: PLC0415
        from sne.portail.tasks import ANNONCER_REPONSE  # noqa: PLC0415

        dits = {VerbeAssistance.ECRIRE_TICKET, VerbeAssistance.PASSER_TICKET}
        abonner("portail.assistance", verbes=dits, tache=ANNONCER_REPONSE)
