"""What thirty thousand agents ask for in their worst hour: one client draws from it."""

from collections.abc import Mapping
from random import Random

from sne.bench.actes import DeposerParLeWeb
from sne.bench.actes_en_nombre import PageAccueil, PageFiche, PageListe, PageRecherche
from sne.bench.equipe import Poste
from sne.bench.foyers import TERRITOIRE

# Of a hundred and fifty pages of a second: forty files opened for sixty other pages, and a registration now and then.
MELANGE: Mapping[type[PageFiche | PageRecherche | PageListe | PageAccueil | DeposerParLeWeb], int] = {
    PageFiche: 60,
    PageRecherche: 35,
    PageListe: 20,
    PageAccueil: 25,
    DeposerParLeWeb: 10,
}


class HeureDePointe:
    """One agent signed in. Options: ``port``, ``courriel`` of the account, ``cookies`` of its session; ``territoire``
    when it is not that of the measures: nobody registers then.
    """

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws pages, nothing secret
        enregistre = poste.options.get("territoire", TERRITOIRE) == TERRITOIRE
        siennes = [classe for classe in MELANGE if enregistre or classe is not DeposerParLeWeb]
        self.actes = {classe: classe(poste) for classe in siennes}
        self.poids = [MELANGE[classe] for classe in siennes]

    def preparer(self, nombre: int) -> None:
        """Drafts to register, in their proportion."""
        if DeposerParLeWeb in self.actes:
            self.actes[DeposerParLeWeb].preparer(nombre * MELANGE[DeposerParLeWeb] // sum(self.poids))

    def agir(self) -> float | None:
        """One page."""
        return self.actes[self.hasard.choices(list(self.actes), self.poids)[0]].agir()
