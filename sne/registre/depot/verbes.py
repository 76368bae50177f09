"""Taking over from a former system, an earlier date, what was explained on the day; what was sent online."""

from sne.journal.rules import Dit, Silence, Trait, Verbe


class VerbeDepot(Verbe):
    """Kinds of act."""

    REPRENDRE = (
        "REPRENDRE",
        "Demande reprise d’un ancien système",
        Dit(
            "Votre demande vient d’un ancien fichier. Elle a été reprise ici.",
            {
                ("acte", "RENOUVELER"): "Votre demande a été renouvelée, d’après l’ancien fichier.",
                ("acte", "EXPIREE"): "Votre demande n’était plus valable, d’après l’ancien fichier.",
                ("acte", "RADIEE"): "Votre demande a pris fin, d’après l’ancien fichier.",
            },
        ),
    )
    CONSIGNER_EGALITE = (
        "CONSIGNER_EGALITE",
        "Explications et remises consignées",
        Dit("{qui} a noté ce qui vous a été expliqué ou remis."),
    )
    DECIDER_ANTERIORITE = (
        "DECIDER_ANTERIORITE",
        "Date de dépôt antérieure accordée",
        Dit(
            "{qui} a accepté une date de demande plus ancienne.",
            {("issue", "REFUSEE"): "{qui} a refusé une date de demande plus ancienne."},
        ),
    )
    ENVOYER_DEPOT = "ENVOYER_DEPOT", "Demande envoyée en ligne, à vérifier", Silence.SANS_DEMANDE
    COMPLETER_DEPOT = (
        "COMPLETER_DEPOT",
        "Document envoyé de nouveau, pour une demande en ligne",
        Silence.SANS_DEMANDE,
    )
    LIRE_DEPOT = "LIRE_DEPOT", "Demande en ligne consultée", Silence.SANS_DEMANDE, Trait.LECTURE
    PRENDRE_DEPOT = "PRENDRE_DEPOT", "Vérification d’une demande en ligne commencée", Silence.SANS_DEMANDE
    DEMANDER_DOCUMENT = (
        "DEMANDER_DOCUMENT",
        "Document demandé avant d’enregistrer une demande en ligne",
        Silence.SANS_DEMANDE,
    )
    REFUSER_DEPOT = "REFUSER_DEPOT", "Demande en ligne refusée", Silence.SANS_DEMANDE
    RECONNAITRE_DEPOT = (
        "RECONNAITRE_DEPOT",
        "Demande en ligne rapprochée d’une demande déjà enregistrée",
        Dit("{qui} a reconnu un envoi en ligne comme le vôtre. Cette demande continue."),
    )
    RAPPELER_DEPOT = (
        "RAPPELER_DEPOT",
        "Document attendu rappelé, pour une demande en ligne",
        Silence.SANS_DEMANDE,
    )
    RAPPELER_BROUILLON = (
        "RAPPELER_BROUILLON",
        "Demande commencée en ligne rappelée à la personne",
        Silence.SANS_DEMANDE,
    )
    EFFACER_DEPOT = "EFFACER_DEPOT", "Demande en ligne effacée sans être enregistrée", Silence.EFFACEE
