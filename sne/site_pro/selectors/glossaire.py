"""Words of the trade, each in one sentence with the page that says more: shipped with the product."""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from sne.site_pro.selectors.lecture import BASE, PageBreve, list_pages

DONNEES = Path(__file__).parents[1] / "donnees"
GLOSSAIRE = f"{BASE}glossaire/"
_ESPACE = uuid.UUID("6f1d7c2a-4c0e-5e0b-9a55-0e6a3c1d9b42")  # of the identifiers of words


@dataclass(frozen=True, slots=True)
class Terme:
    """A word and what it means. ``page``: the code of the page that says more, or empty."""

    terme: str
    reponse: str
    page: str

    @property
    def ancre(self) -> str:
        return slugify(self.terme)

    @property
    def id(self) -> uuid.UUID:
        """The same at each installation, so that a word is one entry of the search."""
        return uuid.uuid5(_ESPACE, self.ancre)


@cache
def list_termes() -> tuple[Terme, ...]:
    """All of them, in the order of the alphabet."""
    lus = json.loads((DONNEES / "termes.json").read_text("utf-8"))
    return tuple(sorted((Terme(**lu) for lu in lus), key=lambda t: t.ancre))


def list_glossaire(*, cles: Collection[str], le: datetime) -> tuple[tuple[Terme, PageBreve | None], ...]:
    """Each word with its page, when that page is online to these keys."""
    pages = {p.code: p for p in list_pages(cles=cles, le=le)}
    return tuple((t, pages.get(t.page)) for t in list_termes())
