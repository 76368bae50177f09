"""Documents of the tests: fictional files, one call each; those kept without being read are any bytes."""

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
from django.conf import settings

from sne.documents.models import Objet
from sne.documents.ouverture import ouvrir
from sne.documents.reception import Recu, garder, recevoir
from sne.documents.rules import Delais, DocumentRecu, Lecture, Limites, Part, PartieLue, Verdict
from sne.documents.travail import dossier_de_travail
from sne.socle.horloge import PARIS
from tests.documents.limites import BORNES

MAINTENANT = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
LIMITES = Limites(octets=5_000_000, pages=20, lecture=BORNES)
DELAIS = Delais(reception=timedelta(hours=2), attente=timedelta(hours=24))
DEUX_CLES = {**settings.CLES_DOCUMENTS, 2: b"\x44" * 32}  # that of the tests, and a newer one
OCTETS = b"une page " * 20_000


def pdf(pages: int = 1) -> bytes:
    """A true PDF of empty pages."""
    document, sortie = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(sortie)
    document.close()
    return sortie.getvalue()


def recu(octets: bytes, *, territoire: str = "099", nom: str = "avis.pdf") -> DocumentRecu:
    """A file received, from end to end."""
    return recevoir(
        io.BytesIO(octets), nom=nom, territoire=territoire, survenu_le=MAINTENANT, limites=LIMITES
    )


def garde(
    octets: bytes = OCTETS,
    *,
    territoire: str = "099",
    verdict: Verdict = Verdict.SAIN,
    survenu_le: datetime = MAINTENANT,
    pages: int = 1,
) -> DocumentRecu:
    """Any bytes kept as a document, with an image of each page, as after their reading."""
    with dossier_de_travail() as dossier:
        fichier = dossier / "recu"
        fichier.write_bytes(octets)
        parties = [PartieLue(Part.ORIGINAL, fichier, "application/pdf")]
        for rang in range(1, pages + 1):
            image = dossier / f"page-{rang}"
            image.write_bytes(b"page %d de " % rang + octets[:1000])
            parties.append(PartieLue(Part.PAGE, image, "image/jpeg", rang))
        return garder(
            Lecture("application/pdf", pages, tuple(parties)),
            Recu(fichier, "avis.pdf", hashlib.sha256(octets).digest(), len(octets)),
            verdict,
            dossier=dossier,
            territoire=territoire,
            survenu_le=survenu_le,
        )


def contenu(
    document: DocumentRecu, *, territoire: str = "099", part: Part = Part.ORIGINAL, rang: int = 0
) -> bytes:
    """The bytes of a part, as the service itself reads them."""
    return b"".join(ouvrir(document.id, territoire=territoire, part=part, rang=rang, filigrane=None).octets)


def fichiers(dossier: Path) -> list[str]:
    """Addresses of the files in the store on disk."""
    magasin = dossier / "magasin"
    return sorted(f.relative_to(magasin).as_posix() for f in magasin.rglob("*") if f.is_file())


def adresses() -> list[str]:
    """Addresses that the rows say."""
    return sorted(Objet.objects.values_list("adresse", flat=True))
