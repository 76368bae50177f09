"""Messages on what was sent online, to whoever sent it and to a household that is registered already."""

from sne.notifications.rules import PAR_COURRIEL, Canal, Genre, GenreAgent, Modele

PARTOUT = frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE})


class MessageDepot(Genre):
    """Kinds of message."""

    DEPOT_RECU = (
        "DEPOT_RECU",
        Modele(
            libelle="Demande en ligne reçue",
            objet="Votre demande de logement social est envoyée",
            texte="notifications/depot_recu.txt",
            sms="Votre demande de logement est envoyée. Sa date\u00a0: {date}. Un guichet la vérifie avant le {avant}. "
            "Référence {reference}.",
            variables=frozenset({"reference", "date", "avant"}),
            canaux=PARTOUT,
        ),
    )
    DEPOT_A_COMPLETER = (
        "DEPOT_A_COMPLETER",
        Modele(
            libelle="Document demandé pour une demande en ligne",
            objet="Votre demande de logement social\u00a0: envoyez une autre photo",
            texte="notifications/depot_a_completer.txt",
            sms="Demande du {date}\u00a0: {raison} Envoyez une autre photo avant le {fin}. Réf. {reference}.",
            variables=frozenset({"reference", "date", "raison", "fin"}),
            canaux=PARTOUT,
        ),
    )
    DEPOT_REFUSE = (
        "DEPOT_REFUSE",
        Modele(
            libelle="Demande en ligne refusée",
            objet="Votre demande de logement social n’est pas enregistrée",
            texte="notifications/depot_refuse.txt",
            sms="Votre demande de logement du {date} n’est pas enregistrée. Un guichet vous dit pourquoi, avant le "
            "{fin}. Référence {reference}.",
            variables=frozenset({"reference", "date", "raison", "fin"}),
            canaux=PARTOUT,
        ),
    )
    DEPOT_RECONNU = (
        "DEPOT_RECONNU",
        Modele(
            libelle="Demande en ligne rapprochée d’une demande enregistrée",
            objet="Votre demande de logement social est déjà enregistrée",
            texte="notifications/depot_reconnu.txt",
            sms="Une demande de logement de votre foyer est enregistrée. N’en envoyez pas une autre. Référence de "
            "votre envoi du {date}\u00a0: {reference}.",
            variables=frozenset({"reference", "date"}),
            canaux=PARTOUT,
        ),
    )
    DEPOT_RAPPEL = (
        "DEPOT_RAPPEL",
        Modele(
            libelle="Document attendu pour une demande en ligne, rappel",
            objet="Votre demande de logement social attend un document",
            texte="notifications/depot_rappel.txt",
            sms="Demande du {date}\u00a0: {raison} Envoyez une photo avant le {fin}. Réf. {reference}.",
            variables=frozenset({"reference", "date", "raison", "fin"}),
            canaux=PARTOUT,
        ),
    )
    BROUILLON_RAPPEL = (
        "BROUILLON_RAPPEL",
        Modele(
            libelle="Demande commencée en ligne, rappel",
            objet="Votre demande de logement social n’est pas encore envoyée",
            texte="notifications/brouillon_rappel.txt",
            sms="",
            variables=frozenset({"fin"}),
            canaux=PAR_COURRIEL,
            tu=True,
        ),
    )
    DEPOT_DEJA_CONNU = (
        "DEPOT_DEJA_CONNU",
        Modele(
            libelle="Autre demande envoyée en ligne au nom du foyer",
            objet="Une demande de logement social vient d’être envoyée à votre nom",
            texte="notifications/depot_deja_connu.txt",
            sms="",
            variables=frozenset({"numero", "date"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            tu=True,
        ),
    )


class MessageDepotAgent(GenreAgent):
    """Kinds of message to professionals."""

    DEPOT_SUR_PROTEGEE = (
        "DEPOT_SUR_PROTEGEE",
        Modele(
            libelle="Demande envoyée en ligne au nom d’un foyer protégé",
            objet="Demande en ligne à regarder, {territoire}",
            texte="notifications/agents/habilitations.txt",
            html="notifications/agents/habilitations.html",
            sms="",
            variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
