"""A service killed at any instant, many times: no orphan either way, every document said available opens."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sne.documents.balayage import balayer
from sne.documents.models import Document, Morceau, Objet, Televersement
from sne.documents.ouverture import ouvrir
from sne.documents.rules import EtatDocument, Part
from sne.documents.selectors import get_documents
from sne.documents.verification import verifier
from tests.documents.factories import DELAIS, MAINTENANT, fichiers

pytestmark = pytest.mark.django_db(transaction=True)
RACINE = Path(__file__).resolve().parents[2]
COUPS = 12 * int(os.environ.get("SNE_COUPS_TOURS", "2"))  # ``make soak`` asks for many
PLUS_TARD = MAINTENANT + timedelta(hours=3)


def travailler_sous_les_coups(url: str, dossier: Path, graine: str) -> dict[str, int]:
    """Run the process that dies, on this database and this folder; what became of its turns."""
    env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [sys.executable, "-m", "tests.documents.bourreau", str(dossier), graine, str(COUPS)]
    fait = subprocess.run(commande, check=True, capture_output=True, text=True, cwd=RACINE, env=env)
    comptes = json.loads(fait.stdout)
    assert comptes["rates"] == 0, fait.stderr
    return dict(comptes)


def test_killed_at_any_instant_nothing_is_orphan_and_what_is_available_opens(
    url_runtime: str, dossier: Path
) -> None:
    comptes = travailler_sous_les_coups(url_runtime, dossier, "coups")
    assert comptes["tues"] >= COUPS // 3, comptes
    assert Document.objects.count() > 0
    Televersement.objects.update(expire_le=MAINTENANT)
    balaye = balayer(survenu_le=PLUS_TARD, delais=DELAIS)
    assert not Morceau.objects.exists()
    constat = verifier(recu_avant=PLUS_TARD)
    assert (balaye.entier, constat.anomalies, constat.a_effacer) == (True, (), 0)
    assert constat.objets == constat.fichiers == Objet.objects.count() == len(fichiers(dossier))
    assert list((dossier / "travail").iterdir()) == []
    assert not Document.objects.filter(etat=EtatDocument.RECEPTION).exists()
    la = list(Document.objects.filter(etat=EtatDocument.DISPONIBLE).values_list("id", flat=True))
    for document in get_documents(la, territoire="099").values():
        for part, rang in document.parties:
            octets = b"".join(
                ouvrir(document.id, territoire="099", part=part, rang=rang, filigrane=None).octets
            )
            assert octets.startswith(b"contenu" if part is Part.ORIGINAL else b"page")
