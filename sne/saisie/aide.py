"""Help on the screen: one sentence of context per page, and the law one click away. The texts are data (aide.json)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Aide:
    """What a page says of itself: a sentence, the article, and what the article says in plain words."""

    phrase: str
    article: str
    texte: str


@cache
def aides() -> Mapping[str, Aide]:
    """Every help text, by page of the form."""
    contenu = files("sne.saisie").joinpath("aide.json").read_text(encoding="utf-8")
    return {code: Aide(**textes) for code, textes in json.loads(contenu).items()}


def aide_de(code: str) -> Aide | None:
    """The help of a page, or ``None`` for one that has none."""
    return aides().get(code)
