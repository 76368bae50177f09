"""Every test of the infocentre has a lake of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def lac(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_LAC = tmp_path / "lac"
    return tmp_path / "lac"
