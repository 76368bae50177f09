"""Reading aids of a stored document, made after its reception and kept beside it: texts of pages, signed tax notices;
its lines, for who makes a page of it.

They go with the document. Aids only: nobody is refused by them.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sne.documents.ouverture import ouvrir
from sne.documents.reception import PDF, ajouter
from sne.documents.rules import Bornes, EtatDocument, Part, PartieLue
from sne.documents.rules.aides import AvisLu, LigneLue, Origine, Signature
from sne.documents.selectors import get_documents
from sne.documents.travail import dossier_de_travail


@dataclass(frozen=True, slots=True)
class Aides:
    """What was read: tax notices by their signed code, where the text comes from, whether every page gave some."""

    avis: tuple[AvisLu, ...]
    origine: Origine
    complet: bool


def lire_aides(document_id: uuid.UUID, *, territoire: str, pages_max: int, bornes: Bornes) -> bool:
    """Read the first pages of a document and keep what was read; ``False`` when it cannot be read, or was. Idempotent.

    Raises ``Interdit`` (it cannot be opened now, or the store is silent).
    """
    from sne.documents.lecture.aides import (  # noqa: PLC0415 - 10 MB that only the worker needs
        lire_avis,
        lire_texte,
    )

    lu = get_documents([document_id], territoire=territoire).get(document_id)
    if lu is None or lu.etat is not EtatDocument.DISPONIBLE or (Part.AIDES, 0) in lu.parties:
        return False
    with dossier_de_travail() as dossier:
        ouvert = ouvrir(document_id, territoire=territoire, part=Part.ORIGINAL, filigrane=None)
        source = _copier(ouvert.octets, dossier)
        texte = lire_texte(source, mime=ouvert.mime, dossier=dossier, pages_max=pages_max, bornes=bornes)
        avis = lire_avis(source, mime=ouvert.mime, dossier=dossier, pages_max=pages_max, bornes=bornes)
        parties = []
        for rang, page in enumerate(texte.pages, start=1):
            if page.strip():
                fichier = dossier / f"page-{rang}"
                fichier.write_text(page, encoding="utf-8")
                parties.append(PartieLue(Part.TEXTE, fichier, "text/plain", rang))
        dites = dossier / "aides"
        dites.write_text(
            json.dumps(_ecrire(Aides(tuple(avis), texte.origine, texte.complet))), encoding="utf-8"
        )
        ajouter(
            document_id, [*parties, PartieLue(Part.AIDES, dites, "application/json")], territoire=territoire
        )
    return True


def lire_lignes_de(
    document_id: uuid.UUID, *, territoire: str, pages_max: int, bornes: Bornes
) -> tuple[LigneLue, ...]:
    """Lines of the first pages of a PDF, which the caller may read; none of a picture. Nothing is kept of it.

    Raises ``Introuvable``, ``Interdit`` (it cannot be opened or read now).
    """
    from sne.documents.lecture.aides import lire_lignes  # noqa: PLC0415 - 10 MB that few requests need

    ouvert = ouvrir(document_id, territoire=territoire, part=Part.ORIGINAL, filigrane=None)
    if ouvert.mime != PDF:
        return ()
    with dossier_de_travail() as dossier:
        source = _copier(ouvert.octets, dossier)
        return lire_lignes(source, dossier=dossier, pages_max=pages_max, bornes=bornes)


def _copier(octets: Iterable[bytes], dossier: Path) -> Path:
    source = dossier / "source"
    with source.open("wb") as copie:
        copie.writelines(octets)
    return source


def get_aides(document_id: uuid.UUID, *, territoire: str) -> Aides:
    """What was read of a document, which the caller may read and has told. Raises ``Introuvable`` when nothing was."""
    ouvert = ouvrir(document_id, territoire=territoire, part=Part.AIDES, filigrane=None)
    dites = json.loads(b"".join(ouvert.octets))
    return Aides(tuple(_lire(a) for a in dites["avis"]), Origine(dites["origine"]), bool(dites["complet"]))


def _ecrire(aides: Aides) -> dict[str, Any]:
    return {"avis": [asdict(a) for a in aides.avis], "origine": aides.origine, "complet": aides.complet}


def _lire(avis: dict[str, Any]) -> AvisLu:
    autres = {"declarants": tuple(avis["declarants"]), "signature": Signature(avis["signature"])}
    return AvisLu(**(avis | autres))
