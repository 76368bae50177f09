"""Enquiries, and files frozen meanwhile."""

from sne.journal.rules import Dit, Silence, Trait, Verbe


class VerbeEnquete(Verbe):
    """Kinds of act."""

    OUVRIR_ENQUETE = "OUVRIR_ENQUETE", "Enquête ouverte", Silence.ENQUETE
    COMPLETER_ENQUETE = "COMPLETER_ENQUETE", "Élément ajouté à une enquête", Silence.ENQUETE
    CONSULTER_ENQUETE = "CONSULTER_ENQUETE", "Enquête consultée", Silence.ENQUETE, Trait.LECTURE
    CLORE_ENQUETE = "CLORE_ENQUETE", "Enquête close", Silence.ENQUETE
    GELER = (
        "GELER",
        "Dossier figé pendant une vérification",
        Dit(
            "L’identité et les contacts sont bloqués, le temps d’une vérification. Votre date de demande ne change pas."
        ),
        Trait.SERT,
    )
    DEMANDER_LEVEE = "DEMANDER_LEVEE", "Fin d’une vérification demandée", Silence.ENQUETE
    REFUSER_LEVEE = "REFUSER_LEVEE", "Fin d’une vérification refusée", Silence.ENQUETE
    LEVER_GEL = (
        "LEVER_GEL",
        "Vérification terminée, dossier de nouveau modifiable",
        Dit("La vérification est finie. L’identité et les contacts peuvent de nouveau changer."),
    )
