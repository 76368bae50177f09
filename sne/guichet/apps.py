"""Application entry of the counter: its entries of the main menu."""

from django.apps import AppConfig

from sne.habilitations.rules import Permission
from sne.socle.navigation import Entree, inscrire_entrees


class GuichetConfig(AppConfig):
    name = "sne.guichet"
    verbose_name = "Guichet"

    def ready(self) -> None:
        from sne.guichet.accueil.onglets import compter_decisions  # noqa: PLC0415 - models are loaded by now
        from sne.registre.enquete.selectors.enquetes import compter_enquetes  # noqa: PLC0415

        inscrire_entrees(
            Entree(10, "Accueil", "accueil"),
            Entree(20, "Rechercher", "rechercher", Permission.DEMANDE_RECHERCHER),
            Entree(
                30, "Enregistrer une demande", "enregistrer", Permission.DEMANDE_DEPOSER, sans_guichet=False
            ),
            Entree(33, "Mes listes", "listes", Permission.LISTE_LIRE),
            Entree(
                35,
                "Décisions",
                "identites",
                Permission.ETAT_CIVIL_DECIDER,
                compter=compter_decisions,
                sous=("/decisions/",),
            ),
            Entree(36, "Suivi", "suivi", Permission.SUIVI_LIRE, sous=("/sensibilisation/guichets/",)),
            Entree(37, "Enquêtes", "enquetes", Permission.ENQUETE_LIRE, compter=compter_enquetes),
            Entree(42, "Journal", "journal", Permission.JOURNAL_LIRE),
            Entree(40, "Attestations", "attestations-a-remettre", Permission.ATTESTATION_EMETTRE),
        )
