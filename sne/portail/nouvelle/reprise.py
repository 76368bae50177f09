"""How a demande that is being typed is found again by e-mail: what leads back to it follows what it says."""

from datetime import datetime

from sne.demandeurs.actions import tenir_le_courriel
from sne.portail.nouvelle.en_cours import COURRIEL, DemandeEnLigne
from sne.registre.depot_en_ligne.rules.reprise import Reprise, mots_dus, reprise_due


def tenir_la_reprise(avant: DemandeEnLigne, demande: DemandeEnLigne, *, survenu_le: datetime) -> str:
    """After a save: the two words that are due, to be said once; empty when none were drawn."""
    due = reprise_due(avant.naissance, demande.naissance, secrete=demande.protegee)
    return _tenir(demande, due, survenu_le)


def renouveler_les_mots(demande: DemandeEnLigne, *, survenu_le: datetime) -> str:
    """Two other words, in place of those that were given; empty for a draft that none protect."""
    return _tenir(demande, mots_dus(demande.naissance, secrete=demande.protegee), survenu_le)


def _tenir(demande: DemandeEnLigne, due: Reprise | None, survenu_le: datetime) -> str:
    if due is None or demande.naissance is None:
        return ""
    return tenir_le_courriel(
        demande.acteur.id,
        demande.courriel,
        demande.naissance,
        proteger=due.proteger,
        deplacer=due.deplacer,
        survenu_le=survenu_le,
    )


def noter_le_courriel(demande: DemandeEnLigne, courriel: str) -> DemandeEnLigne:
    """The address that was proved is the one that the demande says."""
    if demande.courriel == courriel:
        return demande
    page = demande.brut(COURRIEL) | {"courriel": [courriel]}
    return demande.garder(COURRIEL, page, acteur=demande.acteur)
