"""What a page may say: its kind, its theme, its title, its short answer, who reads it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sne.habilitations.rules import PROFESSIONNELS, TOUS
from sne.socle.erreurs import Interdit
from sne.textes.rules import Rendu, masquer_nir, rendre

TITRE_MAX, REPONSE_MAX, MOTS_MAX, CORPS_MAX = 120, 240, 300, 60_000
ADRESSE = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
ADRESSE_PRISE = "Cette adresse est déjà celle d’une autre page."


class Genre(StrEnum):
    """Kinds of page."""

    FICHE = "FICHE"
    FAQ = "FAQ"
    ACTUALITE = "ACTUALITE"
    CAMPAGNE = "CAMPAGNE"
    CR = "CR"
    DOC = "DOC"
    AFFICHE = "AFFICHE"


GENRES: Mapping[Genre, str] = {
    Genre.FICHE: "Fiche",
    Genre.FAQ: "Questions et réponses",
    Genre.ACTUALITE: "Actualité",
    Genre.CAMPAGNE: "Campagne",
    Genre.CR: "Compte rendu",
    Genre.DOC: "Document",
    Genre.AFFICHE: "Affiche",
}
PAPIERS: Mapping[Genre, Mapping[str, str]] = {
    Genre.DOC: {"document": "PDF"},
    Genre.AFFICHE: {"a4": "PDF à imprimer en A4", "a3": "PDF à imprimer en A3"},
}
"""Kinds that are drawn on paper too: each paper, and what its file is called."""
TERME = "TERME"
"""Of the glossary: found like a page, and is none."""
RESERVEES = frozenset(
    {
        "avis",
        "campagnes",
        "chercher",
        "decisions",
        "documents",
        "ecran",
        "glossaire",
        "proposer",
        "redaction",
        "theme",
    }
)
"""First words of the addresses that are not of a page."""
POIDS: Mapping[Genre, float] = {
    Genre.FICHE: 1.8,
    Genre.FAQ: 1.8,
    Genre.CAMPAGNE: 1.4,
    Genre.DOC: 1.4,
    Genre.AFFICHE: 1.4,
}
"""How much higher a kind is found than an ordinary one."""


class Theme(StrEnum):
    """What a page is about, a closed list."""

    ENREGISTRER = "enregistrer"
    IDENTITE = "identite"
    PIECES = "pieces"
    RESSOURCES = "ressources"
    ATTESTATION = "attestation"
    VIE = "vie"
    PRIORITES = "priorites"
    ATTRIBUTION = "attribution"
    PILOTAGE = "pilotage"
    COMPTES = "comptes"
    SECURITE = "securite"
    PGP = "pgp"
    EGALITE = "egalite"
    EDITEURS = "editeurs"
    SUPPORT = "support"
    OUTIL = "outil"


THEMES: Mapping[Theme, tuple[str, str]] = {
    Theme.ENREGISTRER: ("Enregistrer", "Recevoir une personne et délivrer son numéro."),
    Theme.IDENTITE: ("Identité", "Noms, naissance, numéro de sécurité sociale."),
    Theme.PIECES: ("Pièces", "Demander, recevoir, qualifier."),
    Theme.RESSOURCES: ("Ressources", "Ce que l’administration connaît, et ce que cela vaut."),
    Theme.ATTESTATION: ("Attestation", "La remettre, la vérifier."),
    Theme.VIE: ("Vie de la demande", "Renouveler, séparer, radier, revenir."),
    Theme.PRIORITES: ("Priorités", "DALO et publics prioritaires."),
    Theme.ATTRIBUTION: ("Attribution", "De la désignation au bail."),
    Theme.PILOTAGE: ("Pilotage", "Chiffres et tableaux."),
    Theme.COMPTES: ("Comptes", "Accès, rôles, revues."),
    Theme.SECURITE: ("Sécurité", "Détournements, contestations, fuites."),
    Theme.PGP: ("PGP", "Aider une personne dans son espace en ligne."),
    Theme.EGALITE: ("Égalité de traitement", "La même information pour toutes et tous."),
    Theme.EDITEURS: ("Éditeurs", "Logiciels reliés au service."),
    Theme.SUPPORT: ("Assistance", "Demander de l’aide."),
    Theme.OUTIL: ("Le service", "Décisions, comptes rendus, nouveautés."),
}
"""Theme → (name, one sentence)."""
PUBLICS: Mapping[str, str] = {
    "guichet": "Agents de guichet",
    "responsable": "Responsables de guichet",
    "gt": "Gestionnaires territoriaux",
    "gfp": "Gestionnaires de fichiers partagés",
    "n1": "Assistance",
    "editeur": "Éditeurs",
}
ACCES: Mapping[str, str] = {TOUS: "Tout le monde", PROFESSIONNELS: "Professionnels qui ont un rôle"}
"""Who may read a page of the site; what is for one team alone is in its space."""
RAISONS: Mapping[str, str] = {
    "MANQUE": "Il manque une information",
    "FAUX": "Ce n’est pas juste, ou ne l’est plus",
    "OBSCUR": "Je ne comprends pas",
    "AILLEURS": "Ce n’est pas ce que je cherchais",
    "AUTRE": "Autre chose",
}
"""Why a page did not help."""
AVIS_MAX = 600
SANS_TITRE = "Donnez un titre à la page, comme une question qu’on se pose."
SANS_REPONSE = "Répondez en une phrase ou deux, avant le détail."
SANS_CORPS = "Écrivez le texte de la page."


@dataclass(frozen=True, slots=True)
class Texte:
    """A page as it may be submitted, rendered. Lists are sorted, without repeat."""

    titre: str
    reponse: str
    mots: str
    corps: str
    rendu: Rendu
    publics: tuple[str, ...]
    acces: tuple[str, ...]


def lire_texte_de_page(contenu: Mapping[str, Any]) -> Texte:
    """What was typed, as it may be submitted; social security numbers are masked. Raises ``Interdit`` on its field."""
    titre, reponse, mots = (" ".join(str(contenu.get(c, "")).split()) for c in ("titre", "reponse", "mots"))
    corps = str(contenu.get("corps", "")).strip()
    _exiger(titre, TITRE_MAX, champ="titre", sinon=SANS_TITRE)
    _exiger(reponse, REPONSE_MAX, champ="reponse", sinon=SANS_REPONSE)
    _exiger(mots or "-", MOTS_MAX, champ="mots", sinon="")
    _exiger(corps, CORPS_MAX, champ="corps", sinon=SANS_CORPS)
    publics = tuple(sorted(set(contenu.get("publics", ())) & PUBLICS.keys()))
    acces = tuple(sorted(set(contenu.get("acces", ())) & ACCES.keys()))
    if not publics:
        raise Interdit("Dites à qui cette page s’adresse.", champ="publics")
    if len(acces) != 1:
        raise Interdit("Dites qui peut la lire.", champ="acces")
    corps = masquer_nir(corps)
    return Texte(
        masquer_nir(titre), masquer_nir(reponse), masquer_nir(mots), corps, rendre(corps), publics, acces
    )


def lire_adresse(adresse: str) -> str:
    """An address under the site: lower-case words, hyphens, slashes. Raises ``Interdit`` on ``adresse``."""
    lue = adresse.strip().strip("/").lower()
    if not ADRESSE.fullmatch(lue) or len(lue) > 120:
        raise Interdit("Une adresse s’écrit en minuscules, sans accent, avec des tirets.", champ="adresse")
    if lue.partition("/")[0] in RESERVEES:
        raise Interdit("Cette adresse sert au site lui-même. Choisissez-en une autre.", champ="adresse")
    return lue


def _exiger(texte: str, maximum: int, *, champ: str, sinon: str) -> None:
    if not texte:
        raise Interdit(sinon, champ=champ)
    if len(texte) > maximum:
        raise Interdit(f"{maximum} signes au plus.", champ=champ)


def lire_avis(utile: bool, raison: str, texte: str) -> tuple[str, str]:
    """Why, and the sentence, as they may be kept. Raises ``Interdit`` on ``raison`` or ``texte``."""
    if utile:
        return "", ""
    if raison not in RAISONS:
        raise Interdit("Dites pourquoi cette page ne vous a pas aidé.", champ="raison")
    texte = masquer_nir(" ".join(texte.split()))
    if len(texte) > AVIS_MAX:
        raise Interdit(f"{AVIS_MAX} signes au plus.", champ="texte")
    return raison, texte
