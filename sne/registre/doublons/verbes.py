"""Looking for a person, and for the same household twice."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbeDoublon(Verbe):
    """Kinds of act."""

    RECHERCHER = "RECHERCHER", "Recherche effectuée", Silence.SANS_DEMANDE, Trait.LECTURE
    OUVRIR_CAS_DOUBLON = "OUVRIR_CAS_DOUBLON", "Comparaison de deux demandes à faire", Silence.AUTRE_FOYER
    CONSULTER_CAS_DOUBLON = (
        "CONSULTER_CAS_DOUBLON",
        "Comparaison de deux demandes consultée",
        Silence.AUTRE_FOYER,
        Trait.LECTURE,
    )
    CLORE_CAS_DOUBLON = "CLORE_CAS_DOUBLON", "Comparaison de deux demandes décidée", Silence.AUTRE_FOYER
    BALAYER_DOUBLONS = (
        "BALAYER_DOUBLONS",
        "Demandes proches cherchées dans le territoire",
        Silence.AUTRE_FOYER,
    )
    CONSULTER_ENSEMBLE_DOUBLON = (
        "CONSULTER_ENSEMBLE_DOUBLON",
        "Demandes proches consultées",
        Silence.AUTRE_FOYER,
        Trait.LECTURE,
    )
    CLORE_ENSEMBLE_DOUBLON = "CLORE_ENSEMBLE_DOUBLON", "Demandes proches décidées", Silence.AUTRE_FOYER
