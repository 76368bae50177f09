"""Application entry of the counter: its entries of the main menu."""

from django.apps import AppConfig

from sne.habilitations.rules import Permission
from sne.socle.navigation import Entree, inscrire_entrees


class GuichetConfig(AppConfig):
    name = "sne.guichet"
    verbose_name = "Guichet"

    def ready(self) -> None:
        inscrire_entrees(
            Entree(10, "Accueil", "accueil"),
            Entree(20, "Rechercher", "rechercher", Permission.DEMANDE_RECHERCHER),
            Entree(
                30, "Enregistrer une demande", "enregistrer", Permission.DEMANDE_DEPOSER, sans_guichet=False
            ),
            Entree(40, "Attestations", "attestations-a-remettre", Permission.ATTESTATION_EMETTRE),
        )
