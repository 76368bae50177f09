"""The history of a demande as a session reads it: whole to who is surely its holder, without values to others."""

import uuid

from sne.demandeurs.rules.niveaux import Geste
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.rules.historique_demandeur.lecteur import Lecteur
from sne.registre.lecture.selectors.historique_demandeur import (
    PAS_UNE_LIGNE,
    LigneMontree,
    get_lecteur,
    get_ligne,
)
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.erreurs import Introuvable


def lecteur_de(demande: Demande, visite: Visite) -> Lecteur:
    """The reader who follows this link. Raises ``Introuvable`` for somebody who is no adult of it any more."""
    lecteur = get_lecteur(demande, str(visite.lien.personne_id))
    return lecteur if visite.peut(Geste.LIRE_HISTORIQUE_ENTIER) else lecteur.sans_valeur()


def lire_contestable(demande: Demande, visite: Visite, entree_id: uuid.UUID) -> LigneMontree:
    """One line of that history, of which its reader may say that it is not theirs. Raises ``Introuvable``."""
    ligne = get_ligne(demande, lecteur_de(demande, visite), entree_id)
    if not ligne.contestable:
        raise Introuvable(PAS_UNE_LIGNE)
    return ligne
