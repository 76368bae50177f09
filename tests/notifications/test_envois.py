"""Adapters against the real thing: a mail server in this process, folders on this disk."""

import csv
import hashlib
import io
import smtplib
import socket
import stat
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest

from sne.demo.port import port_libre
from sne.notifications.envois import courriels
from sne.notifications.envois.courriels import Courriel, Fichiers, Smtp, port_courriel
from sne.notifications.envois.lettres import DepotFichier, Lettre
from sne.notifications.envois.pieces import Piece, fournir, get_pieces
from sne.notifications.envois.sms import port_sms
from sne.notifications.rendu import Texte
from sne.notifications.rules import AdressePostale, Issue
from tests.notifications.factories import ADRESSE
from tests.notifications.serveurs import REFUS_DU_CORPS, Boite
from tests.socle.gouttes import SMTP, au_compte_gouttes

COURRIEL = Courriel(
    destinataire="elodie@exemple.fr",
    texte=Texte("Votre attestation", "Bonjour, été\n", "<p>Bonjour, été</p>\n"),
    retour="retour+abc@sne.test",
    reference="ref-1",
    pieces=(Piece("attestation.pdf", b"%PDF-1.7 essai"),),
)
LE = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def lu(octets: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(octets, policy=policy.default))


def verifier_le_courriel(message: EmailMessage) -> None:
    """Headers, text, HTML and file of :data:`COURRIEL`."""
    assert message["From"] == "Demande de logement social <ne-pas-repondre@localhost>"
    assert message["To"] == "elodie@exemple.fr"
    assert message["Message-ID"] == "<ref-1@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    texte, html = message.get_body(("plain",)), message.get_body(("html",))
    assert texte is not None
    assert html is not None
    assert texte.get_content().strip() == "Bonjour, été"
    assert "<p>Bonjour, été</p>" in html.get_content()
    (piece,) = message.iter_attachments()
    assert (piece.get_filename(), piece.get_content()) == ("attestation.pdf", b"%PDF-1.7 essai")


