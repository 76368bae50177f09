"""A document waits for the antivirus, cannot be opened meanwhile, and is asked for again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from sne.documents import antivirus
from sne.documents.actions import noter_verdict, rattacher_document
from sne.documents.models import Document
from sne.documents.quarantaine import reprendre_quarantaine
from sne.documents.rules import DocumentIndisponible, EtatDocument, Part, Verdict
from sne.documents.selectors import get_attentes, get_documents
from sne.documents.verification import verifier
from sne.socle.erreurs import Introuvable
from tests.documents.factories import DELAIS, MAINTENANT, OCTETS, contenu, fichiers, garde

pytestmark = pytest.mark.django_db


def repondre(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> list[bytes]:
    """The antivirus answers so from now on; what it is shown."""
    montres: list[bytes] = []

    def examiner(chemin: Path) -> Verdict:
        montres.append(chemin.read_bytes())
        return verdict

    monkeypatch.setattr(antivirus, "examiner", examiner)
    return montres


def test_document_in_quarantine_is_kept_attached_and_closed() -> None:
    document = garde(verdict=Verdict.MUET)
    assert document.etat is EtatDocument.QUARANTAINE
    etat = rattacher_document(document.id, territoire="099", survenu_le=MAINTENANT)
    assert etat is EtatDocument.QUARANTAINE
    for part in (Part.ORIGINAL, Part.RECU):
        with pytest.raises(DocumentIndisponible, match="antivirus"):
            contenu(document, part=part)


def test_healthy_answer_opens_it_and_drops_the_bytes_received(
    monkeypatch: pytest.MonkeyPatch, dossier: Path
) -> None:
    document = garde(verdict=Verdict.MUET, pages=1)
    montres = repondre(monkeypatch, Verdict.SAIN)
    assert reprendre_quarantaine() == 1
    assert montres == [OCTETS]
    assert contenu(document) == OCTETS
    with pytest.raises(Introuvable):
        contenu(document, part=Part.RECU)
    assert reprendre_quarantaine() == 0
    assert verifier(recu_avant=MAINTENANT).bon


def test_infected_answer_takes_every_byte(monkeypatch: pytest.MonkeyPatch, dossier: Path) -> None:
    document = garde(verdict=Verdict.MUET, pages=2)
    repondre(monkeypatch, Verdict.INFECTE)
    assert reprendre_quarantaine() == 1
    connection.check_constraints()
    assert fichiers(dossier) == []
    assert get_documents([document.id], territoire="099")[document.id].etat is EtatDocument.INFECTE
    with pytest.raises(DocumentIndisponible, match="détruit"):
        contenu(document)


def test_silent_antivirus_is_asked_once_and_all_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    for octets in (b"un", b"deux"):
        garde(octets, verdict=Verdict.MUET)
    montres = repondre(monkeypatch, Verdict.MUET)
    assert reprendre_quarantaine() == 0
    assert len(montres) == 1
    attentes = get_attentes(le=MAINTENANT + timedelta(hours=1), delais=DELAIS)
    assert (attentes.quarantaine, attentes.quarantaine_depuis) == (2, timedelta(hours=1))


def test_document_whose_bytes_are_gone_stays_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, dossier: Path
) -> None:
    perdu, suivant = garde(b"perdu", verdict=Verdict.MUET, pages=0), garde(b"suivant", verdict=Verdict.MUET)
    recu = Document.objects.get(id=perdu.id).parties.get(part=Part.RECU)
    (dossier / "magasin" / recu.objet.adresse).unlink()
    repondre(monkeypatch, Verdict.SAIN)
    assert reprendre_quarantaine() == 1
    assert contenu(suivant) == b"suivant"
    assert not verifier(recu_avant=MAINTENANT).bon


def test_those_that_cannot_be_read_do_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, dossier: Path
) -> None:
    for octets in (b"un", b"deux"):
        perdu = Document.objects.get(id=garde(octets, verdict=Verdict.MUET, pages=0).id)
        (dossier / "magasin" / perdu.parties.get(part=Part.RECU).objet.adresse).unlink()
    suivant = garde(b"suivant", verdict=Verdict.MUET, survenu_le=MAINTENANT + timedelta(hours=1))
    montres = repondre(monkeypatch, Verdict.SAIN)
    assert [reprendre_quarantaine(au_plus=2) for _ in range(3)] == [0, 1, 0]
    assert montres == [contenu(suivant)] == [b"suivant"]


def test_one_that_the_antivirus_does_not_answer_about_lets_the_others_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lourd, leger = garde(b"trop lourd pour lui", verdict=Verdict.MUET), garde(b"leger", verdict=Verdict.MUET)

    def examiner(chemin: Path) -> Verdict:
        return Verdict.MUET if b"lourd" in chemin.read_bytes() else Verdict.SAIN

    monkeypatch.setattr(antivirus, "examiner", examiner)
    assert [reprendre_quarantaine() for _ in range(2)] == [0, 1]
    etats = get_documents([lourd.id, leger.id], territoire="099")
    assert (etats[lourd.id].etat, etats[leger.id].etat) == (EtatDocument.QUARANTAINE, EtatDocument.DISPONIBLE)


def test_verdict_on_what_is_not_in_quarantine_changes_nothing() -> None:
    document = garde()
    assert noter_verdict(document.id, Verdict.INFECTE, survenu_le=MAINTENANT) is None
    assert contenu(document) == OCTETS
    en_attente = garde(b"autre", verdict=Verdict.MUET)
    silence = noter_verdict(en_attente.id, Verdict.MUET, survenu_le=MAINTENANT)
    assert silence is EtatDocument.QUARANTAINE


def test_available_without_the_antivirus_is_refused_by_the_database() -> None:
    document = garde(verdict=Verdict.MUET)
    with pytest.raises(IntegrityError, match="document_disponible_controle"), transaction.atomic():
        Document.objects.filter(id=document.id).update(etat=EtatDocument.DISPONIBLE)
