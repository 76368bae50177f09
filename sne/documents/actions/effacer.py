"""Erasing documents: rows are emptied and objects that nobody holds are marked; the bytes go after the commit."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.documents.models import Document, Objet, Partie
from sne.documents.rules import EtatDocument, Part


@dataclass(frozen=True, slots=True)
class Marques:
    """What an erasure marked: documents, objects that nothing holds any more, their bytes in clear."""

    documents: int = 0
    objets: int = 0
    octets: int = 0


@transaction.atomic
def demander_effacement(ids: Collection[uuid.UUID], *, territoire: str, survenu_le: datetime) -> Marques:
    """Empty the rows of these documents and mark the objects that no other document holds.

    Fit for the transaction of the caller's own erasure: no store is touched. What was erased already is not counted,
    and what another territory holds is not seen. ``effacer_objets`` takes the bytes away afterwards.
    """
    vises = list(
        Document.objects.select_for_update()
        .filter(territoire=territoire, id__in=list(ids))
        .exclude(etat=EtatDocument.EFFACE)
        .order_by("id")
        .values_list("id", flat=True)
    )
    objets = detacher_parties(vises, parts=list(Part), survenu_le=survenu_le)
    Document.objects.filter(id__in=vises).update(
        etat=EtatDocument.EFFACE,
        efface_le=survenu_le,
        empreinte=None,
        nom=None,
        mime="",
        taille=0,
        nombre_pages=0,
    )
    return Marques(len(vises), len(objets), sum(o.taille for o in objets))


def detacher_parties(
    documents: Collection[uuid.UUID], *, parts: Sequence[Part], survenu_le: datetime
) -> list[Objet]:
    """Take these parts from their documents, locked by the caller; returns the objects marked, held by nobody now."""
    parties = Partie.objects.filter(document_id__in=documents, part__in=parts)
    vises = list(parties.values_list("objet_id", flat=True))
    # Locked before it is known whether somebody else holds them: a reception of the same content waits, or is seen.
    tenus = list(Objet.objects.select_for_update().filter(id__in=vises, efface_le=None).order_by("id"))
    parties.delete()
    encore = set(Partie.objects.filter(objet_id__in=vises).values_list("objet_id", flat=True))
    libres = [o for o in tenus if o.id not in encore]
    Objet.objects.filter(id__in=[o.id for o in libres]).update(efface_le=survenu_le)
    return libres


def oublier_objet(objet_id: uuid.UUID) -> bool:
    """Delete the row of a marked object whose bytes are gone; with it goes the key that opened every copy of them."""
    return bool(Objet.objects.filter(id=objet_id).exclude(efface_le=None).delete()[0])