class TestSmtp:
    """What a server answers becomes an outcome; nothing is raised."""

    def test_accepted_with_its_envelope(self, boite: Boite) -> None:
        resultat = port_courriel().envoyer(COURRIEL)
        assert (resultat.issue, resultat.code) == (Issue.ACCEPTE, "250")
        (recu,) = boite.recus
        assert (recu.mail_from, recu.rcpt_tos) == ("retour+abc@sne.test", ["elodie@exemple.fr"])
        assert isinstance(recu.content, bytes)
        verifier_le_courriel(lu(recu.content))

    @pytest.mark.parametrize(
        ("destinataire", "issue", "code", "texte"),
        [
            ("inconnu@exemple.fr", Issue.PERMANENT, "5.1.1", "550 5.1.1 <[adresse]> User unknown"),
            ("sans-code@exemple.fr", Issue.PERMANENT, "550", "550 No such user"),
            ("plus-tard@exemple.fr", Issue.TEMPORAIRE, "4.7.1", "451 4.7.1 Greylisted, try again later"),
        ],
    )
    def test_refused_or_put_off(
        self, boite: Boite, destinataire: str, issue: Issue, code: str, texte: str
    ) -> None:
        resultat = port_courriel().envoyer(replace(COURRIEL, destinataire=destinataire))
        assert (resultat.issue, resultat.code, resultat.texte) == (issue, code, texte)
        assert boite.recus == []

    def test_body_refused(self, boite: Boite) -> None:
        boite.corps = REFUS_DU_CORPS
        resultat = port_courriel().envoyer(COURRIEL)
        assert (resultat.issue, resultat.code) == (Issue.PERMANENT, "5.7.1")

    def test_no_server_is_never_held_against_the_address(self) -> None:
        resultat = Smtp(f"smtp://127.0.0.1:{port_libre()}").envoyer(COURRIEL)
        assert resultat.issue is Issue.INDISPONIBLE
        assert "ConnectionRefusedError" in resultat.texte

    def test_sign_in_that_the_server_does_not_know_is_ours_to_repair(
        self, boite: Boite, settings: Any
    ) -> None:
        url = settings.SMTP_URL.replace("smtp://", "smtp://moi:secret@")
        assert Smtp(url).envoyer(COURRIEL).issue is Issue.INDISPONIBLE

    @pytest.mark.parametrize("adresse", ["jean.@exemple.fr", "josé@exemple.fr", "a,b@exemple.fr"])
    def test_an_address_that_no_server_takes_is_refused_for_good(self, boite: Boite, adresse: str) -> None:
        resultat = port_courriel().envoyer(replace(COURRIEL, destinataire=adresse))
        assert (resultat.issue, boite.recus) == (Issue.PERMANENT, [])

    def test_sender_refused_is_ours_to_repair(self, boite: Boite) -> None:
        boite.expediteur = "550 5.7.1 not you"
        resultat = port_courriel().envoyer(COURRIEL)
        assert (resultat.issue, resultat.code) == (Issue.INDISPONIBLE, "550")

    def test_server_that_falls_before_its_answer_leaves_a_doubt(self, boite: Boite) -> None:
        boite.coupe = True
        assert port_courriel().envoyer(COURRIEL).issue is Issue.INCERTAIN
        assert len(boite.recus) == 1

    def test_goodbye_that_fails_takes_nothing_back(
        self, boite: Boite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def partir(serveur: smtplib.SMTP) -> None:
            serveur.close()
            raise smtplib.SMTPResponseException(421, b"bye")

        monkeypatch.setattr(smtplib.SMTP, "quit", partir)
        assert port_courriel().envoyer(COURRIEL).issue is Issue.ACCEPTE

    def test_server_that_answers_byte_by_byte_is_cut(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(courriels, "TOTAL", 0.2)
        with au_compte_gouttes(autour=SMTP) as port:
            resultat = Smtp(f"smtp://127.0.0.1:{port}").envoyer(COURRIEL)
        assert (resultat.issue, resultat.code) == (Issue.INDISPONIBLE, ""), "554 is what it says at its end"

    def test_connection_is_told_before_its_tls(self) -> None:
        """A handshake may be slow too."""
        dites = list[socket.socket]()

        def couper(prise: socket.socket) -> None:
            dites.append(prise)
            prise.shutdown(socket.SHUT_RDWR)

        with socket.create_server(("127.0.0.1", 0)) as muet:
            serveur = Smtp(f"smtps://127.0.0.1:{muet.getsockname()[1]}")._serveur
            serveur.suivre = couper
            with pytest.raises(OSError, match=r"."):
                serveur.open()
        assert len(dites) == 1

    @pytest.mark.parametrize(
        ("url", "port", "tls", "ssl"),
        [
            ("smtp://mx.test", 25, False, False),
            ("smtp+tls://a%40b:c%2Fd@mx.test", 587, True, False),
            ("smtps://mx.test:4465", 4465, False, True),
        ],
    )
    def test_url_says_how_to_connect(self, url: str, port: int, tls: bool, ssl: bool) -> None:
        serveur = Smtp(url)._serveur
        assert (serveur.host, serveur.port, serveur.use_tls, serveur.use_ssl) == ("mx.test", port, tls, ssl)
        if tls:
            assert (serveur.username, serveur.password) == ("a@b", "c/d")


def test_without_server_each_email_is_a_file_of_its_own(var: Path) -> None:
    port = port_courriel()
    assert isinstance(port, Fichiers)
    assert [port.envoyer(COURRIEL).issue for _ in range(2)] == [Issue.ACCEPTE] * 2
    (fichier,) = (var / "courriels").iterdir()
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    verifier_le_courriel(lu(fichier.read_bytes()))


def test_sms_is_a_file_of_its_own(var: Path) -> None:
    resultat = port_sms().envoyer(numero="+33600000041", texte="Bonjour", reference="r")
    assert resultat.issue is Issue.ACCEPTE
    assert (var / "sms" / "r.txt").read_text() == "+33600000041\nBonjour\n"


def test_file_of_a_message_is_asked_of_who_makes_it() -> None:
    fournir("essai", lambda reference, territoire: Piece(reference, territoire.encode()))
    assert get_pieces("essai:AB:1", territoire="099") == (Piece("AB:1", b"099"),)
    assert get_pieces("", territoire="099") == ()


class TestDepot:
    """The print folder."""

    lettres = (
        Lettre(
            uuid.UUID(int=1),
            "Objet",
            ADRESSE,
            (Piece("lettre.pdf", b"%PDF-1.7 un"), Piece("attestation.pdf", b"%PDF-1.7 deux")),
        ),
        Lettre(
            uuid.UUID(int=2),
            "Objet",
            AdressePostale(("=1+1", "＝2+2", "99240 Les Ormeaux")),
            (Piece("l.pdf", b"%PDF-1.7 trois"),),
        ),
    )

    def deposer(self, dossier: Path) -> Path:
        resultats = DepotFichier(dossier).deposer(uuid.UUID(int=9), self.lettres, survenu_le=LE)
        assert {r.issue for r in resultats.values()} == {Issue.ACCEPTE}
        assert list(resultats) == [x.id for x in self.lettres]
        (depot,) = dossier.iterdir()
        return depot

    def test_files_index_and_hashes(self, tmp_path: Path) -> None:
        depot = self.deposer(tmp_path / "courriers")
        assert depot.name == f"20261124T093000Z-{uuid.UUID(int=9)}"
        index = list(csv.DictReader(io.StringIO((depot / "index.csv").read_text()), delimiter=";"))
        assert [(x["lettre"][-1], x["rang"]) for x in index] == [("1", "1"), ("1", "2"), ("2", "1")]
        assert index[0]["adresse_2"] == "12 rue des Tanneurs"
        assert [index[2]["adresse_1"], index[2]["adresse_2"]] == ["'=1+1", "'＝2+2"]
        for ligne in index:
            octets = (depot / ligne["fichier"]).read_bytes()
            assert hashlib.sha256(octets).hexdigest() == ligne["sha256"]
        sommes = dict(reversed(x.split("  ")) for x in (depot / "SHA256SUMS").read_text().splitlines())
        assert set(sommes) == {f.name for f in depot.iterdir()} - {"SHA256SUMS"}
        for nom, somme in sommes.items():
            assert hashlib.sha256((depot / nom).read_bytes()).hexdigest() == somme

    def test_drop_made_again_writes_nothing(self, tmp_path: Path) -> None:
        depot = self.deposer(tmp_path / "courriers")
        (depot / "index.csv").unlink()  # whoever collects may have taken it
        assert self.deposer(tmp_path / "courriers") == depot
        assert not (depot / "index.csv").exists()

    def test_drop_cut_short_is_made_whole(self, tmp_path: Path) -> None:
        reste = tmp_path / "courriers" / f".20261124T093000Z-{uuid.UUID(int=9)}"
        reste.mkdir(parents=True)
        (reste / "moitie.pdf").write_bytes(b"%PDF")
        depot = self.deposer(tmp_path / "courriers")
        assert not (depot / "moitie.pdf").exists()
