"""Messages to the vendor of a software, about what lets it in."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageConvention(GenreAgent):
    """Kinds of message."""

    ADRESSE_A_VERIFIER = (
        "ADRESSE_A_VERIFIER",
        Modele(
            libelle="Adresse à vérifier",
            objet="Votre convention à l’École",
            texte="notifications/agents/adresse_a_verifier.txt",
            html="notifications/agents/adresse_a_verifier.html",
            sms="",
            variables=frozenset({"editeur", "heures", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
    CLE_A_ECHOIR = (
        "CLE_A_ECHOIR",
        Modele(
            libelle="Fin prochaine d’une clé",
            objet="Fin prochaine d’une clé de votre logiciel",
            texte="notifications/agents/cle_a_echoir.txt",
            html="notifications/agents/cle_a_echoir.html",
            sms="",
            variables=frozenset({"editeur", "organisme", "prefixe", "jours", "fin"}),
            canaux=PAR_COURRIEL,
        ),
    )
    USAGE_INHABITUEL = (
        "USAGE_INHABITUEL",
        Modele(
            libelle="Usage inhabituel d’un logiciel",
            objet="Usage inhabituel d’un logiciel d’éditeur",
            texte="notifications/agents/usage_inhabituel.txt",
            html="notifications/agents/usage_inhabituel.html",
            sms="",
            variables=frozenset({"editeur", "organisme", "constat", "suite", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
