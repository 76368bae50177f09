"""An import whose process is killed again and again does each line once."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from sne.api.lignes import executer
from sne.imports.actions import Fichier, avancer, controler, deposer_import, reprendre_import
from sne.imports.actions.tranches import ecrire_lignes, lire_lignes_de
from sne.imports.models import Import, LigneImport
from sne.imports.rules.etats import Etat
from sne.imports.rules.formats import Compression, Format
from sne.registre.demande.models.demande import Demande
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.conventions import factories as conventions
from tests.imports.factories import deposer

RACINE = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds without a new line
LOT = 5_000  # lines between two analyses of the tables
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dossier(settings: Any, tmp_path: Path) -> None:
    """The folder of work."""
    settings.DOSSIER_DOCUMENTS = tmp_path


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize(("lignes", "coups"), [(60, 1), pytest.param(100_000, 5, marks=pytest.mark.longue)])
def test_tue_encore_et_encore(
    lignes: int,
    coups: int,
    url_runtime: str,
    url_owner: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(controler, "LIGNES", min(controler.LIGNES, lignes // 3))
    convention = conventions.prete()
    appelant = conventions.appelant(conventions.cle_de(convention))
    acte = Acte(appelant.acteur, maintenant())
    octets = b"\n".join(json.dumps(deposer(f"D-{rang}", rang)).encode() for rang in range(lignes))
    fichier = Fichier(Format.NDJSON, Compression.AUCUNE, io.BytesIO(octets).read, len(octets))
    if len(octets) > 60 << 20:
        monkeypatch.setattr("sne.imports.actions.deposer.taille_admise", lambda _: 1 << 30)
    cle = deposer_import(uuid.uuid4(), fichier, de=appelant, acte=acte)
    avancer(convention, "099", executer)
    assert Import.objects.get().etat == Etat.CONTROLE
    for coup in range(1, coups + 1):
        with _lancer(convention, url_runtime) as enfant:
            _attendre(lignes * coup // (coups + 2), url_owner)
            enfant.send_signal(signal.SIGKILL)
            enfant.wait()
    if lignes < 1000:
        while avancer(convention, "099", executer):
            pass
    else:
        with _lancer(convention, url_runtime) as enfant:
            _attendre(lignes - 1, url_owner)
            dit, _ = enfant.communicate()
        assert enfant.returncode == 0
        assert int(dit) < 64 << 20
    recu = Import.objects.get()
    assert (recu.etat, recu.tour) == (Etat.TERMINE, 1)
    issues = Counter(LigneImport.objects.values_list("issue", flat=True))
    assert issues["REFUSEE"] <= lignes // 1000, LigneImport.objects.filter(issue="REFUSEE").first().anomalies
    assert issues["ENREGISTREE"] == Demande.objects.count() == lignes - issues["REFUSEE"]
    assert LigneImport.objects.values("cle").distinct().count() == lignes
    reprendre_import(cle, de=appelant, acte=acte)
    while avancer(convention, "099", executer):
        pass
    reprises = Counter(LigneImport.objects.values_list("issue", flat=True))
    assert reprises["DEJA_FAITE"] == issues["ENREGISTREE"] == Demande.objects.count()


def test_lire_un_fichier_ne_retient_aucun_sceau(dossier: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction is open meanwhile; what a process that was killed had cut is cut again."""
    convention, ouvertes = conventions.prete(), list[bool]()
    appelant = conventions.appelant(conventions.cle_de(convention))
    octets = json.dumps(deposer("D-1", 1)).encode()
    fichier = Fichier(Format.NDJSON, Compression.AUCUNE, io.BytesIO(octets).read, len(octets))
    deposer_import(uuid.uuid4(), fichier, de=appelant, acte=Acte(appelant.acteur, maintenant()))
    ecrire_lignes(Import.objects.get(), 0, [(1, "{"), (2, "{")])
    vraies = controler.lire_lignes

    def lire(*args: Any) -> Any:
        ouvertes.append(connection.in_atomic_block)
        return vraies(*args)

    monkeypatch.setattr(controler, "lire_lignes", lire)
    assert avancer(convention, "099", executer)
    assert ouvertes == [False]
    recu = Import.objects.get()
    assert (recu.etat, recu.lignes) == (Etat.CONTROLE, 1)
    assert lire_lignes_de(recu, 0) == [(1, octets.decode())]


def _lancer(convention: uuid.UUID, url: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    commande = [sys.executable, "-m", "tests.imports.faire", str(convention)]
    return subprocess.Popen(commande, cwd=RACINE, env=env, stdout=subprocess.PIPE)


def _attendre(lignes: int, url_owner: str) -> None:
    """Until so many lines have their report. Raises ``AssertionError`` when none comes any more.

    Tables are analysed as they grow, as a server does by itself; that of the tests does not, and plans made on tables
    that were empty took seven times as long from the eight thousandth line on.
    """
    vues, analysees, depuis = -1, 0, time.monotonic()
    while (faites := LigneImport.objects.count()) < lignes:
        if faites > vues:
            vues, depuis = faites, time.monotonic()
        if faites - analysees > LOT:
            with psycopg.connect(url_owner, autocommit=True) as proprietaire:
                proprietaire.execute("ANALYZE")
            analysees = faites
        assert time.monotonic() - depuis < PATIENCE
        time.sleep(0.02 if lignes < 1000 else 1)
