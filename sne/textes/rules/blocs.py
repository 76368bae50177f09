"""A text as blocks that something else than a browser can draw: headings, paragraphs, lists, tables, frames. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from markdown_it.token import Token

from sne.textes.rules.rendu import DOCUMENT, lire_jetons

Bloc = dict[str, Any]


def lire_blocs(source: str) -> list[Bloc]:
    """Blocks in order, each with its ``genre``. A document that the text names is left out: a paper opens nothing.

    ``titre`` (``niveau``, ``morceaux``), ``paragraphe`` (``morceaux``), ``liste`` (``ordre``, ``points``: lists of
    blocks), ``tableau`` (``entetes``, ``lignes``: lists of ``morceaux``), ``cadre`` (``nom``, ``blocs``), ``citation``
    (``blocs``), ``code`` (``texte``), ``filet``. A piece of ``morceaux`` is ``texte``, and ``gras``, ``penche``,
    ``code`` or ``lien`` when it is. Raises what :func:`sne.textes.rules.rendre` raises of a source that cannot be read.
    """
    return list(_blocs(lire_jetons(source)))


def _blocs(jetons: Sequence[Token]) -> Iterator[Bloc]:
    rang = 0
    while rang < len(jetons):
        jeton = jetons[rang]
        fin = _fermeture(jetons, rang)
        yield from _bloc(jeton, jetons[rang + 1 : fin])
        rang = fin + 1


def _bloc(jeton: Token, dedans: Sequence[Token]) -> Iterator[Bloc]:
    genre = jeton.type.removesuffix("_open")
    if genre.startswith("container_"):
        if genre != f"container_{DOCUMENT}":
            nom = genre.removeprefix("container_")
            yield {"genre": "cadre", "nom": nom, "blocs": list(_blocs(dedans))}
    else:
        yield FAIRE[genre](jeton, dedans)


def _tableau(_: Token, dedans: Sequence[Token]) -> Bloc:
    lignes = list(_lignes(dedans))
    return {"genre": "tableau", "entetes": lignes[0], "lignes": lignes[1:]}


def _liste(jeton: Token, dedans: Sequence[Token]) -> Bloc:
    return {"genre": "liste", "ordre": jeton.tag == "ol", "points": list(_points(dedans))}


def _titre(jeton: Token, dedans: Sequence[Token]) -> Bloc:
    return {"genre": "titre", "niveau": int(jeton.tag[1]), "morceaux": _morceaux(dedans[0])}


def _code(jeton: Token, _: Sequence[Token]) -> Bloc:
    return {"genre": "code", "texte": jeton.content}


FAIRE: Mapping[str, Callable[[Token, Sequence[Token]], Bloc]] = {
    "heading": _titre,
    "paragraph": lambda _, dedans: {"genre": "paragraphe", "morceaux": _morceaux(dedans[0])},
    "bullet_list": _liste,
    "ordered_list": _liste,
    "table": _tableau,
    "blockquote": lambda _, dedans: {"genre": "citation", "blocs": list(_blocs(dedans))},
    "fence": _code,
    "code_block": _code,
    "hr": lambda *_: {"genre": "filet"},
}


def _fermeture(jetons: Sequence[Token], rang: int) -> int:
    """Where what opens here closes; here, when it opens nothing."""
    profondeurs = accumulate(jeton.nesting for jeton in jetons[rang:])
    return next(rang + n for n, profondeur in enumerate(profondeurs) if profondeur == 0)


def _points(jetons: Sequence[Token]) -> Iterator[list[Bloc]]:
    rang = 0
    while rang < len(jetons):
        fin = _fermeture(jetons, rang)
        yield list(_blocs(jetons[rang + 1 : fin]))
        rang = fin + 1


def _lignes(jetons: Sequence[Token]) -> Iterator[list[list[dict[str, Any]]]]:
    ligne: list[list[dict[str, Any]]] = []
    for jeton in jetons:
        if jeton.type == "tr_open":
            ligne = []
        elif jeton.type == "inline":
            ligne.append(_morceaux(jeton))
        elif jeton.type == "tr_close":
            yield ligne


def _morceaux(jeton: Token) -> list[dict[str, Any]]:
    """Pieces of a line. The address of a link goes with its words."""
    etat: dict[str, Any] = {}
    morceaux: list[dict[str, Any]] = []
    noms = {"strong": "gras", "em": "penche"}
    for enfant in jeton.children or ():
        genre, _, sens = enfant.type.rpartition("_")
        if genre in noms:
            etat = {**etat, noms[genre]: True} if sens == "open" else _sans(etat, noms[genre])
        elif genre == "link":
            etat = {**etat, "lien": enfant.attrGet("href")} if sens == "open" else _sans(etat, "lien")
        elif enfant.type in {"softbreak", "hardbreak"}:
            morceaux.append({"texte": " "} | etat)
        else:
            code = {"code": True} if enfant.type == "code_inline" else {}
            morceaux.append({"texte": enfant.content} | etat | code)
    return [m for m in morceaux if m["texte"]]


def _sans(etat: dict[str, Any], nom: str) -> dict[str, Any]:
    return {cle: valeur for cle, valeur in etat.items() if cle != nom}
