"""What thirty thousand agents ask for in their worst hour: one client draws from it."""

from collections.abc import Mapping
from random import Random

from sne.bench.actes import DeposerParLeWeb
from sne.bench.actes_en_nombre import PageAccueil, PageFiche, PageListe, PageRecherche
from sne.bench.equipe import Poste

# Of a hundred and fifty pages of a second: forty files opened for sixty other pages, and a registration now and then.
MELANGE: Mapping[type[PageFiche | PageRecherche | PageListe | PageAccueil | DeposerParLeWeb], int] = {
    PageFiche: 60,
    PageRecherche: 35,
    PageListe: 20,
    PageAccueil: 25,
    DeposerParLeWeb: 10,
}


class HeureDePointe:
    """One agent signed in. Options: ``port``, ``courriel`` of the account, ``cookies`` of its session."""

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws pages, nothing secret
        self.actes = {classe: classe(poste) for classe in MELANGE}
        self.poids = list(MELANGE.values())

    def preparer(self, nombre: int) -> None:
        """Drafts to register, in their proportion."""
        self.actes[DeposerParLeWeb].preparer(nombre * MELANGE[DeposerParLeWeb] // sum(self.poids))

    def agir(self) -> float | None:
        """One page."""
        return self.actes[self.hasard.choices(list(MELANGE), self.poids)[0]].agir()
