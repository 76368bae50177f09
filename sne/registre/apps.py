"""Application entry of the register: subscribes to the journal, says what people hold in it."""

from django.apps import AppConfig


class RegistreConfig(AppConfig):
    name = "sne.registre"
    verbose_name = "Registre"
    fonctions_runtime = (
        "prochain_nud",
        "registre_purger",
        "registre_verser_statistiques",
        "registre_guetter_pieces",
        "attente_placer",
    )

    def ready(self) -> None:
        import sne.registre.attentes  # noqa: F401, PLC0415
        from sne.habilitations.detenus import Detenteur, inscrire_detenteur  # noqa: PLC0415 - models are ready
        from sne.registre.detenus import (  # noqa: PLC0415
            confier_ce_qui_est_du_registre,
            list_detenus_du_registre,
        )
        from sne.registre.handlers import brancher  # noqa: PLC0415

        brancher()
        inscrire_detenteur(Detenteur("registre", list_detenus_du_registre, confier_ce_qui_est_du_registre))
