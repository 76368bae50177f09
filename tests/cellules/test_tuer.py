"""A territory moves to and fro while one of the two servers is killed at any instant of each step: nothing is lost."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import Error, connections

from sne.cellules import actions
from sne.cellules.models import Etape, Place
from sne.cellules.routage import ANNUAIRE, alias
from sne.socle.erreurs import Interdit
from sne.socle.postgres import Serveur
from tests.cellules.paire import NORD, Paire, deux_cellules
from tests.cellules.pannes import en_route
from tests.cellules.preuves import prouver
from tests.cellules.test_deplacer import COMPTER, DEMANDES, deposer, travailler
from tests.registre import factories as f

TOURS, AU_PLUS = 3, 0.6  # journeys to and fro; seconds after which a server is killed
ESSAIS = 200  # of one journey, at most


@pytest.fixture(scope="module")
def paire(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Paire]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(f.MAINTENANT, tick=False),
        deux_cellules(tmp_path_factory.mktemp("cellules")) as paire,
    ):
        yield paire


def aller(paire: Paire, vers: str, alea: random.Random) -> int:
    """Move until it is done, one of the servers killed at each try; how many tries it took."""
    essais = 0
    while Place.objects.filter(territoire="099", cellule=vers, vers="").first() is None:
        essais += 1
        assert essais <= ESSAIS, "it never ends"
        perdu = paire.serveurs[alea.choice((ANNUAIRE, NORD))]
        # The first tries are cut wherever they are; then each is left a little longer, so that it ends.
        coup = threading.Timer(alea.uniform(0, AU_PLUS) * (1 + essais / len(Etape)), perdu.tuer)
        coup.start()
        try:
            with paire.en_owner():
                actions.deplacer("099", vers, demarche=en_route())
        except (Error, psycopg.Error, Interdit, OSError):
            pass
        finally:
            coup.join()
            relever(paire, perdu)
    return essais


def relever(paire: Paire, perdu: Serveur) -> None:
    perdu.demarrer()
    for cellule in paire.acces:
        connections[alias(cellule)].close()


@pytest.mark.longue
def test_nothing_is_lost_wherever_a_server_dies(paire: Paire, tmp_path: Path) -> None:
    alea = random.Random(26)
    deposees = [deposer(rang) for rang in range(DEMANDES)]
    travailler(paire, ANNUAIRE, deposees[:1])
    essais = 0
    for _ in range(TOURS):
        for vers, de in ((NORD, ANNUAIRE), (ANNUAIRE, NORD)):
            essais += aller(paire, vers, alea)
            assert (paire.lire(vers, COMPTER), paire.lire(de, COMPTER)) == (DEMANDES, 0)
            prouver(tmp_path)
    assert essais > 2 * TOURS, "some were cut"
