"""Messages that bring an attestation."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageAttestation(Genre):
    """Kinds of message."""

    ATTESTATION_SIMPLIFIEE = (
        "ATTESTATION_SIMPLIFIEE",
        Modele(
            libelle="Attestation d’enregistrement",
            objet="Votre attestation d’enregistrement, demande {numero}",
            texte="notifications/attestation_simplifiee.txt",
            sms="Votre demande de logement social est enregistrée sous le numéro {numero}, "
            "valable jusqu’au {date_expiration}.",
            variables=frozenset({"numero", "date_depot", "date_expiration", "verification"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
        ),
    )
    ATTESTATION_RENOUVELLEMENT = (
        "ATTESTATION_RENOUVELLEMENT",
        Modele(
            libelle="Attestation de renouvellement",
            objet="Votre attestation de renouvellement, demande {numero}",
            texte="notifications/attestation_renouvellement.txt",
            sms="Votre demande de logement social {numero} est renouvelée, valable jusqu’au {date_expiration}.",
            variables=frozenset({"numero", "date_depot", "date_expiration", "verification"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
        ),
    )
