"""Application entry of the infocentre."""

from django.apps import AppConfig


class InfocentreConfig(AppConfig):
    name = "sne.infocentre"
    verbose_name = "Infocentre"
    fonctions_runtime = ("rpls_apparie", "rpls_baux_sans_attribution", "rpls_attributions_a_verifier")

    def ready(self) -> None:
        from sne.infocentre.ouvert.handlers import brancher  # noqa: PLC0415 - models are ready from here on

        brancher()
