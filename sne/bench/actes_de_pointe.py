"""What thirty thousand agents ask for in their worst hour: one client draws from it."""

from importlib import import_module
from random import Random
from typing import Any

from sne.bench.equipe import Poste
from sne.bench.foyers import TERRITOIRE
from sne.bench.melange import GUICHETS, MELANGE, PAGES, Genre


class HeureDePointe:
    """One agent signed in. Options: ``port``, ``courriel`` of the account, ``cookies`` of its session; ``territoire``
    when it is not that of the measures: nobody registers but where measures have a counter.
    """

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws pages, nothing secret
        enregistre = poste.options.get("territoire", TERRITOIRE) in GUICHETS
        siens = {code: genre for code, genre in MELANGE.items() if enregistre or code != "enregistrer"}
        self.actes = {code: _client(genre, poste) for code, genre in siens.items()}
        self.poids = [genre.part for genre in siens.values()]

    def preparer(self, nombre: int) -> None:
        """Drafts to register, in their proportion."""
        if "enregistrer" in self.actes:
            self.actes["enregistrer"].preparer(nombre * MELANGE["enregistrer"].part // PAGES)

    def agir(self) -> float | None:
        """One page."""
        compte: float | None = self.hasard.choices(list(self.actes.values()), self.poids)[0].agir()
        return compte


def _client(genre: Genre, poste: Poste) -> Any:
    module, _, classe = genre.acte.partition(":")
    return getattr(import_module(f"sne.bench.{module}"), classe)(poste)
