"""Erasing documents: rows are emptied and objects that nobody holds are marked; the bytes go after the commit."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from sne.documents.models import Document, Morceau, Objet, Partie
from sne.documents.rules import ATTACHABLES, Delais, EtatDocument


@dataclass(frozen=True, slots=True)
class Marques:
    """What an erasure marked: documents, objects that nothing holds any more, their bytes in clear, their ids."""

    documents: int = 0
    objets: int = 0
    octets: int = 0
    a_oter: tuple[uuid.UUID, ...] = ()


def verrouiller_documents(ids: Collection[uuid.UUID], *, territoire: str) -> None:
    """Hold these documents until the end of the caller's transaction, so that it alone decides which may go.

    Two erasures that share a document pass one after the other; the second sees what the first took.
    """
    vises = Document.objects.select_for_update().filter(territoire=territoire, id__in=list(ids))
    list(vises.order_by("id").values_list("id", flat=True))


@transaction.atomic
def demander_effacement(ids: Collection[uuid.UUID], *, territoire: str, survenu_le: datetime) -> Marques:
    """Empty the rows of these documents and mark the objects that no other document holds.

    Fit for the transaction of the caller's own erasure: no store is touched. What was erased already is not counted,
    and what another territory holds is not seen. ``effacer_objets`` takes the bytes away afterwards.
    """
    vises, objets = _effacer(
        Document.objects.select_for_update()
        .filter(territoire=territoire, id__in=list(ids))
        .exclude(etat=EtatDocument.EFFACE)
        .order_by("id"),
        survenu_le=survenu_le,
    )
    return Marques(len(vises), len(objets), sum(o.taille for o in objets), tuple(o.id for o in objets))


@transaction.atomic
def effacer_delaisses(*, survenu_le: datetime, delais: Delais, au_plus: int) -> int:
    """Empty up to ``au_plus`` documents that nobody attached in time, or whose reception was cut; returns how many.

    One being attached right now is locked by the process that attaches it, and is left alone.
    """
    coupees = Q(etat=EtatDocument.RECEPTION, recu_le__lt=survenu_le - delais.reception)
    oublies = Q(recu_le__lt=survenu_le - delais.attente)
    return len(
        _effacer(
            Document.objects.select_for_update(skip_locked=True)
            .filter(coupees | oublies, rattache_le=None, efface_le=None)
            .order_by("recu_le", "id")[:au_plus],
            survenu_le=survenu_le,
        )[0]
    )


@transaction.atomic
def oter_parties_sans_octets(*, survenu_le: datetime, delais: Delais, au_plus: int) -> int:
    """Take from documents the parts added later whose bytes never came; returns how many parts."""
    sans_octets = Partie.objects.filter(
        document__etat__in=ATTACHABLES, objet__pose_le=None, inscrit_le__lt=survenu_le - delais.reception
    )
    vises = list(sans_octets.order_by("id").values_list("id", flat=True)[:au_plus])
    detacher(Partie.objects.filter(id__in=vises, objet__pose_le=None), survenu_le=survenu_le)
    return len(vises)


@transaction.atomic
def retirer_sans_octets(
    document_id: uuid.UUID, objets: Collection[uuid.UUID], *, survenu_le: datetime
) -> None:
    """Take from this document those of its parts, held by these objects, whose bytes could not be put."""
    Document.objects.select_for_update().get(id=document_id)
    sans_octets = Partie.objects.filter(
        document_id=document_id, objet_id__in=list(objets), objet__pose_le=None
    )
    detacher(sans_octets, survenu_le=survenu_le)


def _effacer(documents: QuerySet[Document], *, survenu_le: datetime) -> tuple[list[uuid.UUID], list[Objet]]:
    vises = list(documents.values_list("id", flat=True))
    objets = detacher(Partie.objects.filter(document_id__in=vises), survenu_le=survenu_le)
    Document.objects.filter(id__in=vises).update(
        etat=EtatDocument.EFFACE,
        efface_le=survenu_le,
        empreinte=None,
        nom=None,
        mime="",
        taille=0,
        nombre_pages=0,
    )
    return vises, objets


def detacher(tiennent: QuerySet[Partie] | QuerySet[Morceau], *, survenu_le: datetime) -> list[Objet]:
    """Delete these rows, locked by the caller; returns the objects marked, held by nobody now."""
    couples = list(tiennent.values_list("id", "objet_id"))
    tiennent.model._default_manager.filter(id__in=[cle for cle, _ in couples]).delete()
    return marquer_libres({objet_id for _, objet_id in couples}, survenu_le=survenu_le)


def marquer_libres(ids: Collection[uuid.UUID], *, survenu_le: datetime) -> list[Objet]:
    """Mark for erasure, among these objects, those that nothing holds any more; what held them was just deleted."""
    # Locked before it is known whether somebody else holds them: a reception of the same content waits, or is seen.
    tenus = list(Objet.objects.select_for_update().filter(id__in=ids, efface_le=None).order_by("id"))
    encore = set(Partie.objects.filter(objet_id__in=ids).values_list("objet_id", flat=True))
    encore |= set(Morceau.objects.filter(objet_id__in=ids).values_list("objet_id", flat=True))
    libres = [o for o in tenus if o.id not in encore]
    Objet.objects.filter(id__in=[o.id for o in libres]).update(efface_le=survenu_le)
    return libres


@transaction.atomic
def effacer_sans_document(adresse: str, *, survenu_le: datetime) -> bool:
    """Mark the object at this address, if nothing holds it."""
    ids = list(Objet.objects.filter(adresse=adresse).values_list("id", flat=True))
    return bool(marquer_libres(ids, survenu_le=survenu_le))


def oublier_objet(objet_id: uuid.UUID) -> bool:
    """Delete the row of a marked object whose bytes are gone; with it goes the key that opened every copy of them."""
    return bool(Objet.objects.filter(id=objet_id).exclude(efface_le=None).delete()[0])
