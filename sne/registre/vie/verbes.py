"""The life of a demande: notices, end of validity, striking-off, erasure."""

from sne.journal.rules import Dit, Silence, Verbe


class VerbeVie(Verbe):
    """Kinds of act."""

    PREVENIR = (
        "PREVENIR",
        "Préavis de renouvellement",
        Dit("Le service a préparé un rappel\u00a0: il faut renouveler votre demande."),
    )
    ECHEC_PREAVIS = (
        "ECHEC_PREAVIS",
        "Préavis de renouvellement non remis",
        Dit("Le rappel pour renouveler votre demande n’est pas arrivé."),
    )
    EXPIRER = (
        "EXPIRER",
        "Fin de validité",
        Dit("Votre demande n’est plus valable. Vous avez encore un peu de temps pour la renouveler."),
    )
    RADIER = "RADIER", "Demande radiée", Dit("{qui} a mis fin à votre demande.", contestable=True)
    PURGER = "PURGER", "Demande effacée", Silence.EFFACEE
    DEMANDER_ARRET = (
        "DEMANDER_ARRET",
        "Arrêt de la demande demandé par le ménage",
        Dit(
            "{qui} a demandé d’arrêter votre demande. Elle s’arrête quelques jours après, sauf si vous la gardez.",
            contestable=True,
        ),
    )
    ANNULER_ARRET = (
        "ANNULER_ARRET",
        "Arrêt demandé par le ménage, puis annulé",
        Dit("{qui} a gardé votre demande\u00a0: elle ne s’arrête plus."),
    )
    DEMANDER_ANNULATION = (
        "DEMANDER_ANNULATION",
        "Annulation d’un double demandée",
        Dit("{qui} signale que cette demande est enregistrée deux fois."),
    )
    REFUSER_ANNULATION = (
        "REFUSER_ANNULATION",
        "Annulation d’un double refusée",
        Dit("{qui} a répondu que cette demande n’est pas un double\u00a0: elle reste."),
    )
    ANNULER = (
        "ANNULER",
        "Enregistrement en double, annulé",
        Dit("{qui} a annulé cette demande\u00a0: elle était enregistrée deux fois."),
    )
    RETABLIR = "RETABLIR", "Demande annulée, puis rétablie", Dit("{qui} a rétabli cette demande.")
