"""What may be written in a space, until when it changes freely, what is left out of what goes on the site. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sne.collaboratif.espaces.rules import lire_ligne
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE
from sne.textes.rules import Genre, Rendu, lire_numeros, masquer_nir, rendre
from sne.textes.rules.numeros import MASQUE

TITRE_MAX, CORPS_MAX, MOTIF_MAX = 120, 10_000, 300
SUJET = "SUJET"
"""Of the search: a question or a discussion."""
SANS_TITRE = "Résumez votre question en une ligne."
SANS_TEXTE = "Écrivez quelque chose."
SANS_MOTIF = f"Dites pourquoi{INSECABLE}: l’auteur et ceux qui animent l’espace le liront."
POINTS = "[…]"


class GenreSujet(StrEnum):
    """Kinds of topic."""

    QUESTION = "QUESTION"
    DISCUSSION = "DISCUSSION"


GENRES = {GenreSujet.QUESTION: "Question", GenreSujet.DISCUSSION: "Discussion"}


class Niveau(StrEnum):
    """What somebody wants to be told by the digest."""

    RIEN = "RIEN"
    RESUME = "RESUME"
    TOUT = "TOUT"


NIVEAUX = {
    Niveau.RIEN: "Rien par courriel",
    Niveau.RESUME: "Les réponses à ce que j’ai écrit",
    Niveau.TOUT: "Tout ce qui est nouveau",
}


@dataclass(frozen=True, slots=True)
class Texte:
    """What was typed, as it is kept: without social security number."""

    corps: str
    rendu: Rendu


def lire_titre(titre: str) -> str:
    """Raises ``Interdit`` on ``titre``."""
    return masquer_nir(lire_ligne(titre, champ="titre", maximum=TITRE_MAX, sinon=SANS_TITRE))


def lire_texte(corps: str) -> Texte:
    """Raises ``Interdit`` on ``corps``: empty, too long, not readable as it is marked."""
    corps = corps.strip()
    if not corps:
        raise Interdit(SANS_TEXTE, champ="corps")
    if len(corps) > CORPS_MAX:
        raise Interdit(f"{CORPS_MAX} signes au plus.", champ="corps")
    corps = masquer_nir(corps)
    return Texte(corps, rendre(corps))


def lire_motif(motif: str) -> str:
    """Raises ``Interdit`` on ``motif``."""
    return lire_ligne(motif, champ="motif", maximum=MOTIF_MAX, sinon=SANS_MOTIF)


def est_libre(cree_le: datetime, *, le: datetime, minutes: int) -> bool:
    """Whether what was written may still change without showing what it was."""
    return le < cree_le + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Expurge:
    """A text fit for a public page, and the words that were left out, in their order."""

    texte: str
    retires: tuple[str, ...]


GUICHET = re.compile(r"\bG\d{4}\b")
COURRIEL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")


def expurger(texte: str, *, noms: Collection[str]) -> Expurge:
    """Leave out numbers of demandes and of social security, e-mails, codes of counters, these names in any case."""
    retires = []
    morceaux = []
    for m in lire_numeros(texte):
        if m.genre is Genre.TEXTE:
            morceaux.append(m.texte)
        else:
            morceaux.append(POINTS)
            retires.append(m.texte if m.genre is Genre.NUD else MASQUE)
    propre = "".join(morceaux)
    cherches = [COURRIEL, GUICHET]
    cherches += [
        re.compile(rf"(?<!\w){re.escape(n)}(?!\w)", re.IGNORECASE)
        for n in sorted(filter(None, noms), key=len, reverse=True)
    ]
    for cherche in cherches:
        retires += cherche.findall(propre)
        propre = cherche.sub(POINTS, propre)
    return Expurge(propre, tuple(retires))
