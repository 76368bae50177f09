"""What a counter writes to a household: a sentence chosen among a few, and a line of its own. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Mot(StrEnum):
    """The sentences to choose among; their words are in :data:`MOTS`."""

    APPELER = "APPELER"
    DOCUMENT = "DOCUMENT"
    COORDONNEES = "COORDONNEES"
    RENOUVELER = "RENOUVELER"


MOTS: Mapping[Mot, str] = {
    Mot.APPELER: "Nous avons besoin de vous parler. Appelez-nous ou passez au guichet.",
    Mot.DOCUMENT: "Il manque un document à votre demande. Apportez-le dans un guichet.",
    Mot.COORDONNEES: "Vérifiez avec nous votre adresse, votre téléphone et votre adresse électronique.",
    Mot.RENOUVELER: "Renouvelez votre demande avant sa fin de validité.",
}
"""Said in the language of the household too (``notifications.rules.dites``)."""
