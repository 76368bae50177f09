"""How a demande that is being typed is found again by e-mail: what leads back to it follows what it says."""

from datetime import datetime

from sne.demandeurs.actions import tenir_le_courriel
from sne.portail.nouvelle.en_cours import COURRIEL, DemandeEnLigne


def tenir_la_reprise(avant: DemandeEnLigne, demande: DemandeEnLigne, *, survenu_le: datetime) -> str:
    """After a save: another birth date moves the way back, a reason that makes it secret closes it by two words, which
    are returned, to be said once; empty when none were drawn.
    """
    if demande.naissance is None:
        return ""
    return tenir_le_courriel(
        demande.acteur.id,
        demande.courriel,
        demande.naissance,
        proteger=demande.protegee,
        deplacer=avant.naissance != demande.naissance,
        survenu_le=survenu_le,
    )


def renouveler_les_mots(demande: DemandeEnLigne, *, survenu_le: datetime) -> str:
    """Two other words, in place of those that were given; empty for a draft that none protect."""
    if demande.naissance is None or not demande.protegee:
        return ""
    return tenir_le_courriel(
        demande.acteur.id,
        demande.courriel,
        demande.naissance,
        proteger=True,
        deplacer=True,
        survenu_le=survenu_le,
    )


def noter_le_courriel(demande: DemandeEnLigne, courriel: str) -> DemandeEnLigne:
    """The address that was proved is the one that the demande says."""
    if demande.courriel == courriel:
        return demande
    page = demande.brut(COURRIEL) | {"courriel": [courriel]}
    return demande.garder(COURRIEL, page, acteur=demande.acteur)
