"""Files of a form while they come in: whole once received, and under no name on any disk."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from sne.documents.envoi import FichierSansNom
from sne.documents.travail import racine

GROS = b"0123456789" * 400_000  # above what Django keeps in memory


def test_large_file_comes_whole_and_has_no_name(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    requete = RequestFactory().post("/", {"fichiers": SimpleUploadedFile("scan.pdf", GROS)})
    assert len(GROS) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    (recu,) = requete.FILES.getlist("fichiers")
    assert (recu.name, recu.size) == ("scan.pdf", len(GROS))
    assert not hasattr(recu, "temporary_file_path")
    assert b"".join(recu.chunks()) == GROS
    assert list(racine().iterdir()) == []
    assert list(tmp_path.glob("*.upload*")) == []
    requete.close()
    assert recu.closed


def test_small_file_stays_in_memory(dossier: Path) -> None:
    requete = RequestFactory().post("/", {"fichiers": SimpleUploadedFile("carte.pdf", b"%PDF-1.7")})
    assert type(requete.FILES["fichiers"]).__name__ == "InMemoryUploadedFile"


@pytest.mark.parametrize("commence", [True, False])
def test_cut_on_the_way_nothing_stays_open(dossier: Path, commence: bool) -> None:
    envoi = FichierSansNom()
    if commence:
        envoi.new_file("fichiers", "scan.pdf", "application/pdf", None)
        envoi.receive_data_chunk(b"%PDF", 0)
    envoi.upload_interrupted()
    assert not commence or envoi.fichier.closed
