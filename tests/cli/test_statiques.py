"""Files of a release are added beside those of the releases before, which leave thirty days after."""

import json
import os
import time
from pathlib import Path
from typing import Any

from tests.cli.test_sans_base import sne

A_EMPREINTES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}


def test_a_release_adds_its_files_and_takes_the_oldest_away(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "version"
    settings.STORAGES = settings.STORAGES | A_EMPREINTES
    avant, vieux = tmp_path / "publie/static/avant.1234.css", tmp_path / "publie/static/vieux.1234.css"
    vieux.parent.mkdir(parents=True)
    for fichier in (avant, vieux):
        fichier.touch()
    il_y_a_un_mois = time.time() - 31 * 86_400
    os.utime(vieux, (il_y_a_un_mois, il_y_a_un_mois))
    fait = sne("statiques", "publier", str(tmp_path / "publie"), "--json")
    assert fait.code == 0
    publies = [p for p in (tmp_path / "publie/static").rglob("*") if p.is_file()]
    assert fait.json == {"publies": len(publies) - 1, "retires": 1}
    assert avant in publies
    assert vieux not in publies

    manifeste = tmp_path / "version" / "staticfiles.json"
    lu = json.loads(manifeste.read_text())
    lu["paths"] |= {"avant.css": "avant.1234.css", "perdu.css": "perdu.1234.css"}
    manifeste.write_text(json.dumps(lu))
    assert sne("statiques", "publier", str(tmp_path / "publie")).code == 0
    noms = json.loads(manifeste.read_text())["paths"]
    assert (noms["avant.css"], "perdu.css" in noms) == ("avant.1234.css", False), (
        "a process of before may start again"
    )
    assert noms["socle/sne.css"] != "socle/sne.css"
    assert any(p.name.startswith("sne") and p.suffix == ".css" for p in publies)
