"""A service killed at any instant, many times: no orphan either way, every document said available opens."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sne.documents.balayage import balayer
from sne.documents.migration import migrer
from sne.documents.models import Document, Morceau, Objet, Televersement
from sne.documents.ouverture import ouvrir
from sne.documents.rotation import tourner_cles
from sne.documents.rules import EtatDocument, Magasin, Part
from sne.documents.selectors import get_documents
from sne.documents.verification import verifier
from tests.documents.factories import DELAIS, DEUX_CLES, MAINTENANT, fichiers
from tests.documents.serveurs import ServeurS3

pytestmark = pytest.mark.django_db(transaction=True)
RACINE = Path(__file__).resolve().parents[2]
COUPS = 8 * int(os.environ.get("SNE_COUPS_TOURS", "2"))  # ``make soak`` asks for many
PLUS_TARD = MAINTENANT + timedelta(hours=3)


def travailler_sous_les_coups(url: str, dossier: Path, *adresse_s3: str) -> dict[str, int]:
    """Run the process that dies, on this database and these stores; what became of its turns."""
    env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [
        sys.executable,
        "-m",
        "tests.documents.bourreau",
        str(dossier),
        "coups",
        str(COUPS),
        *adresse_s3,
    ]
    fait = subprocess.run(commande, check=True, capture_output=True, text=True, cwd=RACINE, env=env)
    comptes = json.loads(fait.stdout)
    assert comptes["rates"] == 0, fait.stderr
    return dict(comptes)


def exiger_l_accord(dossier: Path) -> None:
    """After the sweep: nothing is orphan, nothing is left in clear, what is available opens."""
    assert Document.objects.count() > 0
    Televersement.objects.filter(conclu_le=None).update(expire_le=MAINTENANT)
    balaye = balayer(survenu_le=PLUS_TARD, delais=DELAIS)
    assert not Morceau.objects.exists()
    constat = verifier(recu_avant=PLUS_TARD)
    assert (balaye.entier, constat.anomalies, constat.a_effacer) == (True, (), 0)
    assert constat.objets == Objet.objects.count()
    assert {f.name for f in (dossier / "travail").rglob("*") if f.is_file()} <= {"verrou"}  # nothing in clear
    assert not Document.objects.filter(etat=EtatDocument.RECEPTION).exists()
    la = list(Document.objects.filter(etat=EtatDocument.DISPONIBLE).values_list("id", flat=True))
    for document in get_documents(la, territoire="099").values():
        for part, rang in document.parties:
            octets = b"".join(
                ouvrir(document.id, territoire="099", part=part, rang=rang, filigrane=None).octets
            )
            assert octets.startswith(b"contenu" if part is Part.ORIGINAL else b"page")


def test_killed_at_any_instant_nothing_is_orphan_and_what_is_available_opens(
    url_runtime: str, dossier: Path, settings: Any
) -> None:
    settings.CLES_DOCUMENTS = DEUX_CLES
    comptes = travailler_sous_les_coups(url_runtime, dossier)
    assert comptes["tues"] >= COUPS // 3, comptes
    exiger_l_accord(dossier)
    assert Objet.objects.count() == len(fichiers(dossier))


@pytest.mark.longue
def test_killed_while_objects_move_between_two_stores(
    url_runtime: str, dossier: Path, s3: ServeurS3, settings: Any
) -> None:
    settings.CLES_DOCUMENTS = DEUX_CLES
    comptes = travailler_sous_les_coups(url_runtime, dossier, s3.adresse)
    assert comptes["tues"] >= COUPS // 3, comptes
    migrer(vers=Magasin.S3)  # what a killed one left in two places
    exiger_l_accord(dossier)
    assert fichiers(dossier) == []
    tourner_cles()
    assert set(Objet.objects.values_list("cle_version", flat=True)) <= {2}
