"""Documents of the tests: fictional files, one call each."""

import io
from datetime import datetime
from pathlib import Path

from sne.documents.models import Objet
from sne.documents.ouverture import ouvrir
from sne.documents.reception import recevoir
from sne.documents.rules import DocumentRecu, Limites, Part
from sne.socle.horloge import PARIS

MAINTENANT = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
LIMITES = Limites(octets=5_000_000, pages=20)
PDF = b"%PDF-1.7\n" + b"une page " * 20_000


def recu(octets: bytes = PDF, *, territoire: str = "099", nom: str = "avis.pdf") -> DocumentRecu:
    """A file received."""
    return recevoir(
        io.BytesIO(octets), nom=nom, territoire=territoire, survenu_le=MAINTENANT, limites=LIMITES
    )


def contenu(document: DocumentRecu, *, territoire: str = "099", part: Part = Part.ORIGINAL) -> bytes:
    """The bytes of a part, as the service itself reads them."""
    return b"".join(ouvrir(document.id, territoire=territoire, part=part, filigrane=None).octets)


def fichiers(dossier: Path) -> list[str]:
    """Addresses of the files in the store."""
    magasin = dossier / "magasin"
    return sorted(f.relative_to(magasin).as_posix() for f in magasin.rglob("*") if f.is_file())


def adresses() -> list[str]:
    """Addresses that the rows say."""
    return sorted(Objet.objects.values_list("adresse", flat=True))
