"""Taking a document in: its rows first, then its bytes put by the caller, then its state."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.documents.chiffrement import chiffrer_nom, emballer, nouvelle_cle
from sne.documents.models import Document, Objet, Partie
from sne.documents.rules import DocumentIndisponible, EtatDocument, Magasin, Part
from sne.socle.identifiants import uuid7

ESSAIS = 5  # each one lost means that the same content was erased in between


@dataclass(frozen=True, slots=True)
class Entete:
    """What is known of a received file before it is stored; ``empreinte``: SHA-256 of what was received."""

    empreinte: bytes
    nom: str
    mime: str
    taille: int
    nombre_pages: int


@dataclass(frozen=True, slots=True)
class Contenu:
    """One content to keep as a part; ``empreinte`` keyed by territory, ``taille`` in bytes, ``rang`` a page or 0."""

    part: Part
    rang: int
    mime: str
    empreinte: bytes
    taille: int


@transaction.atomic(durable=True)  # the rows are committed before any byte is put
def inscrire_reception(
    entete: Entete,
    contenus: Sequence[Contenu],
    *,
    territoire: str,
    magasin: Magasin,
    survenu_le: datetime,
) -> tuple[uuid.UUID, dict[bytes, Objet]]:
    """Commit the rows of a document about to be stored; returns its id, and the object of each content."""
    document_id = uuid7()
    document = Document(
        id=document_id,
        territoire=territoire,
        etat=EtatDocument.RECEPTION,
        empreinte=entete.empreinte,
        nom=chiffrer_nom(entete.nom, document_id=document_id),
        mime=entete.mime,
        taille=entete.taille,
        nombre_pages=entete.nombre_pages,
        recu_le=survenu_le,
    )
    document.save(force_insert=True)
    return document_id, _inscrire_parties(document_id, contenus, territoire=territoire, magasin=magasin)


@transaction.atomic
def ajouter_parties(
    document_id: uuid.UUID, contenus: Sequence[Contenu], *, territoire: str, magasin: Magasin
) -> dict[bytes, Objet]:
    """Commit the rows of parts made later (a text read, for instance); those that the document has are kept.

    Raises :class:`DocumentIndisponible` when the document may not hold parts any more.
    """
    document = Document.objects.select_for_update().filter(territoire=territoire, id=document_id).first()
    if document is None or document.etat not in {EtatDocument.DISPONIBLE, EtatDocument.QUARANTAINE}:
        raise DocumentIndisponible("Ce document n’est plus là, ou n’est pas encore là.")
    deja = set(document.parties.values_list("part", "rang"))
    nouveaux = [c for c in contenus if (c.part, c.rang) not in deja]
    return _inscrire_parties(document_id, nouveaux, territoire=territoire, magasin=magasin)


def _inscrire_parties(
    document_id: uuid.UUID, contenus: Sequence[Contenu], *, territoire: str, magasin: Magasin
) -> dict[bytes, Objet]:
    objets = lock_objets({c.empreinte: c.taille for c in contenus}, territoire=territoire, magasin=magasin)
    Partie.objects.bulk_create(
        Partie(
            territoire=territoire,
            document_id=document_id,
            objet=objets[c.empreinte],
            part=c.part,
            rang=c.rang,
            mime=c.mime,
        )
        for c in contenus
    )
    return objets


def lock_objets(tailles: dict[bytes, int], *, territoire: str, magasin: Magasin) -> dict[bytes, Objet]:
    """The object of each content, made when the territory has none, locked so that nobody starts to erase it."""
    voulus = sorted(tailles)
    for _ in range(ESSAIS):
        trouves = {
            bytes(o.empreinte): o
            for o in Objet.objects.select_for_update()
            .filter(territoire=territoire, empreinte__in=voulus, efface_le=None)
            .order_by("id")
        }
        manquants = [e for e in voulus if e not in trouves]
        if not manquants:
            return trouves
        Objet.objects.bulk_create(
            (_nouvel_objet(e, tailles[e], territoire=territoire, magasin=magasin) for e in manquants),
            ignore_conflicts=True,
        )
    raise DocumentIndisponible(
        "Ce document est en cours d’effacement\u00a0: renvoyez-le dans quelques instants."
    )


def _nouvel_objet(empreinte: bytes, taille: int, *, territoire: str, magasin: Magasin) -> Objet:
    objet_id, signes = uuid7(), empreinte.hex()
    cle = emballer(nouvelle_cle(), territoire=territoire, objet_id=objet_id)
    return Objet(
        id=objet_id,
        territoire=territoire,
        empreinte=empreinte,
        # The object's own id keeps an erasure apart from a reception of the same content just after it.
        adresse=f"{territoire}/{signes[:2]}/{signes[2:4]}/{signes[4:]}-{objet_id.hex[-8:]}",
        magasin=magasin,
        taille=taille,
        cle=cle.octets,
        cle_version=cle.version,
    )


def noter_poses(ids: Collection[uuid.UUID], *, survenu_le: datetime) -> int:
    """Note that the bytes of these objects are in their store, whole; how many still have a row."""
    return Objet.objects.filter(id__in=ids, efface_le=None).update(pose_le=survenu_le)


def conclure_reception(document_id: uuid.UUID, *, antivirus_le: datetime | None) -> EtatDocument | None:
    """The bytes are there: available if the antivirus was asked, else quarantine; ``None``: swept meanwhile."""
    etat = EtatDocument.DISPONIBLE if antivirus_le else EtatDocument.QUARANTAINE
    faits = Document.objects.filter(id=document_id, etat=EtatDocument.RECEPTION).update(
        etat=etat, antivirus_le=antivirus_le
    )
    return etat if faits else None
