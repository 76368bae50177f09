"""Messages on the ways into a demande: that it can be followed online, the code that opens it, that one opened it."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageRattachement(Genre):
    """Kinds of message."""

    RATTACHEMENT = (
        "RATTACHEMENT",
        Modele(
            libelle="Accès en ligne ouvert",
            objet="Votre demande de logement social {numero} peut être suivie en ligne",
            texte="notifications/rattachement.txt",
            sms="",
            variables=frozenset({"numero", "le", "prenom"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            tu=True,
        ),
    )
    CODE_CONNEXION = (
        "CODE_CONNEXION",
        Modele(
            libelle="Code de connexion",
            objet="Votre code de connexion",
            texte="notifications/code_connexion.txt",
            sms="{code}\u00a0: votre code. Il sert une fois, pendant {minutes} min. Ne le donnez à personne, même à un "
            "agent.\n@{site} #{code}",
            variables=frozenset({"code", "minutes", "site"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
    CODE_DEPOT = (
        "CODE_DEPOT",
        Modele(
            libelle="Code pour faire une demande",
            objet="Votre code pour faire votre demande de logement social",
            texte="notifications/code_depot.txt",
            sms="",
            variables=frozenset({"code", "minutes", "site"}),
            canaux=frozenset({Canal.COURRIEL}),
            tu=True,
        ),
    )
    CODE_CONTACT = (
        "CODE_CONTACT",
        Modele(
            libelle="Code pour changer de contact",
            objet="Votre code pour changer d’adresse ou de téléphone",
            texte="notifications/code_contact.txt",
            sms="{code}\u00a0: votre code pour changer d’adresse ou de téléphone. Il sert une fois, {minutes} min. Ne "
            "le donnez à personne.\n@{site} #{code}",
            variables=frozenset({"code", "minutes", "site"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
    NUMERO_RETROUVE = (
        "NUMERO_RETROUVE",
        Modele(
            libelle="Numéro retrouvé",
            objet="Votre numéro de demande de logement social",
            texte="notifications/numero_retrouve.txt",
            sms="Votre numéro de demande de logement social\u00a0: {numeros}. Vous n’avez rien demandé\u00a0? Vous "
            "n’avez rien à faire.",
            variables=frozenset({"numeros"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
    ACCES_GENERIQUE = (
        "ACCES_GENERIQUE",
        Modele(
            libelle="Code demandé pour une demande qui ne s’ouvre pas ainsi",
            objet="Quelqu’un a demandé un code",
            texte="notifications/acces_generique.txt",
            sms="Quelqu’un a demandé un code pour une demande de logement. Elle s’ouvre avec FranceConnect ou dans un "
            "guichet. Ce n’est pas vous\u00a0? Vous n’avez rien à faire.",
            variables=frozenset(),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
    CONNEXION_PAR_CODE = (
        "CONNEXION_PAR_CODE",
        Modele(
            libelle="Demande ouverte par code",
            objet="Votre demande de logement social {numero} a été ouverte par code",
            texte="notifications/connexion_par_code.txt",
            sms="Votre demande {numero} a été ouverte par code le {le} à {heure}. Ce n’est pas vous\u00a0? "
            "Dites-le dans un guichet.",
            variables=frozenset({"numero", "le", "heure"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
    CONNEXION_CHANGEE = (
        "CONNEXION_CHANGEE",
        Modele(
            libelle="Connexion par code fermée ou rouverte",
            objet="Connexion à votre demande de logement social {numero}",
            texte="notifications/connexion_changee.txt",
            sms="Votre demande {numero} {fait}. Ce n’est pas vous\u00a0? Dites-le dans un guichet.",
            variables=frozenset({"numero", "le", "fait"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
            tu=True,
        ),
    )
