"""States, limits, catalogue, addresses, tokens and returned e-mails, without database."""

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from sne.attestations.messages import MessageAttestation
from sne.notifications.rules import (
    TRANSITIONS,
    AdressePostale,
    Canal,
    Etat,
    Genre,
    GenreAgent,
    Issue,
    Limites,
    MessageMalPrepare,
    adresse_de_retour,
    adresse_postale,
    attente,
    est_definitif,
    jeton,
    lire_jeton,
    lire_retour,
    met_en_cause_l_adresse,
    sans_adresse,
    suivant,
    verifier,
)
from tests.notifications.factories import CONTEXTE

CLE = b"k" * 32
ID = uuid.UUID("01900000-0000-7000-8000-00000000abcd")
LE = datetime(2024, 4, 11, tzinfo=UTC)
LIMITES = Limites(echecs=3, heures=72)
SUITES = {
    Etat.A_ENVOYER: "ENVOYE ENVOYE DELIVRE DIFFERE REJETE DIFFERE DIFFERE",
    Etat.DIFFERE: "ENVOYE ENVOYE DELIVRE DIFFERE REJETE DIFFERE DIFFERE",
    Etat.ENVOYE: "- ENVOYE DELIVRE DIFFERE REJETE - -",
    Etat.DELIVRE: "- - - - REJETE - -",
    Etat.REJETE: "- - - - - - -",
}


@pytest.mark.parametrize("etat", Etat)
def test_every_state_and_outcome_is_decided(etat: Etat) -> None:
    assert set(TRANSITIONS) == set(Etat)
    assert [str(suivant(etat, issue) or "-") for issue in Issue] == SUITES[etat].split()


def test_each_attempt_waits_longer_up_to_half_a_day() -> None:
    attentes = [attente(n) for n in range(10)]
    assert attentes == sorted(attentes)
    assert (attentes[0], attentes[-1]) == (timedelta(minutes=5), timedelta(hours=12))


@pytest.mark.parametrize(
    ("heures", "definitif"),
    [([0], False), ([0, 80], False), ([0, 10, 71], False), ([0, 10, 72], True), ([0, 1, 2, 100], True)],
)
def test_three_temporary_failures_over_three_days_are_a_refusal(heures: list[int], definitif: bool) -> None:
    assert est_definitif([LE + timedelta(hours=h) for h in heures], LIMITES) is definitif


def test_refusal_for_policy_says_nothing_of_the_address() -> None:
    assert [met_en_cause_l_adresse(c) for c in ("5.1.1", "550", "4.2.2", "", "5.7.1")] == [True] * 4 + [False]


def test_every_kind_declares_its_files_and_values() -> None:
    for genre in (*Genre.tous().values(), *GenreAgent.tous().values()):
        for canal in genre.modele.canaux:
            verifier(genre, canal, dict.fromkeys(genre.modele.variables, "x"))


@pytest.mark.parametrize("contexte", [{}, {**CONTEXTE, "nom": "x"}])
def test_missing_or_unknown_value_is_refused(contexte: dict[str, str]) -> None:
    with pytest.raises(MessageMalPrepare):
        verifier(MessageAttestation.ATTESTATION_SIMPLIFIEE, Canal.COURRIEL, contexte)


def test_channel_that_a_kind_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MessageMalPrepare, match="FAX"):
        verifier(MessageAttestation.ATTESTATION_SIMPLIFIEE, "FAX", CONTEXTE)  # type: ignore[arg-type]


class TestAdresse:
    """What fits a window envelope."""

    def test_long_line_is_folded_between_words(self) -> None:
        lue = adresse_postale(
            "Élodie Dubreuil",
            ["Résidence des Tanneurs et des Corroyeurs réunis", "12 rue des Tanneurs", "99240 Les Ormeaux"],
        )
        assert lue is not None
        assert lue.lignes[1:3] == ("Résidence des Tanneurs et des", "Corroyeurs réunis")
        assert AdressePostale.de_json(lue.vers_json()) == lue

    @pytest.mark.parametrize(
        ("nom", "lignes"),
        [
            ("", ["12 rue des Tanneurs"]),
            ("Élodie", []),
            ("Élodie", ["1", "2", "3", "4", "5", "6"]),
            ("Élodie", ["x" * 39]),
        ],
    )
    def test_address_that_does_not_fit_is_none(self, nom: str, lignes: list[str]) -> None:
        assert adresse_postale(nom, lignes) is None


