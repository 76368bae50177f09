"""A subscription in French words, the same on screen and in e-mails. Pure."""

from collections.abc import Sequence
from datetime import date

from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.socle.signes import INSECABLE, MOIS

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PUBLICATION = "à chaque publication"
SANS_FILTRE = "aucun"


def calendrier_en_mots(calendrier: Calendrier) -> str:
    """« le 2 de chaque mois », « chaque lundi »."""
    quantieme = "1er" if calendrier.jour == 1 else str(calendrier.jour)
    match calendrier.rythme:
        case Rythme.SEMAINE:
            return f"chaque {JOURS[calendrier.jour - 1]}"
        case Rythme.MOIS:
            return f"le {quantieme} de chaque mois"
        case Rythme.TRIMESTRE:
            return f"le {quantieme} du premier mois de chaque trimestre"
        case Rythme.ANNEE:
            return f"le {quantieme} janvier de chaque année"
    return PUBLICATION


def jour_en_mots(jour: date) -> str:
    """« 1er mai 2024 »."""
    return f"{'1er' if jour.day == 1 else jour.day}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def periode_en_mots(du: date, au: date) -> str:
    """« du 1er mai 2023 au 30 avril 2024 »."""
    return f"du {jour_en_mots(du)} au {jour_en_mots(au)}"


def filtres_en_mots(filtres: Sequence[tuple[str, str]]) -> str:
    """« Type de guichet : bailleur ; Commune : 09901 »; « aucun » when everything is counted."""
    return f"{INSECABLE}; ".join(f"{nom}{INSECABLE}: {valeur}" for nom, valeur in filtres) or SANS_FILTRE


def delai_en_mots(jours: int) -> str:
    """« demain », « dans 7 jours »."""
    return "demain" if jours == 1 else f"dans {jours}{INSECABLE}jours"
