"""Parts made after the reception: kept once, never without their bytes, gone with their document."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sne.documents.actions import Contenu, ajouter_parties
from sne.documents.balayage import balayer
from sne.documents.effacement import effacer_documents
from sne.documents.models import Document, Objet, Partie
from sne.documents.reception import ajouter
from sne.documents.rules import (
    DocumentIndisponible,
    Genre,
    Magasin,
    MagasinMuet,
    Part,
    PartieLue,
)
from sne.documents.verification import verifier
from sne.socle import horloge
from tests.documents.factories import DELAIS, MAINTENANT, OCTETS, adresses, contenu, fichiers, garde
from tests.documents.serveurs import reglages_s3

pytestmark = pytest.mark.django_db
PLUS_TARD = horloge.maintenant() + timedelta(hours=3)  # the rows bear the database's clock


def texte(dossier: Path, octets: bytes = b"ce qui est lu") -> PartieLue:
    """A text read in a document."""
    chemin = dossier / "texte"
    chemin.write_bytes(octets)
    return PartieLue(Part.TEXTE, chemin, "text/plain")


def test_part_added_opens_and_is_kept_once(dossier: Path) -> None:
    document = garde(pages=0)
    for octets in (b"ce qui est lu", b"ce qui est relu"):
        ajouter(document.id, [texte(dossier, octets)], territoire="099")
    assert contenu(document, part=Part.TEXTE) == b"ce qui est lu"
    assert len(adresses()) == len(fichiers(dossier)) == 2
    effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT)
    assert fichiers(dossier) == []


@pytest.mark.parametrize("territoire", ["099", "098"])
def test_part_of_a_document_that_is_gone_or_elsewhere_is_refused(dossier: Path, territoire: str) -> None:
    document = garde(pages=0)
    if territoire == "099":
        effacer_documents([document.id], territoire="099", survenu_le=MAINTENANT)
    with pytest.raises(DocumentIndisponible):
        ajouter(document.id, [texte(dossier)], territoire=territoire)
    assert not Partie.objects.filter(part=Part.TEXTE).exists()


def test_part_that_the_store_does_not_take_is_not_kept(dossier: Path, settings: Any) -> None:
    document = garde(pages=0)
    settings.MAGASIN_DES_DOCUMENTS = Magasin.S3
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3("http://127.0.0.1:9")}
    with pytest.raises(MagasinMuet):
        ajouter(document.id, [texte(dossier)], territoire="099")
    assert not Partie.objects.filter(part=Part.TEXTE).exists()
    assert contenu(document) == OCTETS


def test_part_cut_before_its_bytes_does_not_open_and_is_swept(dossier: Path) -> None:
    document = garde(pages=0)
    ajouter_parties(
        document.id,
        [Contenu(Part.TEXTE, 0, "text/plain", b"1" * 32, 3)],
        territoire="099",
        magasin=Magasin.DISQUE,
    )
    with pytest.raises(DocumentIndisponible, match="quelques instants"):
        contenu(document, part=Part.TEXTE)
    assert verifier(recu_avant=MAINTENANT).bon
    constat = verifier(recu_avant=PLUS_TARD)
    assert [(a.genre, a.lieu) for a in constat.anomalies] == [(Genre.DOCUMENT_INCOMPLET, str(document.id))]
    Document.objects.update(rattache_le=MAINTENANT)
    assert balayer(survenu_le=PLUS_TARD, delais=DELAIS).objets == 1
    assert verifier(recu_avant=PLUS_TARD).bon
    assert Objet.objects.count() == 1
    assert contenu(document) == OCTETS
