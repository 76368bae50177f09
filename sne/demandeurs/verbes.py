"""Households signing in and out."""

from sne.journal.rules import Silence, Verbe


class VerbeDemandeur(Verbe):
    """Kinds of act."""

    CONNECTER_DEMANDEUR = "CONNECTER_DEMANDEUR", "Connexion d’une personne à son espace", Silence.SANS_DEMANDE
    DEMANDER_CODE = "DEMANDER_CODE", "Code de connexion demandé", Silence.SANS_DEMANDE
    FERMER_COMPTE = "FERMER_COMPTE", "Compte d’une personne fermé", Silence.SANS_DEMANDE
    ECHOUER_CODE = "ECHOUER_CODE", "Code de connexion faux", Silence.SANS_DEMANDE
    DECONNECTER_DEMANDEUR = "DECONNECTER_DEMANDEUR", "Fin de cette connexion", Silence.SANS_DEMANDE
    CHOISIR_AVIS = "CHOISIR_AVIS", "Messages reçus ou refusés, choisis par une personne", Silence.SANS_DEMANDE
    CHOISIR_LANGUE = "CHOISIR_LANGUE", "Langue des messages choisie par une personne", Silence.SANS_DEMANDE
