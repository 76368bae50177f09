"""A checkpoint is laid, stamped by a real authority (openssl), sent to witnesses, once; what is absent is said."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from sne.cli.diagnostic import _jalons as controler_les_jalons
from sne.journal.models import Horodatage, Jalon
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import get_contenu
from sne.preuve import horodatage, tasks
from sne.preuve.actions import attester as actions
from sne.preuve.actions.attester import ecrire_aux_temoins, noter_horodatage, service_de_la_preuve
from sne.preuve.horodatage import HorodatageIndisponible, horodater
from sne.preuve.tasks import attester, attester_le_journal, horodater_le_dernier_jalon
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.socle.sortie import Bornes, EnvoiEchoue
from tests.journal.export import exporter, verifier
from tests.journal.test_journal import ecrire, tout_sceller
from tests.registre import factories as f
from tests.socle.gouttes import au_compte_gouttes

CONFIGURATION = """
[ v3 ]
extendedKeyUsage = critical,timeStamping
[ tsa ]
dir = {dossier}
serial = $dir/serie
signer_cert = $dir/certificat.pem
signer_key = $dir/cle.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
"""


class Autorite(HTTPServer):
    """A real time-stamping authority on this machine; ``mode``: bonne, menteuse (another text), muette."""

    def __init__(self, dossier: Path) -> None:
        super().__init__(("127.0.0.1", 0), Guichet)
        self.dossier, self.mode = dossier, "bonne"
        self.configuration = dossier / "tsa.cnf"
        self.configuration.write_text(CONFIGURATION.format(dossier=dossier))
        (dossier / "serie").write_text("01\n")
        certifier(dossier, str(self._de_demande()))

    def _de_demande(self) -> Path:
        fichier = self.dossier / "req.cnf"
        fichier.write_text(CONFIGURATION + "[ req ]\ndistinguished_name = dn\n[ dn ]\n")
        return fichier

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/tsr"


class Guichet(BaseHTTPRequestHandler):
    server: Autorite

    def do_POST(self) -> None:
        corps = self.rfile.read(int(self.headers["Content-Length"]))
        demande, reponse = self.server.dossier / "demande.tsq", self.server.dossier / "reponse.tsr"
        if self.server.mode == "menteuse":
            openssl("ts", "-query", "-data", str(self.server.configuration), "-sha256", "-out", str(demande))
        else:
            demande.write_bytes(corps)
        openssl(
            *("ts", "-reply", "-config", str(self.server.configuration), "-section", "tsa"),
            *("-queryfile", str(demande), "-out", str(reponse)),
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"rien" if self.server.mode == "muette" else reponse.read_bytes())

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal of the tests."""


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def certifier(dossier: Path, configuration: str) -> None:
    """A new key of the authority, and its certificate."""
    openssl(
        *(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=Autorite",
            "-extensions",
            "v3",
        ),
        *("-config", configuration, "-keyout", f"{dossier}/cle.pem", "-out", f"{dossier}/certificat.pem"),
    )


@pytest.fixture
def autorite(tmp_path: Path) -> Iterator[Autorite]:
    dossier = tmp_path / "autorite"
    dossier.mkdir()
    serveur = Autorite(dossier)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02})
    fil.start()
    yield serveur
    serveur.shutdown()
    fil.join()
    serveur.server_close()


