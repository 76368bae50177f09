"""Letters by Maileva, against a server of this process that keeps what it was asked."""

import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings as reglages

from sne.notifications.envois.choix import port_lettre
from sne.notifications.envois.lettres import DepotFichier, Lettre
from sne.notifications.envois.maileva import Acces, Maileva, _destinataire
from sne.notifications.envois.pieces import Piece
from sne.notifications.rules import AdressePostale, Issue
from tests.notifications.factories import ADRESSE
from tests.notifications.serveurs import port_libre

LE = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LETTRE = Lettre(
    uuid.UUID(int=3), "Objet", ADRESSE, (Piece("a.pdf", b"%PDF-1.7 a"), Piece("b.pdf", b"%PDF-1.7 b"))
)


class Faux(BaseHTTPRequestHandler):
    """The provider: states of its sendings, calls received, the answer to give instead of its own."""

    etats: ClassVar[dict[str, str]] = {}
    appels: ClassVar[list[tuple[str, str, bytes]]] = []
    refus: ClassVar[dict[str, int]] = {}

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen."""

    def repondre(self) -> None:
        corps = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chemin = self.path
        self.appels.append((self.command, chemin, corps))
        fin = chemin.rsplit("/", 1)[-1]
        if fin in self.refus:
            self.finir(self.refus[fin], {})
        elif chemin == "/jeton":
            self.finir(200, {"access_token": "jeton-essai"})
        elif self.headers["Authorization"] != "Bearer jeton-essai":
            self.finir(401, {})
        elif chemin == "/mail/v2/sendings":
            cle = f"envoi-{len(self.etats) + 1}"
            self.etats[cle] = "DRAFT"
            self.finir(201, {"id": cle})
        elif fin == "submit":
            self.etats[chemin.split("/")[-2]] = "PENDING"
            self.finir(200, None)
        elif self.command == "DELETE":
            self.etats[fin] = "DELETED"
            self.finir(204, None)
        elif self.command == "GET":
            self.finir(200, {"id": fin, "status": self.etats[fin]})
        else:
            self.finir(201, {"id": "x"})

    def do_GET(self) -> None:
        self.repondre()

    def do_POST(self) -> None:
        self.repondre()

    def do_DELETE(self) -> None:
        self.repondre()

    def finir(self, code: int, corps: Any) -> None:
        self.send_response(code)
        octets = b"" if corps is None else json.dumps(corps).encode()
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)


@pytest.fixture
def faux() -> type[Faux]:
    for memoire in (Faux.etats, Faux.appels, Faux.refus):
        memoire.clear()
    return Faux


@pytest.fixture
def acces(faux: type[Faux]) -> Iterator[Acces]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), faux)
    serveur.daemon_threads = True
    fil = threading.Thread(target=serveur.serve_forever, args=(0.05,))
    fil.start()
    base = f"http://127.0.0.1:{serveur.server_port}"
    yield Acces(f"{base}/mail/v2", f"{base}/jeton", "client:secret", "compte:mot:de:passe")
    serveur.shutdown()
    fil.join()
    serveur.server_close()


def deposer(acces: Acces, dossier: Path) -> tuple[Issue, str]:
    resultats = Maileva(acces, dossier).deposer(uuid.UUID(int=9), [LETTRE], survenu_le=LE)
    return resultats[LETTRE.id].issue, resultats[LETTRE.id].code


def test_sending_is_created_filled_and_submitted(acces: Acces, faux: type[Faux], tmp_path: Path) -> None:
    assert deposer(acces, tmp_path) == (Issue.ACCEPTE, "")
    assert [(m, c.rsplit("/", 1)[-1]) for m, c, _ in faux.appels] == [
        ("POST", "jeton"),
        ("POST", "sendings"),
        ("POST", "documents"),
        ("POST", "documents"),
        ("POST", "recipients"),
        ("POST", "submit"),
    ]
    corps = [c for _, _, c in faux.appels]
    assert b"username=compte&password=mot%3Ade%3Apasse" in corps[0]
    envoi, destinataire = json.loads(corps[1]), json.loads(corps[4])
    assert (envoi["custom_id"], envoi["envelope_windows_type"]) == (str(LETTRE.id), "DOUBLE")
    assert b'{"priority": 2, "name": "b.pdf"}' in corps[3]
    assert b"%PDF-1.7 b" in corps[3]
    assert destinataire == {
        "custom_id": str(LETTRE.id),
        "address_line_1": "",
        "address_line_2": "Élodie Dubreuil",
        "address_line_3": "",
        "address_line_4": "12 rue des Tanneurs",
        "address_line_5": "",
        "address_line_6": "99240 Les Ormeaux",
        "country_code": "FR",
    }


def test_letter_submitted_before_a_crash_is_not_submitted_again(
    acces: Acces, faux: type[Faux], tmp_path: Path
) -> None:
    assert [deposer(acces, tmp_path)[0] for _ in range(2)] == [Issue.ACCEPTE] * 2
    assert faux.etats == {"envoi-1": "PENDING"}


def test_draft_left_by_a_crash_is_thrown_away(acces: Acces, faux: type[Faux], tmp_path: Path) -> None:
    faux.refus["submit"] = 503
    assert deposer(acces, tmp_path) == (Issue.INDISPONIBLE, "503")
    faux.refus.clear()
    assert deposer(acces, tmp_path) == (Issue.ACCEPTE, "")
    assert faux.etats == {"envoi-1": "DELETED", "envoi-2": "PENDING"}


@pytest.mark.parametrize(
    ("ou", "attendu"),
    [
        ("recipients", (Issue.PERMANENT, "400")),
        ("sendings", (Issue.INDISPONIBLE, "429")),
        ("jeton", (Issue.INDISPONIBLE, "401")),
    ],
)
def test_refusals(
    acces: Acces, faux: type[Faux], tmp_path: Path, ou: str, attendu: tuple[Issue, str]
) -> None:
    faux.refus[ou] = int(attendu[1])
    assert deposer(acces, tmp_path) == attendu


def test_provider_away(tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{port_libre()}"
    assert deposer(Acces(base, base, "a:b", "c:d"), tmp_path)[0] is Issue.INDISPONIBLE


@pytest.mark.parametrize(
    ("lignes", "places"),
    [
        (("N", "V"), {2: "N", 6: "V"}),
        (("N", "a", "b", "V"), {2: "N", 3: "a", 4: "b", 6: "V"}),
        (("N", "a", "b", "c", "V"), {2: "N", 3: "a", 4: "b", 5: "c", 6: "V"}),
        (("N", "a", "b", "c", "d", "V"), {1: "N", 2: "a", 3: "b", 4: "c", 5: "d", 6: "V"}),
    ],
)
def test_lines_of_the_envelope(lignes: tuple[str, ...], places: dict[int, str]) -> None:
    ecrit = _destinataire(uuid.UUID(int=1), AdressePostale(lignes))
    assert {n: ecrit[f"address_line_{n}"] for n in range(1, 7) if ecrit[f"address_line_{n}"]} == places


def test_set_or_not_the_provider_is_chosen(settings: Any) -> None:
    assert isinstance(port_lettre(), DepotFichier)
    settings.MAILEVA_URL, settings.MAILEVA_CONNEXION_URL = (
        "https://api.test/mail/v2",
        "https://connexion.test",
    )
    settings.MAILEVA_CLIENT, settings.MAILEVA_COMPTE = "a:b", "c:d"
    port = port_lettre()
    assert isinstance(port, Maileva)
    assert port.dossier == Path(reglages.DOSSIER_VAR) / "maileva"
