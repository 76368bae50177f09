"""What of the spaces is found, and by which keys: those of teams, lists and spaces of this very instant."""

from datetime import datetime

from sne.collaboratif.annonces.rules import ANNONCE
from sne.collaboratif.calendrier.rules import RENCONTRE
from sne.collaboratif.echanges.rules import SUJET
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.fichiers.rules import FICHIER
from sne.habilitations.rules import cles_de
from sne.socle.acteur import Acteur

GENRES_DES_ESPACES = {
    SUJET: "Sujet d’un espace",
    ANNONCE: "Annonce",
    FICHIER: "Fichier d’un espace",
    RENCONTRE: "Rencontre",
}
"""Kinds of entry, in words."""


def cles_pour_chercher(acteur: Acteur | None, *, le: datetime, clos: bool = False) -> frozenset[str]:
    """Keys of who searches; ``clos``: closed spaces too. ``None``: nobody has signed in."""
    if acteur is None:
        return cles_de(None)
    lecteur = lecteur_de(acteur, le=le)
    return lecteur.toutes if clos else lecteur.cles
