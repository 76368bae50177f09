"""Application entry of the counter: its entries of the main menu."""

from django.apps import AppConfig

from sne.socle.navigation import ADMINISTRATION, Entree, inscrire_entrees

LISTES, CHIFFRES = "Listes", "Chiffres"


class GuichetConfig(AppConfig):
    name = "sne.guichet"
    verbose_name = "Guichet"

    def ready(self) -> None:
        from sne.guichet.accueil.onglets import compter_decisions  # noqa: PLC0415 - models are loaded by now
        from sne.registre.enquete.selectors.enquetes import compter_enquetes  # noqa: PLC0415
        from sne.registre.mandat.selectors.mandats import compter_a_accepter  # noqa: PLC0415
        from sne.reglages.selectors import compter_a_decider  # noqa: PLC0415

        inscrire_entrees(
            Entree(10, "Accueil", "accueil"),
            Entree(20, "Rechercher", "rechercher"),
            Entree(30, "Enregistrer une demande", "enregistrer", sans_guichet=False),
            Entree(32, "Demandes en ligne", "demandes-en-ligne", groupe=LISTES),
            Entree(34, "Personnes aidées", "aides", compter=compter_a_accepter, groupe=LISTES),
            Entree(33, "Mes listes", "listes", groupe=LISTES),
            Entree(
                35,
                "Décisions",
                "identites",
                compter=compter_decisions,
                sous=("/decisions/",),
            ),
            Entree(
                36, "Suivi", "suivi", sous=("/sensibilisation/guichets/", "/conventions/"), groupe=CHIFFRES
            ),
            Entree(36, "Suivi national", "suivi-national", sauf="suivi", groupe=CHIFFRES),
            Entree(38, "Infocentre", "infocentre", groupe=CHIFFRES),
            Entree(37, "Enquêtes", "enquetes", compter=compter_enquetes),
            Entree(41, "Assistance", "assistance", groupe=LISTES, si="assistance-incidents"),
            Entree(42, "Journal", "journal", groupe=ADMINISTRATION),
            Entree(40, "Attestations", "attestations-a-remettre", groupe=LISTES),
            Entree(46, "Conventions", "conventions", sauf="suivi", groupe=ADMINISTRATION),
            Entree(48, "Paramètres", "parametres", compter=compter_a_decider, groupe=ADMINISTRATION),
        )
