"""Messages on the life of a demande: renewal, striking-off."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageVie(Genre):
    """Kinds of message."""

    PREAVIS_RENOUVELLEMENT = (
        "PREAVIS_RENOUVELLEMENT",
        Modele(
            libelle="Préavis de renouvellement",
            objet="Renouvelez votre demande de logement social {numero}",
            texte="notifications/preavis_renouvellement.txt",
            sms="Demande {numero}, valable jusqu’au {date_expiration}. "
            "Renouvelez-la dans un guichet avant le {date_radiation}, sinon elle sera radiée.",
            variables=frozenset(
                {"numero", "validite", "date_expiration", "date_radiation", "retour_jusqu_au", "portail"}
            ),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
        ),
    )
    AVIS_RADIATION = (
        "AVIS_RADIATION",
        Modele(
            libelle="Avis de radiation",
            objet="Votre demande de logement social {numero} n’est plus active",
            texte="notifications/avis_radiation.txt",
            sms="",
            variables=frozenset(
                {"numero", "date_radiation", "pourquoi", "retour", "contester", "date_effacement", "recours"}
            ),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
        ),
    )
    ARRET_DEMANDE = (
        "ARRET_DEMANDE",
        Modele(
            libelle="Arrêt de la demande demandé en ligne",
            objet="Votre demande de logement social {numero} s’arrête le {effet_le}",
            texte="notifications/arret_demande.txt",
            sms="Quelqu’un de votre foyer arrête la demande {numero} le {effet_le}. Pour la garder, connectez-vous ou "
            "allez dans un guichet.",
            variables=frozenset({"numero", "effet_le", "portail"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
        ),
    )
    ARRET_ANNULE = (
        "ARRET_ANNULE",
        Modele(
            libelle="Demande gardée",
            objet="Votre demande de logement social {numero} ne s’arrête pas",
            texte="notifications/arret_annule.txt",
            sms="La demande {numero} ne s’arrête pas\u00a0: quelqu’un de votre foyer, ou un guichet, l’a gardée.",
            variables=frozenset({"numero"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
        ),
    )
