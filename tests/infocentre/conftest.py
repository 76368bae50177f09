"""Every test of the infocentre has a lake of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.infocentre.rapports.chaque_cellule import moteur_sur_place


@pytest.fixture(autouse=True)
def lac(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_LAC = tmp_path / "lac"
    return tmp_path / "lac"


@pytest.fixture
def moteur_ici() -> Iterator[None]:
    """The engine works in this process: what is proved is the figures, not the process of its own."""
    with moteur_sur_place():
        yield