def avec_temoins(monkeypatch: pytest.MonkeyPatch, *courriels: str) -> None:
    def lire(le: Any) -> Any:
        return get_parametres(le).avec(journal_temoins=[*courriels])

    for module in (actions, tasks):
        monkeypatch.setattr(module, "get_parametres", lire)


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_signed_stamped_and_sent_once(
    settings: Any, autorite: Autorite, monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    settings.HORODATAGE_URL = autorite.url
    avec_temoins(monkeypatch, "temoin@exemple.fr", "greffe@exemple.fr")
    ecrire(2)
    tout_sceller()
    attester(timestamp=0)
    attester_le_journal(f.MAINTENANT)
    assert (Jalon.objects.count(), Horodatage.objects.count()) == (1, 1)
    with mock.patch("sne.preuve.tasks.horodater", side_effect=AssertionError("asked twice")):
        attester_le_journal(f.MAINTENANT)
    premiers = MessageAgent.objects.filter(survenu_le=f.MAINTENANT)
    assert premiers.count() == 2
    contenu = get_contenu(premiers[0].id)
    assert contenu is not None
    assert contenu.contexte["note"] == Jalon.objects.get().note
    attester_le_journal(f.MAINTENANT + timedelta(hours=24))
    assert MessageAgent.objects.filter(survenu_le=f.MAINTENANT + timedelta(hours=24)).count() == 2
    export = exporter(tmp_path / "x")
    certificat = str(autorite.dossier / "certificat.pem")
    juge = verifier(capsys, export, "--ac-horodatage", certificat)
    assert (juge["code"], juge["horodatages"], juge["horodatages_verifies"]) == (0, 1, 1)
    assert verifier(capsys, export)["horodatages_verifies"] == 0
    certifier(autorite.dossier, str(autorite.dossier / "req.cnf"))
    assert "L’horodatage du jalon n° 1 ne se vérifie pas." in str(
        verifier(capsys, export, "--ac-horodatage", certificat)
    )


def test_an_authority_that_lies_or_fails_stamps_nothing(autorite: Autorite) -> None:
    assert horodater(b"texte", url=autorite.url).instant.tzinfo is not None
    for mode in ("menteuse", "muette"):
        autorite.mode = mode
        with pytest.raises(HorodatageIndisponible):
            horodater(b"texte", url=autorite.url)


def test_an_authority_that_answers_byte_by_byte_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horodatage, "BORNES", Bornes(connexion=10, lecture=10, total=0.2, octets_max=100))
    with au_compte_gouttes() as port, pytest.raises(EnvoiEchoue, match="LENT"):
        horodater(b"texte", url=f"http://127.0.0.1:{port}/")


@pytest.mark.django_db
def test_without_key_without_checkpoint_or_without_authority_it_is_said(settings: Any) -> None:
    settings.CLES_JOURNAL = {}
    attester_le_journal(f.MAINTENANT)
    assert not Jalon.objects.exists()
    assert (controler_les_jalons().bon, "n’est pas signé" in controler_les_jalons().constat) == (False, True)
    settings.CLES_JOURNAL = {1: b"\x44" * 32}
    assert controler_les_jalons().bon
    assert "aucune autorité" in controler_les_jalons().constat
    settings.HORODATAGE_URL = "http://127.0.0.1:9/"
    assert "aucune autorité" not in controler_les_jalons().constat
    assert horodater_le_dernier_jalon() is False
    assert ecrire_aux_temoins(acte=Acte(service_de_la_preuve(), f.MAINTENANT)) == 0


@pytest.mark.django_db(transaction=True)
def test_what_fails_is_tried_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HORODATAGE_URL = "http://127.0.0.1:9/"
    avec_temoins(monkeypatch, "temoin@exemple.fr")
    ecrire(1)
    tout_sceller()
    en_panne = mock.patch(
        "sne.notifications.actions.ecrire_aux_agents.journal.inscrire", side_effect=RuntimeError
    )
    with en_panne, pytest.raises(RuntimeError):
        attester_le_journal(f.MAINTENANT)
    assert (Jalon.objects.count(), Horodatage.objects.count(), MessageAgent.objects.count()) == (1, 0, 0)
    jalon = Jalon.objects.get()
    service = service_de_la_preuve()
    noter = {"autorite": "a", "reponse": b"r", "instant": f.MAINTENANT}
    for acteur in (replace(service, canal=f.creer_acteur().canal),):
        with pytest.raises(NonHabilite):
            noter_horodatage(jalon, acteur=acteur, **noter)
        with pytest.raises(NonHabilite):
            ecrire_aux_temoins(acte=Acte(acteur, f.MAINTENANT))
    assert noter_horodatage(jalon, acteur=service, **noter)
    assert not noter_horodatage(jalon, acteur=service, **noter)
    settings.CLES_JOURNAL = {1: b"\x05" * 32}
    ecrire(1)
    tout_sceller()
    monkeypatch.setattr(tasks, "Cadence", lambda *_: None)
    attester_le_journal(f.MAINTENANT)  # said in the technical lines, raised to nobody
    assert Jalon.objects.count() == 1
