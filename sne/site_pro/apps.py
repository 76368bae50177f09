"""Application entry of the site: what a person who leaves hands over, what is drawn once it is published."""

from django.apps import AppConfig


class SiteProConfig(AppConfig):
    name = "sne.site_pro"
    verbose_name = "Site des professionnels"

    def ready(self) -> None:
        from sne.habilitations.detenus import Detenteur, inscrire_detenteur  # noqa: PLC0415 - models are ready
        from sne.site_pro.detenus import confier_pages, list_pages_detenues  # noqa: PLC0415
        from sne.site_pro.handlers import brancher  # noqa: PLC0415

        brancher()
        inscrire_detenteur(Detenteur("site_pro", list_pages_detenues, confier_pages))
