"""Letters by Maileva, against a server of this process that keeps what it was asked."""

import json
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import time_machine
from django.conf import settings as reglages
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.demo.port import port_libre
from sne.journal.models import Entree
from sne.notifications import tasks as taches
from sne.notifications.envois import maileva
from sne.notifications.envois.choix import port_lettre
from sne.notifications.envois.lettres import DepotFichier, Lettre
from sne.notifications.envois.maileva import Acces, Maileva, _destinataire
from sne.notifications.envois.pieces import Piece
from sne.notifications.models import Message
from sne.notifications.rules import AdressePostale, Canal, Issue
from sne.socle.sortie import Bornes
from tests.notifications.factories import ADRESSE, preparer
from tests.socle.gouttes import au_compte_gouttes

LE = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LETTRE = Lettre(
    uuid.UUID(int=3), "Objet", ADRESSE, (Piece("a.pdf", b"%PDF-1.7 a"), Piece("b.pdf", b"%PDF-1.7 b"))
)


class Faux(BaseHTTPRequestHandler):
    """The provider: states of its sendings, calls received, the answer to give instead of its own."""

    etats: ClassVar[dict[str, str]] = {}
    appels: ClassVar[list[tuple[str, str, bytes]]] = []
    refus: ClassVar[dict[str, int]] = {}
    lettres: ClassVar[dict[str, str]] = {}

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
            self.lettres[cle] = json.loads(corps)["custom_id"]
            self.finir(201, {"id": cle})
        elif fin == "submit":
            self.etats[chemin.split("/")[-2]] = "PENDING"
            self.finir(200, None)
        elif self.command == "DELETE":
            self.etats[fin] = "DELETED"
            self.finir(204, None)
        elif self.command == "GET":
            lettre = {"custom_id": self.lettres[fin]} if fin in self.lettres else {}
            self.finir(200, {"id": fin, "status": self.etats[fin], **lettre})
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
    for memoire in (Faux.etats, Faux.appels, Faux.refus, Faux.lettres):
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
        ("sendings", (Issue.INDISPONIBLE, "302")),
        ("jeton", (Issue.INDISPONIBLE, "401")),
        ("jeton", (Issue.INDISPONIBLE, "400")),
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


def test_provider_that_does_not_sign_us_in_is_asked_once_for_all_letters(
    acces: Acces, faux: type[Faux], tmp_path: Path
) -> None:
    faux.refus["jeton"] = 503
    autre = replace(LETTRE, id=uuid.UUID(int=4))
    resultats = Maileva(acces, tmp_path).deposer(uuid.UUID(int=9), [LETTRE, autre], survenu_le=LE)
    assert {resultats[lettre.id].issue for lettre in (LETTRE, autre)} == {Issue.INDISPONIBLE}
    assert len(faux.appels) == 1


def test_provider_that_answers_byte_by_byte_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maileva, "BORNES", Bornes(connexion=10, lecture=10, total=0.2, octets_max=100))
    with au_compte_gouttes() as port:
        base = f"http://127.0.0.1:{port}"
        lent = Maileva(Acces(base, base, "a:b", "c:d"), tmp_path)
        [resultat] = lent.deposer(uuid.UUID(int=9), [LETTRE], survenu_le=LE).values()
    assert (resultat.issue, "LENT" in resultat.texte) == (Issue.INDISPONIBLE, True)


def test_letter_that_the_disk_refuses_waits(acces: Acces, tmp_path: Path) -> None:
    plein = tmp_path / "fichier"
    plein.touch()
    assert deposer(acces, plein) == (Issue.INDISPONIBLE, "")


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


SECRET = "un-secret-de-rappel-de-32-signes"
RAPPEL = {
    "source": "api.maileva.com",
    "event_type": "ON_STATUS_PROCESSED",
    "resource_type": "mail/v2/sendings",
    "resource_id": "envoi-1",
    "resource_custom_id": "autre-chose",
}


