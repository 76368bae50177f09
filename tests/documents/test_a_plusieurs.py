"""The same content received, erased and moved by several at once: nobody takes away what another has just put."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sne.documents import objets
from sne.documents.actions import demander_effacement
from sne.documents.effacement import effacer_documents
from sne.documents.magasins import MagasinEnPanne
from sne.documents.migration import migrer
from sne.documents.models import Document, Objet
from sne.documents.objets import effacer_objets
from sne.documents.rules import DocumentRecu, Magasin, MagasinMuet
from sne.documents.verification import verifier
from tests.documents.factories import MAINTENANT, OCTETS, contenu, fichiers, garde
from tests.documents.serveurs import ServeurS3

pytestmark = pytest.mark.django_db(transaction=True)
A_LA_FOIS = 4


def ensemble(*actes: Callable[[], Any]) -> list[Any]:
    """Run these at the same time, each with its own connection; their results, or what they raised."""
    depart = threading.Barrier(len(actes))

    def agir(acte: Callable[[], Any]) -> Any:
        depart.wait()
        try:
            return acte()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actes)) as fils:
        return list(fils.map(agir, actes))


def test_same_content_received_by_several_is_one_object(dossier: Path) -> None:
    recus: list[DocumentRecu] = ensemble(*[garde] * A_LA_FOIS)
    assert Document.objects.count() == A_LA_FOIS
    assert Objet.objects.count() == len(fichiers(dossier)) == 2
    assert {contenu(recu) for recu in recus} == {OCTETS}


def test_received_while_the_only_other_copy_is_erased(dossier: Path) -> None:
    for _ in range(5):
        ancien = garde(pages=0)

        def effacer(ancien: DocumentRecu = ancien) -> None:
            effacer_documents([ancien.id], territoire="099", survenu_le=MAINTENANT)

        nouveau, _, _ = ensemble(lambda: garde(pages=0), effacer, effacer_objets)
        effacer_objets()
        assert contenu(nouveau) == OCTETS
        assert verifier(recu_avant=MAINTENANT).bon
        effacer_documents([nouveau.id], territoire="099", survenu_le=MAINTENANT)
    assert fichiers(dossier) == []


def test_received_and_read_while_everything_moves(s3: ServeurS3, dossier: Path) -> None:
    documents = [garde(b"document %d" % rang, pages=0) for rang in range(6)]
    sens = {True: Magasin.S3, False: Magasin.DISQUE}

    def promener() -> None:
        for tour in range(4):
            migrer(vers=sens[tour % 2 == 0])

    def lire() -> list[bytes]:
        return [contenu(documents[rang % 6]) for rang in range(60)]

    _, lus, recu = ensemble(promener, lire, lambda: garde(b"pendant", pages=0))
    assert lus == [b"document %d" % (rang % 6) for rang in range(60)]
    assert contenu(recu) == b"pendant"
    migrer(vers=Magasin.S3)
    assert (fichiers(dossier), verifier(recu_avant=MAINTENANT).anomalies) == ([], ())


def test_erased_while_its_bytes_are_put_leaves_nothing(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = objets.magasin

    def effacer_avant_de_poser(nom: str) -> Any:
        document = Document.objects.get()
        demander_effacement([document.id], territoire="099", survenu_le=MAINTENANT)
        assert ensemble(effacer_objets) == [0]  # somebody else's: the object is being put
        return vrai(nom)

    monkeypatch.setattr(objets, "magasin", effacer_avant_de_poser)
    with pytest.raises(MagasinMuet):
        garde(pages=0)
    monkeypatch.undo()
    assert len(fichiers(dossier)) == 1
    assert effacer_objets() == 1
    assert (fichiers(dossier), Objet.objects.count()) == ([], 0)


def test_erased_before_its_bytes_are_put_leaves_nothing(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = objets._ecrire

    def effacer_pendant(*arguments: Any) -> None:
        vrai(*arguments)
        effacer_documents([Document.objects.get().id], territoire="099", survenu_le=MAINTENANT)

    monkeypatch.setattr(objets, "_ecrire", effacer_pendant)
    with pytest.raises(MagasinMuet):
        garde(pages=0)
    assert (fichiers(dossier), Objet.objects.count()) == ([], 0)


def test_erasure_goes_on_past_a_store_that_does_not_answer(settings: Any, dossier: Path) -> None:
    document = garde(pages=0)
    complets = settings.STORAGES
    settings.STORAGES = {nom: s for nom, s in complets.items() if nom != "documents_disque"}
    with pytest.raises(MagasinEnPanne):
        effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT)
    assert len(fichiers(dossier)) == 1
    settings.STORAGES = complets
    assert effacer_objets() == 1
    assert fichiers(dossier) == []
