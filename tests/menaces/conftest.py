"""An old file, the agent who wants it, and the end that each test must reach."""

from collections.abc import Iterator

import pytest
import time_machine

from sne.habilitations.models import Compte
from sne.portail import limite
from tests.habilitations.factories import creer_agent
from tests.menaces.scene import NAISSANCE, Scene, importer
from tests.registre import factories as f
from tests.registre.pieces.pieces import joindre


@pytest.fixture
def vide(request: pytest.FixtureRequest, db: None) -> Iterator[Scene]:
    """No file chosen yet; once the test is over, it has ended as the table says."""
    limite.oublier()
    with time_machine.travel(f.MAINTENANT, tick=False) as temps:
        scene = Scene(temps, request.node.originalname)
        yield scene
        scene.verifier()
    limite.oublier()


@pytest.fixture
def agent(vide: Scene) -> Compte:
    """Of guichet G0993, who has access to the files of the territory."""
    return creer_agent()


@pytest.fixture
def scene(vide: Scene, agent: Compte) -> Scene:
    """The file of Élodie Dubreuil, of 2019, her NIR known and her identity document in it."""
    vide.choisir(importer(nir=f.nir_de(NAISSANCE)))
    joindre(vide.demande_id, le=f.MAINTENANT.replace(month=5))
    vide.choisir(vide.nud)
    return vide
