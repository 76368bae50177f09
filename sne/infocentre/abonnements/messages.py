"""Messages on what leaves by itself: an edition, and what is told of it when it does not leave as it was asked."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


def _avis(libelle: str) -> Modele:
    """What is told of a subscription: what happened, what follows, the page where it is decided."""
    return Modele(
        libelle=libelle,
        objet=f"{libelle}, {{territoire}}",
        texte="notifications/agents/abonnement_avis.txt",
        html="notifications/agents/abonnement_avis.html",
        sms="",
        variables=frozenset({"territoire", "rapport", "quoi", "suite", "lien"}),
        canaux=PAR_COURRIEL,
    )


class MessageAbonnement(GenreAgent):
    """Kinds of message."""

    ABONNEMENT_EDITION = (
        "ABONNEMENT_EDITION",
        Modele(
            libelle="Édition d’un rapport de l’infocentre",
            objet="Rapport de l’infocentre, {territoire}",
            texte="notifications/agents/abonnement_edition.txt",
            html="notifications/agents/abonnement_edition.html",
            sms="",
            variables=frozenset(
                {
                    "territoire",
                    "rapport",
                    "perimetre",
                    "periode",
                    "filtres",
                    "sceau",
                    "lignes",
                    "fragiles",
                    "remarques",
                    "piece",
                    "pourquoi",
                    "lien",
                    "lien_rapport",
                    "lien_abonnement",
                    "lien_arret",
                }
            ),
            canaux=PAR_COURRIEL,
        ),
    )
    ABONNEMENT_EN_RETARD = "ABONNEMENT_EN_RETARD", _avis("Envoi d’un rapport en retard")
    ABONNEMENT_EN_ECHEC = "ABONNEMENT_EN_ECHEC", _avis("Envoi d’un rapport en échec")
    ABONNEMENT_SANS_LECTEUR = "ABONNEMENT_SANS_LECTEUR", _avis("Rapport sans personne pour le recevoir")
    ABONNEMENT_VERSION = "ABONNEMENT_VERSION", _avis("Nouvelle version d’un rapport auquel vous êtes abonnés")
    ABONNEMENT_RAPPEL = "ABONNEMENT_RAPPEL", _avis("Retrait d’une version d’un rapport")
    ABONNEMENT_PORTE = "ABONNEMENT_PORTE", _avis("Abonnement porté sur une nouvelle version")
    ABONNEMENT_TERMINE = "ABONNEMENT_TERMINE", _avis("Fin de votre abonnement à un rapport")
