"""Reports: what is decided of their versions, defined of their indicators, taken away or opened behind a figure."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbeRapport(Verbe):
    """Kinds of act."""

    PROPOSER_RAPPORT = "PROPOSER_RAPPORT", "Décision sur un rapport proposée", Silence.SANS_DEMANDE
    DECIDER_RAPPORT = "DECIDER_RAPPORT", "Décision sur un rapport validée ou refusée", Silence.SANS_DEMANDE
    ECRIRE_RAPPORT = "ECRIRE_RAPPORT", "Version d’un rapport écrite", Silence.SANS_DEMANDE
    PROPOSER_DEFINITION = "PROPOSER_DEFINITION", "Définition d’un indicateur proposée", Silence.SANS_DEMANDE
    DECIDER_DEFINITION = (
        "DECIDER_DEFINITION",
        "Définition d’un indicateur publiée ou refusée",
        Silence.SANS_DEMANDE,
    )
    EXPORTER_RAPPORT = (
        "EXPORTER_RAPPORT",
        "Rapport de l’infocentre exporté",
        Silence.SANS_DEMANDE,
        Trait.LECTURE,
    )
    CONSULTER_DETAIL = (
        "CONSULTER_DETAIL",
        "Demandes derrière un chiffre de l’infocentre consultées",
        Silence.SANS_DEMANDE,
        Trait.LECTURE,
    )
