"""The dispatcher is killed again and again while acts are done: a reader has each number once, and the head."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sne.flux.models import Ligne
from sne.flux.rules import lignes as regles
from sne.flux.selectors.lignes import en_regle, get_etat, list_lignes, verifier
from sne.registre.contenu.rules.arbre.racine import Contenu
from tests.demo.demonstration import attendre
from tests.imports.factories import deposer
from tests.registre import factories as f

RACINE = Path(__file__).resolve().parents[2]
SERIE = ("099", "demandes")
pytestmark = pytest.mark.django_db(transaction=True)


class Lecteur:
    """A reader that keeps a number and a head, and asks for what follows."""

    def __init__(self) -> None:
        self.numero, self.tete = 0, regles.origine(*SERIE)

    def lire(self) -> int:
        """Read what there is; the last number."""
        for ligne in list_lignes(*SERIE, apres=self.numero, limite=500):
            assert ligne.numero == self.numero + 1
            self.numero, self.tete = ligne.numero, regles.suivante(self.tete, en_regle(ligne))
        return self.numero


def lancer(url: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    return subprocess.Popen([sys.executable, "-m", "tests.flux.distribuer"], cwd=RACINE, env=env)


@pytest.mark.parametrize(("actes", "coups"), [(12, 2), pytest.param(10_000, 40, marks=pytest.mark.longue)])
def test_tue_encore_et_encore(actes: int, coups: int, url_runtime: str) -> None:
    lecteur, par_coup = Lecteur(), actes // (coups + 1)
    fait = 0
    for coup in range(coups + 1):
        with lancer(url_runtime) as distributeur:
            for _ in range(par_coup):
                f.deposer(Contenu.model_validate(deposer("x", fait)["corps"]["contenu"]))
                fait += 1
                lecteur.lire()
            vu = fait if coup == coups else lecteur.numero + 1
            attendre(lambda vu=vu: lecteur.lire() >= vu, "what was done told", delai=240)
            distributeur.send_signal(signal.SIGKILL)
    etat = get_etat(*SERIE)
    assert (lecteur.numero, lecteur.tete) == (etat.numero, etat.tete)
    assert lecteur.numero == Ligne.objects.filter(serie="demandes").count() == fait
    assert list(verifier(*SERIE)) == []
