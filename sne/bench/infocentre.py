"""The infocentre as a manager of a territory meets it, over HTTP."""

import html
import re
import time
from dataclasses import dataclass

from sne.bench.atelier import Identifiants
from sne.bench.pgbench import MesureImpossible
from sne.bench.rules import Tranche
from sne.bench.web import Navigateur

RAPPORT = "/infocentre/TB06/"
DERRIERE = re.compile(r'href="(/infocentre/TB06/\d+/detail/[^"]+)"')
LIGNE = '<th scope="row"'
OUVERTE = "colonne=NOUVELLES_DEMANDES"  # the longest lists


@dataclass
class Lectrice:
    """A manager signed in. ``derriere``: addresses of the demandes behind figures, as the page gives them."""

    navigateur: Navigateur
    derriere: list[str]

    def tableau(self) -> Tranche:
        """The report, opened once."""
        return self._ouvrir(RAPPORT)

    def detail(self, rang: int) -> Tranche:
        """What is behind a figure, opened once."""
        return self._ouvrir(self.derriere[rang % len(self.derriere)])

    def _ouvrir(self, adresse: str) -> Tranche:
        debut = time.perf_counter()
        statut, _, recu = self.navigateur.demander("GET", adresse)
        duree = time.perf_counter() - debut
        if statut != 200 or LIGNE not in recu.decode():
            raise MesureImpossible(f"{adresse} : statut {statut}, aucune ligne.")
        return Tranche(1, duree, (duree * 1000,))


def asseoir(port: int, qui: Identifiants) -> Lectrice:
    """Sign the manager in, and read what opens. Raises :class:`MesureImpossible`."""
    navigateur = Navigateur(port)
    navigateur.se_connecter(qui)
    _, _, recu = navigateur.demander("GET", RAPPORT)
    trouvees = [html.unescape(a) for a in DERRIERE.findall(recu.decode()) if OUVERTE in a]
    if not trouvees:
        raise MesureImpossible("Aucun chiffre ne s’ouvre.")
    return Lectrice(navigateur, trouvees)
