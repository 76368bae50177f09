"""What a message is and may become: channels, states, kinds, return addresses, returned e-mails. Pure."""

from sne.notifications.rules.adresses import AdressePostale, adresse_postale
from sne.notifications.rules.catalogue import DANS_L_OBJET, DANS_LES_ENTETES, PAR_COURRIEL, Genre, GenreAgent
from sne.notifications.rules.etats import (
    A_ENVOYER,
    TRANSITIONS,
    Canal,
    Etat,
    Issue,
    Limites,
    Resultat,
    attente,
    est_definitif,
    met_en_cause_l_adresse,
    suivant,
)
from sne.notifications.rules.familles import Famille
from sne.notifications.rules.jetons import JETON, adresse_de_retour, jeton, lire_jeton
from sne.notifications.rules.modeles import Modele
from sne.notifications.rules.retours import lire_retour, sans_adresse
from sne.notifications.rules.suivi import LETTRES, jeton_de, lire_suivi
from sne.notifications.rules.verification import MessageMalPrepare, verifier

__all__ = [
    "A_ENVOYER",
    "DANS_LES_ENTETES",
    "DANS_L_OBJET",
    "JETON",
    "LETTRES",
    "PAR_COURRIEL",
    "TRANSITIONS",
    "AdressePostale",
    "Canal",
    "Etat",
    "Famille",
    "Genre",
    "GenreAgent",
    "Issue",
    "Limites",
    "MessageMalPrepare",
    "Modele",
    "Resultat",
    "adresse_de_retour",
    "adresse_postale",
    "attente",
    "est_definitif",
    "jeton",
    "jeton_de",
    "lire_jeton",
    "lire_retour",
    "lire_suivi",
    "met_en_cause_l_adresse",
    "sans_adresse",
    "suivant",
    "verifier",
]
