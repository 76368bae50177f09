"""Files are taken in whole, encrypted, once per territory, or not at all."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sne.documents import antivirus, reception
from sne.documents.actions import demander_effacement, rattacher_document, recevoir
from sne.documents.effacement import effacer_documents
from sne.documents.models import Document, Objet, Partie
from sne.documents.objets import effacer_objets
from sne.documents.ouverture import ouvrir
from sne.documents.rules import (
    DocumentIndisponible,
    DocumentMalveillant,
    DocumentRefuse,
    EtatDocument,
    MagasinMuet,
    Part,
    Verdict,
)
from sne.documents.selectors import get_documents
from sne.socle.erreurs import Efface, Introuvable
from tests.documents.factories import MAINTENANT, OCTETS, adresses, contenu, fichiers, garde, pdf, recu

pytestmark = pytest.mark.django_db


def test_file_received_is_read_kept_and_opens(dossier: Path) -> None:
    octets = pdf()
    document = recu(octets)
    assert (document.etat, document.taille, document.mime, document.nombre_pages) == (
        EtatDocument.DISPONIBLE,
        len(octets),
        "application/pdf",
        1,
    )
    assert contenu(document).startswith(b"%PDF-")
    assert fichiers(dossier) == adresses()
    assert list((dossier / "travail").iterdir()) == []


def test_document_kept_opens_as_it_was(dossier: Path) -> None:
    document = garde(pages=3)
    assert contenu(document) == OCTETS
    assert contenu(document, part=Part.PAGE, rang=2).startswith(b"page 2")
    with pytest.raises(Introuvable, match="cette page"):
        contenu(document, part=Part.PAGE, rang=4)
    (lu,) = get_documents([document.id], territoire="099").values()
    assert lu.parties == ((Part.ORIGINAL, 0), (Part.PAGE, 1), (Part.PAGE, 2), (Part.PAGE, 3))


def test_nothing_in_the_store_says_what_it_holds(dossier: Path) -> None:
    document = garde(pages=0)
    (adresse,) = fichiers(dossier)
    octets = (dossier / "magasin" / adresse).read_bytes()
    assert b"une page" not in octets
    assert document.empreinte not in adresse
    assert bytes(Document.objects.get().nom or b"") != b"avis.pdf"
    assert get_documents([document.id], territoire="099")[document.id].nom == "avis.pdf"


def test_same_content_twice_is_one_object_in_its_territory_only(dossier: Path) -> None:
    premier, second, ailleurs = garde(pages=0), garde(pages=0), garde(territoire="098", pages=0)
    assert Objet.objects.count() == len(fichiers(dossier)) == 2
    assert len({bytes(o.empreinte) for o in Objet.objects.all()}) == 2
    assert contenu(premier) == contenu(second) == contenu(ailleurs, territoire="098")


def test_document_of_another_territory_is_not_there() -> None:
    document = garde()
    with pytest.raises(Introuvable):
        ouvrir(document.id, territoire="098", part=Part.ORIGINAL, filigrane=None)
    with pytest.raises(Introuvable):
        rattacher_document(document.id, territoire="098", survenu_le=MAINTENANT)
    assert get_documents([document.id], territoire="098") == {}


@pytest.mark.parametrize(("octets", "code"), [(b"", "VIDE"), (b"%PDF-" + b"0" * 5_000_000, "TROP_LOURD")])
def test_file_refused_leaves_nothing(dossier: Path, octets: bytes, code: str) -> None:
    with pytest.raises(DocumentRefuse) as refus:
        recu(octets)
    assert refus.value.code == code
    rien(dossier)


def test_file_of_no_known_format_leaves_nothing(dossier: Path) -> None:
    with pytest.raises(DocumentRefuse):
        recu(b"MZ\x90\x00")
    rien(dossier)


def test_infected_file_leaves_nothing(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "examiner", lambda _: Verdict.INFECTE)
    with pytest.raises(DocumentMalveillant, match="autre copie"):
        recu(pdf())
    rien(dossier)


def rien(dossier: Path) -> None:
    """No row, no file."""
    assert (Document.objects.count(), Objet.objects.count(), fichiers(dossier)) == (0, 0, [])
    assert list((dossier / "travail").iterdir()) == []


def test_erased_document_leaves_an_empty_row_and_no_byte(dossier: Path) -> None:
    document, jumeau = garde(), garde()
    assert effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT).objets == 0
    assert contenu(jumeau) == OCTETS
    with pytest.raises(Efface):
        contenu(document)
    marques = effacer_documents([jumeau.id, document.id], territoire="099", survenu_le=MAINTENANT)
    assert (marques.documents, marques.objets) == (1, 2)
    assert marques.octets > len(OCTETS)
    connection.check_constraints()
    assert (Partie.objects.count(), Objet.objects.count(), fichiers(dossier)) == (0, 0, [])
    ligne = Document.objects.get(id=jumeau.id)
    assert (ligne.empreinte, ligne.nom, ligne.mime, ligne.taille) == (None, None, "", 0)
    assert contenu(garde()) == OCTETS


def test_erasing_one_does_not_take_up_what_other_erasures_left(dossier: Path) -> None:
    ailleurs = garde(b"ailleurs", territoire="098", pages=0)
    demander_effacement([ailleurs.id], territoire="098", survenu_le=MAINTENANT)
    sien = garde(pages=0)
    effacer_documents([sien.id], territoire="099", survenu_le=MAINTENANT)
    assert Objet.objects.get().territoire == "098"
    assert len(fichiers(dossier)) == 1
    assert effacer_objets() == 1
    assert fichiers(dossier) == []


def test_another_territory_erases_nothing() -> None:
    document = garde()
    assert effacer_documents([document.id], territoire="098", survenu_le=MAINTENANT).documents == 0
    assert contenu(document) == OCTETS


def test_document_is_attached_once_and_stays_so() -> None:
    document = garde()
    for _ in range(2):
        etat = rattacher_document(document.id, territoire="099", survenu_le=MAINTENANT)
        assert etat is EtatDocument.DISPONIBLE
    with pytest.raises(Introuvable):
        rattacher_document(uuid.uuid4(), territoire="099", survenu_le=MAINTENANT)


def test_erased_document_is_not_attached() -> None:
    document = garde()
    effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT)
    with pytest.raises(DocumentIndisponible, match="de nouveau"):
        rattacher_document(document.id, territoire="099", survenu_le=MAINTENANT)


def test_document_swept_while_it_is_received_is_not_said_available(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumeau = garde(pages=0)
    conclure = reception.conclure_reception

    def balayer_avant(document_id: uuid.UUID, **autres: Any) -> EtatDocument | None:
        effacer_documents([document_id], territoire="099", survenu_le=MAINTENANT)
        return conclure(document_id, **autres)

    monkeypatch.setattr(reception, "conclure_reception", balayer_avant)
    with pytest.raises(MagasinMuet):
        garde(pages=0)
    assert contenu(jumeau) == OCTETS
    assert len(fichiers(dossier)) == 1


def test_content_that_keeps_being_erased_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recevoir, "ESSAIS", 0)
    with pytest.raises(DocumentIndisponible, match="en cours d’effacement"):
        garde()


def test_rows_name_themselves_without_naming_anybody() -> None:
    document = garde(pages=0)
    noms = [str(modele.objects.get()) for modele in (Document, Objet, Partie)]
    assert str(document.id) in noms[0]
    assert "avis" not in "".join(noms)
