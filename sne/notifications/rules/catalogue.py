"""Every kind of message to a household as data: subject, templates, values it needs, the SMS that announces it."""

from collections.abc import Mapping
from enum import StrEnum

from sne.notifications.rules.etats import Canal
from sne.notifications.rules.modeles import Modele


class Genre(StrEnum):
    """One kind of message to a household. Adding one without its templates fails a test."""

    ATTESTATION_SIMPLIFIEE = "ATTESTATION_SIMPLIFIEE"
    ATTESTATION_RENOUVELLEMENT = "ATTESTATION_RENOUVELLEMENT"
    PREAVIS_RENOUVELLEMENT = "PREAVIS_RENOUVELLEMENT"
    VERIFICATION_COURRIEL = "VERIFICATION_COURRIEL"
    AVIS_RADIATION = "AVIS_RADIATION"
    PIECE_INEXPLOITABLE = "PIECE_INEXPLOITABLE"
    DEMANDE_RETABLIE = "DEMANDE_RETABLIE"
    DEMANDE_A_PART = "DEMANDE_A_PART"
    DEMANDE_PIECES = "DEMANDE_PIECES"
    AVIS_CHANGEMENT = "AVIS_CHANGEMENT"
    CHANGEMENT_ENREGISTRE = "CHANGEMENT_ENREGISTRE"
    OPPOSITION_RECUE = "OPPOSITION_RECUE"


CATALOGUE: Mapping[Genre, Modele] = {
    Genre.ATTESTATION_SIMPLIFIEE: Modele(
        libelle="Attestation d’enregistrement",
        objet="Votre attestation d’enregistrement, demande {numero}",
        texte="notifications/attestation_simplifiee.txt",
        html="notifications/attestation_simplifiee.html",
        sms="Votre demande de logement social est enregistrée sous le numéro {numero}, "
        "valable jusqu’au {date_expiration}.",
        variables=frozenset({"numero", "date_depot", "date_expiration", "verification"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
    Genre.ATTESTATION_RENOUVELLEMENT: Modele(
        libelle="Attestation de renouvellement",
        objet="Votre attestation de renouvellement, demande {numero}",
        texte="notifications/attestation_renouvellement.txt",
        html="notifications/attestation_renouvellement.html",
        sms="Votre demande de logement social {numero} est renouvelée, valable jusqu’au {date_expiration}.",
        variables=frozenset({"numero", "date_depot", "date_expiration", "verification"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
    Genre.PREAVIS_RENOUVELLEMENT: Modele(
        libelle="Préavis de renouvellement",
        objet="Renouvelez votre demande de logement social {numero}",
        texte="notifications/preavis_renouvellement.txt",
        html="notifications/preavis_renouvellement.html",
        sms="Demande {numero}, valable jusqu’au {date_expiration}. "
        "Renouvelez-la dans un guichet avant le {date_radiation}, sinon elle sera radiée.",
        variables=frozenset(
            {"numero", "validite", "date_expiration", "date_radiation", "retour_jusqu_au", "portail"}
        ),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
    Genre.VERIFICATION_COURRIEL: Modele(
        libelle="Vérification de l’adresse électronique",
        objet="Confirmez votre adresse électronique",
        texte="notifications/verification_courriel.txt",
        html="notifications/verification_courriel.html",
        sms="",
        variables=frozenset({"lien", "duree"}),
        canaux=frozenset({Canal.COURRIEL}),
    ),
    Genre.AVIS_RADIATION: Modele(
        libelle="Avis de radiation",
        objet="Votre demande de logement social {numero} n’est plus active",
        texte="notifications/avis_radiation.txt",
        html="notifications/avis_radiation.html",
        sms="",
        variables=frozenset(
            {"numero", "date_radiation", "pourquoi", "retour", "contester", "date_effacement", "recours"}
        ),
        canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
    ),
    Genre.DEMANDE_RETABLIE: Modele(
        libelle="Demande rétablie",
        objet="Votre demande de logement social {numero} est rétablie",
        texte="notifications/demande_retablie.txt",
        html="notifications/demande_retablie.html",
        sms="",
        variables=frozenset({"numero", "depuis", "anciennete_rendue", "date_expiration", "territoire"}),
        canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
    ),
    Genre.DEMANDE_A_PART: Modele(
        libelle="Demande enregistrée sous un autre numéro",
        objet="Votre demande de logement social a son propre numéro, {numero}",
        texte="notifications/demande_a_part.txt",
        html="notifications/demande_a_part.html",
        sms="",
        variables=frozenset({"numero", "depuis", "date_expiration", "territoire"}),
        canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
    ),
    Genre.PIECE_INEXPLOITABLE: Modele(
        libelle="Pièce à remettre de nouveau",
        objet="Une pièce est à remettre pour votre demande de logement social {numero}",
        texte="notifications/piece_inexploitable.txt",
        html="notifications/piece_inexploitable.html",
        sms="",
        variables=frozenset({"numero", "piece", "recue_le", "raison", "territoire"}),
        canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
    ),
    Genre.DEMANDE_PIECES: Modele(
        libelle="Demande de pièces",
        objet="Des pièces sont à remettre pour votre demande de logement social {numero}",
        texte="notifications/demande_pieces.txt",
        html="notifications/demande_pieces.html",
        sms="",
        variables=frozenset({"numero", "pieces", "quand", "territoire"}),
        canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
    ),
    Genre.AVIS_CHANGEMENT: Modele(
        libelle="Avis de changement, avec un lien pour bloquer le dossier",
        objet="Un changement sur votre demande de logement social {numero}",
        texte="notifications/avis_changement.txt",
        html="notifications/avis_changement.html",
        sms="Demande {numero}\u00a0: changement le {le}. Ce n’est pas vous\u00a0? {lien}",
        variables=frozenset({"numero", "le", "par", "changements", "lien", "duree"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
    Genre.CHANGEMENT_ENREGISTRE: Modele(
        libelle="Avis de changement, sans lien",
        objet="Un changement de la demande de logement social {numero}",
        texte="notifications/changement_enregistre.txt",
        html="notifications/changement_enregistre.html",
        sms="Demande de logement {numero}\u00a0: changement saisi le {le}. "
        "Ce n’est pas vous\u00a0? Dites-le dans un guichet.",
        variables=frozenset({"numero", "le", "par", "changements"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
    ),
    Genre.OPPOSITION_RECUE: Modele(
        libelle="Signalement « Ce n’est pas moi » reçu",
        objet="Votre signalement {reference}",
        texte="notifications/opposition_recue.txt",
        html="notifications/opposition_recue.html",
        sms="Signalé, {reference}. Nous vous appelons avant le {rappel}. Erreur\u00a0? {lien}",
        variables=frozenset({"reference", "rappel", "lien", "duree"}),
        canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
    ),
}