class TestJeton:
    """Nobody but us makes a return address."""

    def test_token_names_its_message_whatever_the_case(self) -> None:
        texte = jeton(ID, cle=CLE)
        assert len(texte) == 42
        assert lire_jeton(texte, cle=CLE) == lire_jeton(texte.upper(), cle=CLE) == ID
        assert adresse_de_retour(ID, cle=CLE, domaine="sne.test") == f"retour+{texte}@sne.test"

    def test_token_of_another_key_or_altered_names_nothing(self) -> None:
        texte = jeton(ID, cle=CLE)
        altere = ("a" if texte[0] != "a" else "b") + texte[1:]
        faux = [jeton(ID, cle=b"x" * 32), altere, texte[:-8], "é" * 42, "", "1" * 42]
        assert [lire_jeton(f, cle=CLE) for f in faux] == [None] * 6


def rapport(
    action: str, status: str, *, a: str = "", diagnostic: str = "smtp; 550 <x@exemple.fr> inconnu"
) -> bytes:
    """A report in the standard form (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@mx.test\r\nTo: {a or 'retour+' + jeton(ID, cle=CLE) + '@sne.test'}\r\n"
        "Subject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nNo.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; x@exemple.fr\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n\r\n--B--\r\n"
    ).encode()


class TestRetour:
    """What a returned e-mail says."""

    @pytest.mark.parametrize(
        ("action", "status", "issue"),
        [
            ("failed", "5.1.1", Issue.PERMANENT),
            ("Failed", "5.0.0 (unknown)", Issue.PERMANENT),
            ("failed", "4.4.7", Issue.TEMPORAIRE),
            ("delayed", "4.2.2", Issue.TEMPORAIRE),
            ("delivered", "2.0.0", Issue.DELIVRE),
        ],
    )
    def test_standard_report(self, action: str, status: str, issue: Issue) -> None:
        retour = lire_retour(rapport(action, status))
        assert retour is not None
        assert lire_jeton(retour.jeton, cle=CLE) == ID
        assert (retour.resultat.issue, retour.resultat.code) == (issue, status[:5])
        assert retour.resultat.texte == "smtp; 550 <[adresse]> inconnu"
        assert len(retour.source) == 64

    def test_relayed_promises_nothing(self) -> None:
        assert lire_retour(rapport("relayed", "2.0.0")) is None

    def test_report_that_came_to_no_token_is_still_read(self) -> None:
        retour = lire_retour(rapport("failed", "5.1.1", a="postmaster@sne.test"))
        assert retour is not None
        assert retour.jeton == ""

    def test_old_format_is_recognised(self) -> None:
        qmail = (
            f"From: MAILER-DAEMON@mx.test\nTo: retour+{jeton(ID, cle=CLE)}@sne.test\nSubject: failure notice\n\n"
            "Hi. This is the qmail-send program at mx.test.\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
            "<x@exemple.fr>:\n550 no such user\n\n--- Below this line is a copy of the message.\n"
        )
        retour = lire_retour(qmail.encode())
        assert retour is not None
        assert retour.resultat.issue is Issue.PERMANENT

    def test_old_format_of_a_delay_is_recognised(self) -> None:
        google = (
            "From: MAILER-DAEMON@mx.test\nTo: x@sne.test\nSubject: Delay\n\n"
            "Delivery to the following recipient has been delayed:\n\n     x@exemple.fr\n\n"
            "Message will be retried for 2 more day(s)\n"
        )
        retour = lire_retour(google.encode())
        assert retour is not None
        assert retour.resultat.issue is Issue.TEMPORAIRE

    def test_absence_notice_is_no_return(self) -> None:
        assert lire_retour(b"From: a@exemple.fr\nTo: b@sne.test\nSubject: Absence\n\nEn vacances.\n") is None

    @pytest.mark.parametrize(
        "corps", ["," * 200_000, ("," * 900 + "\n") * 10_000], ids=["one line", "many lines"]
    )
    def test_a_return_made_to_be_long_to_read_holds_nobody(self, corps: str) -> None:
        debut = time.process_time()
        assert lire_retour(f"From: a@exemple.fr\n\n{corps}".encode()) is None
        assert time.process_time() - debut < 5

    def test_a_long_diagnostic_holds_nobody(self) -> None:
        debut = time.process_time()
        lu = lire_retour(rapport("failed", "5.1.1", diagnostic="a" * 60_000))
        assert time.process_time() - debut < 5
        assert lu is not None
        assert lu.resultat.issue == Issue.PERMANENT

    def test_diagnostic_keeps_no_address(self) -> None:
        assert sans_adresse("550  <jean.dupont+x@mail.fr>:\n\0refus") == "550 <[adresse]>: refus"
        assert len(sans_adresse("x" * 500)) == 200
