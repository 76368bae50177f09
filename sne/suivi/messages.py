"""Messages on the figures of counters."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


def _alerte(libelle: str, *, texte: str, html: str) -> Modele:
    """What a counter, or a territorial manager, is told of an alert; what it says is read after signing in."""
    return Modele(
        libelle=libelle,
        objet=f"{libelle}, {{territoire}}",
        texte=texte,
        html=html,
        sms="",
        variables=frozenset({"territoire", "guichet", "delai", "lien"}),
        canaux=PAR_COURRIEL,
    )


class MessageSuivi(GenreAgent):
    """Kinds of message."""

    RECAPITULATIF = (
        "RECAPITULATIF",
        Modele(
            libelle="Récapitulatif mensuel des guichets",
            objet="Récapitulatif mensuel des guichets, {territoire}",
            texte="notifications/agents/recapitulatif.txt",
            html="notifications/agents/recapitulatif.html",
            sms="",
            variables=frozenset({"territoire", "mois", "guichets", "signales", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
    RECAPITULATIF_SANS_LECTEUR = (
        "RECAPITULATIF_SANS_LECTEUR",
        Modele(
            libelle="Récapitulatif mensuel sans gestionnaire pour le lire",
            objet="Récapitulatif mensuel sans gestionnaire, {territoire}",
            texte="notifications/agents/recapitulatif_sans_lecteur.txt",
            html="notifications/agents/recapitulatif_sans_lecteur.html",
            sms="",
            variables=frozenset({"territoire", "mois"}),
            canaux=PAR_COURRIEL,
        ),
    )
    ALERTE_OUVERTE = (
        "ALERTE_OUVERTE",
        _alerte(
            "Question sur les chiffres de votre guichet",
            texte="notifications/agents/alerte_ouverte.txt",
            html="notifications/agents/alerte_ouverte.html",
        ),
    )
    ALERTE_RELANCEE = (
        "ALERTE_RELANCEE",
        _alerte(
            "Réponse attendue de votre guichet",
            texte="notifications/agents/alerte_relancee.txt",
            html="notifications/agents/alerte_relancee.html",
        ),
    )
    ALERTE_REPONDUE = (
        "ALERTE_REPONDUE",
        _alerte(
            "Réponse d’un guichet à votre question",
            texte="notifications/agents/alerte_repondue.txt",
            html="notifications/agents/alerte_repondue.html",
        ),
    )
