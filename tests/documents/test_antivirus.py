"""The antivirus is Debian's clamd, started here with one harmless signature; without it, documents wait."""

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sne.cli.diagnostic import Controle, _antivirus
from sne.demo.port import port_libre
from sne.documents import antivirus
from sne.documents.quarantaine import reprendre_quarantaine
from sne.documents.rules import DocumentMalveillant, EtatDocument, Verdict
from tests.documents.factories import contenu, garde, pdf, recu
from tests.socle.gouttes import au_compte_gouttes

MARQUE = b"MARQUE-INOFFENSIVE-DES-ESSAIS"
DEMARRAGE = 60.0  # seconds
STREAM_MAX = 1  # megabyte


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A clamd of our own, on a socket and a port; the two addresses."""
    dossier = tmp_path_factory.mktemp("clamd")
    (dossier / "base").mkdir()
    (dossier / "base" / "essais.ndb").write_text(f"Essais.Marque:0:*:{MARQUE.hex()}\n")
    port = port_libre()
    prise = dossier / "clamd.sock"
    (dossier / "clamd.conf").write_text(
        f"DatabaseDirectory {dossier / 'base'}\nLocalSocket {prise}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"Foreground yes\nStreamMaxLength {STREAM_MAX}M\nPidFile {dossier / 'pid'}\nTemporaryDirectory {dossier}\n"
    )
    with (dossier / "journal").open("wb") as journal:
        processus = subprocess.Popen(
            ["clamd", "--config-file", dossier / "clamd.conf"], stdout=journal, stderr=journal
        )
    adresses = {"unix": f"unix:{prise}", "tcp": f"tcp://127.0.0.1:{port}"}
    limite = time.monotonic() + DEMARRAGE
    while antivirus.version(adresses["unix"]) is None:
        assert processus.poll() is None, (dossier / "journal").read_text()
        assert time.monotonic() < limite
    yield adresses
    processus.terminate()
    processus.wait(timeout=30)


@pytest.fixture
def fichier(tmp_path: Path) -> Callable[[bytes], Path]:
    def ecrire(octets: bytes) -> Path:
        chemin = tmp_path / "fichier"
        chemin.write_bytes(octets)
        return chemin

    return ecrire


@pytest.mark.parametrize("lien", ["unix", "tcp"])
def test_healthy_and_infected(clamd: dict[str, str], lien: str, fichier: Callable[[bytes], Path]) -> None:
    sain = antivirus.interroger(fichier(pdf() + b"x" * 700_000), clamd[lien])
    assert sain == antivirus.Examen(Verdict.SAIN)
    infecte = antivirus.interroger(fichier(b"x" * 600_000 + MARQUE), clamd[lien])
    assert infecte == antivirus.Examen(Verdict.INFECTE, "Essais.Marque.UNOFFICIAL")


def test_an_antivirus_that_answers_byte_by_byte_is_cut(
    fichier: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "TOTAL", 0.2)
    with au_compte_gouttes() as port:
        examen = antivirus.interroger(fichier(pdf()), f"tcp://127.0.0.1:{port}")
    assert examen.verdict is Verdict.MUET
    assert len(examen.nom) < 200, "its answer is not whole"


def test_file_larger_than_clamd_accepts_is_not_called_healthy(
    clamd: dict[str, str], fichier: Callable[[bytes], Path]
) -> None:
    assert antivirus.interroger(fichier(b"x" * 5_000_000), clamd["unix"]).verdict is Verdict.MUET


@pytest.mark.parametrize("adresse", ["", "unix:/nulle/part", "tcp://127.0.0.1:1"])
def test_out_of_reach(adresse: str, fichier: Callable[[bytes], Path]) -> None:
    assert antivirus.interroger(fichier(b"x"), adresse).verdict is Verdict.MUET
    assert antivirus.version(adresse) is None


@pytest.mark.parametrize(
    "reponse", [b"", b"\0", b"stream: OK mais", b"UNKNOWN COMMAND\0", b"x" * 9_000, b"\xff\0"]
)
def test_answer_that_is_not_a_yes_is_none(reponse: bytes, fichier: Callable[[bytes], Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as serveur:

        def repondre() -> None:
            lien, _ = serveur.accept()
            with lien:
                lien.recv(100_000)
                lien.sendall(reponse)

        fil = threading.Thread(target=repondre)
        fil.start()
        verdict = antivirus.interroger(fichier(b"x"), f"tcp://127.0.0.1:{serveur.getsockname()[1]}").verdict
        fil.join()
    assert verdict is Verdict.MUET


@pytest.mark.django_db
def test_reception_asks_clamd(clamd: dict[str, str], settings: Any) -> None:
    settings.ANTIVIRUS, settings.CLAMD = "clamd", clamd["unix"]
    assert recu(pdf()).etat is EtatDocument.DISPONIBLE
    with pytest.raises(DocumentMalveillant):
        recu(pdf() + b"\n%" + MARQUE + b"\n")


@pytest.mark.django_db
def test_clamd_down_then_back(clamd: dict[str, str], settings: Any) -> None:
    settings.ANTIVIRUS, settings.CLAMD = "clamd", "unix:/nulle/part"
    attend, mauvais = recu(pdf()), garde(MARQUE, verdict=Verdict.MUET)
    assert attend.etat is EtatDocument.QUARANTAINE
    assert reprendre_quarantaine() == 0
    settings.CLAMD = clamd["tcp"]
    assert reprendre_quarantaine() == 2
    assert contenu(attend).startswith(b"%PDF")
    with pytest.raises(Exception, match="malveillant"):
        contenu(mauvais)


def test_without_address_all_waits_and_without_antivirus_it_is_said(
    settings: Any, fichier: Callable[[bytes], Path]
) -> None:
    settings.ANTIVIRUS, settings.CLAMD = "clamd", ""
    assert antivirus.examiner(fichier(MARQUE)) is Verdict.MUET
    settings.ANTIVIRUS = "aucun"
    assert antivirus.examiner(fichier(MARQUE)) is Verdict.SAIN


def test_health_says_what_there_is(clamd: dict[str, str], settings: Any) -> None:
    settings.ANTIVIRUS, settings.CLAMD = "clamd", clamd["unix"]
    assert _antivirus().bon
    assert _antivirus().constat.startswith("ClamAV ")
    settings.CLAMD = "unix:/nulle/part"
    assert _antivirus() == Controle(
        "antivirus", False, "ne répond pas : les documents restent en quarantaine"
    )
    settings.CLAMD = ""
    assert "quarantaine" in _antivirus().constat
    settings.ANTIVIRUS = "aucun"
    assert _antivirus().constat == "aucun : les documents ne sont pas examinés (démonstration)"


@pytest.mark.django_db
@pytest.mark.parametrize(("qui", "dit"), [("aucun", True), ("clamd", False)])
def test_demonstration_without_antivirus_says_so_on_each_page(
    client: Client, settings: Any, qui: str, dit: bool
) -> None:
    settings.DEMONSTRATION, settings.ANTIVIRUS = True, qui
    page = client.get("/connexion/").content.decode()
    assert "organismes fictifs" in page
    assert ("ne sont pas examinés par un antivirus" in page) is dit
