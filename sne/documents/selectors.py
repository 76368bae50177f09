"""Reads of the documents: what the caller shows of them, where a part is kept, what waits."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.documents.chiffrement import dechiffrer_nom
from sne.documents.models import Document, Objet, Partie
from sne.documents.rules import EtatDocument, Part


@dataclass(frozen=True, slots=True)
class DocumentLu:
    """A document as its caller shows it; ``parties``: which parts and pages may be opened."""

    id: uuid.UUID
    etat: EtatDocument
    nom: str
    mime: str
    taille: int
    nombre_pages: int
    empreinte: str
    recu_le: datetime
    antivirus_le: datetime | None
    parties: tuple[tuple[Part, int], ...]


def get_documents(ids: Collection[uuid.UUID], *, territoire: str) -> Mapping[uuid.UUID, DocumentLu]:
    """These documents of the territory, by id, in two queries; one that is not there is not in the answer."""
    lignes = Document.objects.filter(territoire=territoire, id__in=list(ids)).prefetch_related("parties")
    return {ligne.id: _lu(ligne) for ligne in lignes}


def _lu(ligne: Document) -> DocumentLu:
    return DocumentLu(
        id=ligne.id,
        etat=EtatDocument(ligne.etat),
        nom=dechiffrer_nom(bytes(ligne.nom), document_id=ligne.id) if ligne.nom else "",
        mime=ligne.mime,
        taille=ligne.taille,
        nombre_pages=ligne.nombre_pages,
        empreinte=bytes(ligne.empreinte).hex() if ligne.empreinte else "",
        recu_le=ligne.recu_le,
        antivirus_le=ligne.antivirus_le,
        parties=tuple(sorted((Part(p.part), p.rang) for p in ligne.parties.all() if p.part != Part.RECU)),
    )


def get_etat(document_id: uuid.UUID, *, territoire: str) -> EtatDocument | None:
    """The state of a document of the territory, if there is one."""
    etat = (
        Document.objects.filter(territoire=territoire, id=document_id).values_list("etat", flat=True).first()
    )
    return EtatDocument(etat) if etat else None


def get_partie(document_id: uuid.UUID, *, part: Part, rang: int) -> tuple[Objet, str] | None:
    """The object of one part of a document, and its type."""
    partie = (
        Partie.objects.select_related("objet").filter(document_id=document_id, part=part, rang=rang).first()
    )
    return (partie.objet, partie.mime) if partie else None


def list_a_effacer(*, au_plus: int, apres: uuid.UUID | None = None) -> list[Objet]:
    """Objects whose bytes have to go."""
    marques = Objet.objects.exclude(efface_le=None).order_by("id")
    return list((marques.filter(id__gt=apres) if apres else marques)[:au_plus])
