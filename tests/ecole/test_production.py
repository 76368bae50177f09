"""Production knows nothing of the École: neither code, nor headers, nor keys."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sne.conventions.rules.cles import Environnement, composer
from sne.conventions.selectors import AccesRefuse, par_cle
from sne.socle.horloge import aujourd_hui, maintenant
from tests.api.conftest import Editeur, demande, editeur, servi

__all__ = ["editeur", "servi"]
RACINE = Path(__file__).resolve().parents[2]
DIRE = """
import sys, django
from django.conf import settings
django.setup()
from django.core.handlers.wsgi import WSGIHandler
WSGIHandler()
print("sne.ecole" in settings.INSTALLED_APPS, any("ecole" in m for m in settings.MIDDLEWARE),
      any(m.startswith("sne.ecole") for m in sys.modules))
"""


@pytest.mark.parametrize("reglages", ["portail", "editeurs"])
@pytest.mark.parametrize("ecole", ["false", "true"])
def test_rien_n_en_est_charge_sans_elle(reglages: str, ecole: str) -> None:
    variables = {
        "DJANGO_SETTINGS_MODULE": f"config.settings.{reglages}",
        "SNE_ECOLE": ecole,
        "SNE_CLES_JOURNAL": "",
    }
    dit = subprocess.run(
        [sys.executable, "-c", DIRE],
        cwd=RACINE,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    attendu = {"true": "True True True", "false": "False False False"}[ecole]
    assert dit.stdout.strip() == attendu, dit.stderr


@pytest.mark.django_db
def test_ses_entetes_ne_font_rien(editeur: Editeur) -> None:
    entetes = {"SNE_Instant": "2028-01-01T10:00:00+01:00", "SNE_Scenario": "503"}
    recue = editeur("POST", "/demandes", demande(), **entetes)
    assert recue.status_code == 201, recue.content.decode()
    assert "SNE-Environnement" not in recue
    assert recue.json()["data"]["date_depot"] == aujourd_hui().isoformat()


@pytest.mark.django_db
def test_ses_cles_sont_refusees() -> None:
    with pytest.raises(AccesRefuse, match="École"):
        par_cle(composer(Environnement.ECOLE, "a" * 8, "b" * 32), survenu_le=maintenant())
