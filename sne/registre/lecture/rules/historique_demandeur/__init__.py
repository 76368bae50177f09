"""A household’s own history of its demande: what is told of each act, to whom, in which words. Pure."""

from sne.registre.lecture.rules.historique_demandeur.auteurs import (
    ENQUETEURS,
    ROLES_EN_MOTS,
    UN_GUICHET,
    Auteur,
    auteur_de,
)
from sne.registre.lecture.rules.historique_demandeur.catalogue import (
    CATALOGUE,
    GENRES,
    MESSAGES_TUS,
    SILENCES,
    TUS,
    Dit,
    Genre,
    Silence,
    is_tu,
    phrase_de,
    verbes_dits,
)
from sne.registre.lecture.rules.historique_demandeur.changements import (
    CACHE,
    ChangementMontre,
    Cote,
    Famille,
    famille_de,
    montrer,
    montrer_tout,
)
from sne.registre.lecture.rules.historique_demandeur.groupes import Groupe, Mois, par_mois
from sne.registre.lecture.rules.historique_demandeur.lecteur import Etape, Lecteur, meme_personne, situer
from sne.registre.lecture.rules.historique_demandeur.mots import Mots, nettoyer
from sne.registre.lecture.rules.historique_demandeur.raisons import raison_de

__all__ = [
    "CACHE",
    "CATALOGUE",
    "ENQUETEURS",
    "GENRES",
    "MESSAGES_TUS",
    "ROLES_EN_MOTS",
    "SILENCES",
    "TUS",
    "UN_GUICHET",
    "Auteur",
    "ChangementMontre",
    "Cote",
    "Dit",
    "Etape",
    "Famille",
    "Genre",
    "Groupe",
    "Lecteur",
    "Mois",
    "Mots",
    "Silence",
    "auteur_de",
    "famille_de",
    "is_tu",
    "meme_personne",
    "montrer",
    "montrer_tout",
    "nettoyer",
    "par_mois",
    "phrase_de",
    "raison_de",
    "situer",
    "verbes_dits",
]