@pytest.mark.django_db
class TestRappel:
    """The provider calls back: nothing that a caller says is believed before it is read again."""

    @pytest.fixture(autouse=True)
    def prestataire(self, acces: Acces, settings: Any, tmp_path: Path) -> None:
        settings.DOSSIER_VAR, settings.MAILEVA_RAPPEL_SECRET = tmp_path, SECRET
        settings.MAILEVA_URL, settings.MAILEVA_CONNEXION_URL = acces.url, acces.connexion
        settings.MAILEVA_CLIENT, settings.MAILEVA_COMPTE = acces.client, acces.compte

    @pytest.fixture
    def message(self) -> Message:
        """A letter that the provider has."""
        message = preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
        with time_machine.travel(LE, tick=False):
            assert taches.deposer_lettres(timestamp=0) == 1
        return message

    def rappeler(self, corps: Any = RAPPEL, *, secret: str = SECRET) -> int:
        """One call, then the job that it left."""
        brut = corps if isinstance(corps, str) else json.dumps(corps)
        reponse = Client(enforce_csrf_checks=True).post(
            f"/lettres/suivi/{secret}/", brut, content_type="application/json"
        )
        for job in ProcrastinateJob.objects.filter(task_name=taches.SUIVRE_LETTRE):
            taches.suivre_lettre(**job.args)
        return int(reponse.status_code)

    def etat(self) -> tuple[str, list[str]]:
        message = Message.objects.get()
        return message.etat, [t.issue for t in message.tentatives.order_by("inscrit_le", "id")]

    def test_processed_is_handed_over_and_never_received(self, message: Message, faux: type[Faux]) -> None:
        faux.etats["envoi-1"] = "PROCESSED"
        assert [self.rappeler() for _ in range(2)] == [201, 201]
        assert self.etat() == ("ENVOYE", ["ACCEPTE", "TRAITE"])

    def test_rejected_is_refused_once(self, message: Message, faux: type[Faux]) -> None:
        faux.etats["envoi-1"] = "REJECTED"
        for _ in range(2):
            self.rappeler()
        assert self.etat() == ("REJETE", ["ACCEPTE", "PERMANENT"])
        assert Entree.objects.filter(verbe="REJETER_MESSAGE").count() == 1

    def test_what_is_told_is_not_what_is_believed(self, message: Message, faux: type[Faux]) -> None:
        for etat in ("PENDING", "ACCEPTED", "ARCHIVED"):
            faux.etats["envoi-1"] = etat
            self.rappeler({**RAPPEL, "event_type": "ON_STATUS_REJECTED"})
        assert self.etat() == ("ENVOYE", ["ACCEPTE"])

    def test_sending_that_is_not_ours(self, message: Message, faux: type[Faux]) -> None:
        faux.etats |= {"envoi-2": "REJECTED", "envoi-3": "REJECTED"}
        faux.lettres["envoi-2"] = str(message.id)  # names our letter, but is not what we made for it
        for envoi in ("envoi-2", "envoi-3"):
            self.rappeler({**RAPPEL, "resource_id": envoi})
        faux.refus["envoi-4"] = 404
        self.rappeler({**RAPPEL, "resource_id": "envoi-4"})
        assert self.etat() == ("ENVOYE", ["ACCEPTE"])

    def test_provider_away_is_asked_again_later(self, message: Message, faux: type[Faux]) -> None:
        faux.refus["envoi-1"] = 503
        with pytest.raises(OSError, match="503"):
            taches.suivre_lettre(envoi="envoi-1")

    @pytest.mark.parametrize(
        "corps",
        [
            "",
            "[]",
            {**RAPPEL, "resource_type": "registered_mail/v4/sendings"},
            {**RAPPEL, "resource_id": "../x"},
        ],
    )
    def test_anything_else_is_acknowledged_and_dropped(self, corps: Any) -> None:
        assert self.rappeler(corps) == 201
        assert not ProcrastinateJob.objects.filter(task_name=taches.SUIVRE_LETTRE).exists()

    def test_wrong_secret_or_none_does_not_exist(self, settings: Any) -> None:
        assert self.rappeler(secret="x" * 32) == 404
        settings.MAILEVA_RAPPEL_SECRET = ""
        assert self.rappeler() == 404
        settings.MAILEVA_RAPPEL_SECRET, settings.MAILEVA_URL = SECRET, ""
        taches.suivre_lettre(envoi="envoi-1")
        assert not ProcrastinateJob.objects.filter(task_name=taches.SUIVRE_LETTRE).exists()
