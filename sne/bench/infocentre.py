"""The infocentre as a manager of a territory meets it, over a demonstration."""

import html
import re
import time
from dataclasses import dataclass

from sne.bench.atelier import Identifiants
from sne.bench.demonstration import Demonstration
from sne.bench.pgbench import MesureImpossible
from sne.bench.rules import Tranche
from sne.bench.web import Navigateur

RAPPORT = "/infocentre/TB06/"
GESTIONNAIRE = "GESTIONNAIRE_TERRITORIAL"
DERRIERE = re.compile(r'href="(/infocentre/TB06/\d+/detail/[^"]+)"')
DELAI = 900.0  # seconds for the worker to count what the demonstration holds


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
        statut, _, _ = self.navigateur.demander("GET", adresse)
        duree = time.perf_counter() - debut
        if statut != 200:
            raise MesureImpossible(f"{adresse} : statut {statut}.")
        return Tranche(1, duree, (duree * 1000,))


def asseoir(demo: Demonstration) -> Lectrice:
    """Sign the manager in, and wait until there are figures. Raises :class:`MesureImpossible`."""
    compte = next(c for c in demo.description["comptes"] if c["role"] == GESTIONNAIRE)
    navigateur = Navigateur(demo.port)
    navigateur.se_connecter(Identifiants(compte["courriel"], compte["mot_de_passe"], compte["totp"]))
    limite = time.monotonic() + DELAI
    while time.monotonic() < limite:
        _, _, recu = navigateur.demander("GET", RAPPORT)
        if trouvees := DERRIERE.findall(recu.decode()):
            return Lectrice(navigateur, [html.unescape(a) for a in trouvees])
        time.sleep(2)
    raise MesureImpossible("aucun chiffre n’est calculé.")
