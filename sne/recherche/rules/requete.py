"""A query as it is typed: words are looked for, a number of a demande is offered, one of social security is refused."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sne.socle.erreurs import Interdit
from sne.textes.rules import Genre, lire_numeros

SIGNES_MAX = 200
MOTS_MAX = 12
PAR_PAGE = 10
PAS_DE_NIR = "Ne cherchez pas par numéro de sécurité sociale\u00a0: tapez le sujet de votre question."


@dataclass(frozen=True, slots=True)
class Requete:
    """``texte``: what is looked for, cut at 200 signs and 12 words. ``nud``: a demande's number that was typed.

    ``a_jour``: what is past its check is left out.
    """

    texte: str
    nud: str = ""
    genres: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    debut: int = 0
    a_jour: bool = False


def lire_requete(
    texte: str,
    *,
    genres: Collection[str] = (),
    themes: Collection[str] = (),
    publics: Collection[str] = (),
    page: int = 1,
    a_jour: bool = False,
) -> Requete:
    """Raises ``Interdit`` on ``q``: a social security number is looked for nowhere."""
    propre = " ".join(re.sub(r"[\x00-\x1f\ue000-\uf8ff]", " ", texte).split())[:SIGNES_MAX]
    morceaux = lire_numeros(propre)
    if any(m.genre is Genre.NIR for m in morceaux):
        raise Interdit(PAS_DE_NIR, champ="q")
    nuds = [m.texte for m in morceaux if m.genre is Genre.NUD]
    mots = " ".join(m.texte for m in morceaux if m.genre is Genre.TEXTE).split()
    return Requete(
        texte=" ".join(mots[:MOTS_MAX]),
        nud=nuds[0] if len(nuds) == 1 else "",
        genres=tuple(sorted(set(genres))),
        themes=tuple(sorted(set(themes))),
        publics=tuple(sorted(set(publics))),
        debut=(max(page, 1) - 1) * PAR_PAGE,
        a_jour=a_jour,
    )


def retenir(texte: str) -> str:
    """What may be kept of a query that led nowhere: its words, without any figure. Empty: nothing is kept."""
    dit = " ".join(m.texte for m in lire_numeros(texte) if m.genre is Genre.TEXTE).lower()
    mots = (re.fullmatch(r"[^\w]*([^\W\d_]+(?:['’-][^\W\d_]+)*)[^\w]*", mot) for mot in dit.split())
    return " ".join(mot[1] for mot in mots if mot)[:SIGNES_MAX]
