"""Application entry of the infocentre."""

from django.apps import AppConfig


class InfocentreConfig(AppConfig):
    name = "sne.infocentre"
    verbose_name = "Infocentre"
    fonctions_runtime = ("rpls_apparie", "rpls_baux_sans_attribution", "rpls_attributions_a_verifier")

    def ready(self) -> None:
        # Models are ready from here on.
        from sne.infocentre.abonnements import handlers as abonnements  # noqa: PLC0415
        from sne.infocentre.ouvert import handlers as ouvert  # noqa: PLC0415

        abonnements.brancher()
        ouvert.brancher()
