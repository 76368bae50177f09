"""A page as one file: its head in TOML between two lines of « +++ », then its text. Pure."""

import json
import tomllib
from typing import Any, Protocol

from sne.socle.erreurs import Interdit

TETE = "+++\n"
CLES = (
    "code",
    "adresse",
    "genre",
    "theme",
    "titre",
    "reponse",
    "publics",
    "acces",
    "mots",
    "verifier_mois",
    "ecrans",
)


class _Page(Protocol):
    code: str
    adresse: str
    genre: str
    theme: str
    verifier_mois: int
    ecrans: list[str]


class _Revision(Protocol):
    titre: str
    reponse: str
    mots: str
    corps: str
    publics: list[str]
    acces: list[str]


def lire_fichier(nom: str, texte: str) -> dict[str, Any]:
    """What the file says. Raises ``Interdit`` that names the file: no head, a key that is missing or unknown."""
    _, tete, corps = [*texte.replace("\r\n", "\n").split(TETE, 2), "", ""][:3]
    try:
        lu = tomllib.loads(tete)
    except tomllib.TOMLDecodeError as erreur:
        raise Interdit(f"{nom}\u00a0: l’en-tête ne se lit pas ({erreur}).") from None
    if set(lu) != set(CLES):
        raise Interdit(f"{nom}\u00a0: l’en-tête attend {', '.join(CLES)}.")
    return lu | {"corps": corps.strip()}


def ecrire_fichier(page: _Page, revision: _Revision) -> str:
    """The file that :func:`lire_fichier` reads back."""
    valeurs = {nom: getattr(revision if hasattr(revision, nom) else page, nom) for nom in CLES}
    lignes = (f"{nom} = {json.dumps(valeur, ensure_ascii=False)}\n" for nom, valeur in valeurs.items())
    return f"{TETE}{''.join(lignes)}{TETE}{revision.corps.strip()}\n"
