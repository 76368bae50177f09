"""Which passwords are tried first: what is left of a password once the parts that anybody would try are taken out.
Pure.

Django's list of common passwords is English, and compares whole ones; zxcvbn knows neither French words nor AZERTY.
"""

import re
import unicodedata

RESTE_AU_MOINS = 6  # signs that no list gives
DISTINCTS_AU_MOINS = 5
SUITES = (
    "0123456789012",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
MORCEAU = 3  # signs of a suite that count as one
MOTS = (
    "administrateur administration agence amour anniversaire azerty bailleur bienvenue bonjour bonsoir "
    "bretagne changer chocolat chouchou commune connexion coucou demande demandeur departement dimanche "
    "doudou enregistrement famille football france guichet habitat habitation identifiant internet "
    "janvier jetaime jeudi locataire logement loulou lundi lyon mairie maison mardi marseille mercredi "
    "metropole ministere motdepasse nouveau numero ordinateur paris parisien password prefecture "
    "printemps provisoire registre republique samedi secret secretaire securite service social soleil "
    "temporaire toulouse utilisateur vacances vendredi "
)
COURTS = (
    "admin aout automne avril chat chien code compte decembre ete fevrier hiver hlm juillet juin mai mars "
    "mdp mot novembre octobre pass passe septembre sne "
)
LISTE = sorted({*MOTS.split(), *COURTS.split()}, key=len, reverse=True)
POUR_DES_LETTRES = str.maketrans("@4310$5€", "aaeiosse")
REPETEE = re.compile(r"(.{1,6}?)\1{2,}|(.{4,}?)\2")


def se_devine(mot_de_passe: str) -> bool:
    """Whether little is left of it without repetitions, keys in a row, years and the words that people choose."""
    clair = _sans_accent(mot_de_passe)
    return any(_est_pauvre(_reste(lu)) for lu in (clair, clair.translate(POUR_DES_LETTRES)))


def _est_pauvre(reste: str) -> bool:
    return len(reste) < RESTE_AU_MOINS or len(set(reste)) < DISTINCTS_AU_MOINS


def _sans_accent(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(signe for signe in decompose if signe.isalnum() or signe in "@$€")


def _reste(texte: str) -> str:
    for mot in LISTE:
        texte = texte.replace(mot, " ")
    texte = re.sub(r"(19|20)\d\d", " ", REPETEE.sub(" ", texte))
    for suite in SUITES:
        for sens in (suite, suite[::-1]):
            texte = _sans_suite(texte, sens)
    return texte.replace(" ", "")


def _sans_suite(texte: str, suite: str) -> str:
    """Without its stretches of at least ``MORCEAU`` signs in this order, the longest first."""
    for longueur in range(len(suite), MORCEAU - 1, -1):
        for debut in range(len(suite) - longueur + 1):
            texte = texte.replace(suite[debut : debut + longueur], " ")
    return texte
