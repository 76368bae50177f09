"""Files are taken in whole, encrypted, once per territory, or not at all."""

import uuid
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from sne.documents.actions import rattacher_document
from sne.documents.effacement import effacer_documents
from sne.documents.models import Document, Objet, Partie
from sne.documents.ouverture import ouvrir
from sne.documents.rules import DocumentRefuse, EtatDocument, Part
from sne.documents.selectors import get_documents
from sne.socle.erreurs import Efface, Introuvable
from tests.documents.factories import MAINTENANT, PDF, adresses, contenu, fichiers, recu

pytestmark = pytest.mark.django_db


def test_document_received_opens_as_it_was(dossier: Path) -> None:
    document = recu()
    assert (document.etat, document.taille, document.mime) == (
        EtatDocument.DISPONIBLE,
        len(PDF),
        "application/pdf",
    )
    assert contenu(document) == PDF
    assert fichiers(dossier) == adresses()
    assert list((dossier / "travail").iterdir()) == []


def test_nothing_in_the_store_says_what_it_holds(dossier: Path) -> None:
    document = recu()
    (adresse,) = fichiers(dossier)
    octets = (dossier / "magasin" / adresse).read_bytes()
    assert b"une page" not in octets
    assert document.empreinte not in adresse
    assert bytes(Document.objects.get().nom or b"") != b"avis.pdf"
    assert get_documents([document.id], territoire="099")[document.id].nom == "avis.pdf"


def test_same_content_twice_is_one_object_in_its_territory_only(dossier: Path) -> None:
    premier, second, ailleurs = recu(), recu(), recu(territoire="098")
    assert Objet.objects.count() == len(fichiers(dossier)) == 2
    assert len({bytes(o.empreinte) for o in Objet.objects.all()}) == 2
    assert contenu(premier) == contenu(second) == contenu(ailleurs, territoire="098")


def test_document_of_another_territory_is_not_there() -> None:
    document = recu()
    with pytest.raises(Introuvable):
        ouvrir(document.id, territoire="098", part=Part.ORIGINAL, filigrane=None)
    with pytest.raises(Introuvable):
        rattacher_document(document.id, territoire="098", survenu_le=MAINTENANT)
    assert get_documents([document.id], territoire="098") == {}


@pytest.mark.parametrize(
    ("octets", "code"), [(b"", "VIDE"), (b"%PDF-" + b"0" * 5_000_000, "TROP_LOURD"), (b"MZ\x90", "FORMAT")]
)
def test_file_refused_leaves_nothing(dossier: Path, octets: bytes, code: str) -> None:
    with pytest.raises(DocumentRefuse) as refus:
        recu(octets)
    assert refus.value.code == code
    assert (Document.objects.count(), Objet.objects.count(), fichiers(dossier)) == (0, 0, [])
    assert list((dossier / "travail").iterdir()) == []


def test_erased_document_leaves_an_empty_row_and_no_byte(dossier: Path) -> None:
    document, jumeau = recu(), recu()
    assert effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT).objets == 0
    assert contenu(jumeau) == PDF
    with pytest.raises(Efface):
        contenu(document)
    marques = effacer_documents([jumeau.id, document.id], territoire="099", survenu_le=MAINTENANT)
    assert (marques.documents, marques.objets, marques.octets) == (1, 1, len(PDF))
    connection.check_constraints()
    assert (Partie.objects.count(), Objet.objects.count(), fichiers(dossier)) == (0, 0, [])
    ligne = Document.objects.get(id=jumeau.id)
    assert (ligne.empreinte, ligne.nom, ligne.mime, ligne.taille) == (None, None, "", 0)
    assert contenu(recu()) == PDF


def test_another_territory_erases_nothing() -> None:
    document = recu()
    assert effacer_documents([document.id], territoire="098", survenu_le=MAINTENANT).documents == 0
    assert contenu(document) == PDF


def test_document_is_attached_once_and_stays_so() -> None:
    document = recu()
    assert rattacher_document(document.id, territoire="099", survenu_le=MAINTENANT) is EtatDocument.DISPONIBLE
    assert rattacher_document(document.id, territoire="099", survenu_le=MAINTENANT) is EtatDocument.DISPONIBLE
    with pytest.raises(Introuvable):
        rattacher_document(uuid.uuid4(), territoire="099", survenu_le=MAINTENANT)


def test_document_is_not_available_before_its_bytes() -> None:
    document = recu()
    Objet.objects.update(pose_le=None)
    with pytest.raises(IntegrityError, match="ce passage n’existe pas"), transaction.atomic():
        Document.objects.filter(id=document.id).update(etat=EtatDocument.RECEPTION)
