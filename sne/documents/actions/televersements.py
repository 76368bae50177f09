"""Writes of files sent in several goes: one begun, bytes that follow, what became of it, forgotten. No store here.

Bytes have a row before they have a place in the store, and count only once they are there: a process that is killed in
between leaves a row that the sweep finds, never bytes that nothing names. Two goes at the same place may both be
written; the lock lets one count.
"""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from sne.documents.actions.effacer import demander_effacement, detacher
from sne.documents.actions.recevoir import lock_objets
from sne.documents.chiffrement import chiffrer_nom
from sne.documents.models import Document, Morceau, Objet, Televersement
from sne.documents.rules import (
    Accueil,
    DocumentTropLourd,
    DocumentVide,
    Magasin,
    PositionInattendue,
    TropDeTeleversements,
    exiger_suite,
)
from sne.socle.erreurs import Introuvable
from sne.socle.identifiants import uuid7
from sne.socle.lignes import trouver

INSTANT = timedelta(microseconds=1)
ABSENT = "Cet envoi n’existe pas, ou a attendu trop longtemps. Choisissez de nouveau le fichier."


@transaction.atomic
def ouvrir_televersement(accueil: Accueil, *, nom: str, taille: int, survenu_le: datetime) -> uuid.UUID:
    """Begin to receive a file of ``taille`` bytes; its id.

    Raises :class:`DocumentVide`, :class:`DocumentTropLourd`, :class:`TropDeTeleversements`.
    """
    if not taille:
        raise DocumentVide
    if taille > accueil.octets:
        raise DocumentTropLourd(accueil.octets)
    ouverts = Televersement.objects.filter(
        territoire=accueil.territoire,
        proprietaire=accueil.proprietaire,
        expire_le__gte=survenu_le,
        refus="",
    )
    if ouverts.count() >= accueil.au_plus:  # approximate when many are begun at once: a bound, not a right
        raise TropDeTeleversements(accueil.au_plus)
    televersement_id = uuid7()
    Televersement.objects.create(
        id=televersement_id,
        territoire=accueil.territoire,
        proprietaire=accueil.proprietaire,
        objet=accueil.objet,
        nom=chiffrer_nom(nom, document_id=televersement_id),
        taille=taille,
        duree=accueil.duree,
        expire_le=survenu_le + accueil.duree,
    )
    return televersement_id


@transaction.atomic(durable=True)  # the rows are committed before any byte is put
def inscrire_morceau(
    televersement_id: uuid.UUID,
    *,
    proprietaire: str,
    debut: int,
    empreinte: bytes,
    taille: int,
    magasin: Magasin,
    survenu_le: datetime,
) -> tuple[uuid.UUID, Objet]:
    """Commit the row of bytes about to be stored; its id, and the object to put.

    Raises ``Introuvable``, :class:`PositionInattendue`, :class:`DocumentTropLourd` (more bytes than announced).
    """
    televersement = _lock(televersement_id, proprietaire=proprietaire, survenu_le=survenu_le)
    exiger_suite(debut=debut, recu=televersement.recu)
    if debut + taille > televersement.taille:
        raise DocumentTropLourd(televersement.taille)
    territoire = televersement.territoire
    objet = lock_objets({empreinte: taille}, territoire=territoire, magasin=magasin)[empreinte]
    morceau = Morceau.objects.create(
        territoire=territoire, televersement=televersement, objet=objet, debut=debut, taille=taille
    )
    return morceau.id, objet


@transaction.atomic
def compter_morceau(
    televersement_id: uuid.UUID, morceau_id: uuid.UUID, *, proprietaire: str, survenu_le: datetime
) -> int:
    """The bytes are in the store: they count, and the upload is so much further; bytes received in all.

    Raises ``Introuvable``, or :class:`PositionInattendue`: others counted first, and the caller drops these.
    """
    televersement = _lock(televersement_id, proprietaire=proprietaire, survenu_le=survenu_le)
    morceau = trouver(Morceau.objects.filter(id=morceau_id, televersement=televersement), ABSENT)
    exiger_suite(debut=morceau.debut, recu=televersement.recu)
    morceau.compte_le = survenu_le
    morceau.save(update_fields=["compte_le"])
    televersement.recu += morceau.taille
    televersement.expire_le = survenu_le + televersement.duree
    televersement.save(update_fields=["recu", "expire_le"])
    return televersement.recu


@transaction.atomic
def oter_morceau(morceau_id: uuid.UUID, *, survenu_le: datetime) -> list[Objet]:
    """Drop bytes that do not count; returns the objects that nothing holds any more, marked."""
    return detacher(Morceau.objects.filter(id=morceau_id, compte_le=None), survenu_le=survenu_le)


@transaction.atomic
def conclure_televersement(
    televersement_id: uuid.UUID,
    *,
    proprietaire: str,
    survenu_le: datetime,
    document_id: uuid.UUID | None = None,
    refus: str = "",
    oter: bool = True,
) -> tuple[bool, list[Objet]]:
    """Say what became of a whole file, once: the document made of it, or the sentence that refuses it.

    False when it was said before, or when the upload went meanwhile: the document is then the caller's to erase.
    With it, the objects of its pieces, marked, whose bytes may go; not ``oter``: they go with the upload.
    """
    televersement = Televersement.objects.select_for_update().filter(
        id=televersement_id, proprietaire=proprietaire, conclu_le=None
    )
    if (ligne := televersement.first()) is None:
        return False, []
    ligne.document_id, ligne.refus, ligne.conclu_le = document_id, refus, survenu_le
    ligne.save(update_fields=["document", "refus", "conclu_le"])
    return True, detacher(Morceau.objects.filter(televersement=ligne), survenu_le=survenu_le) if oter else []


@transaction.atomic
def oublier_televersement(
    televersement_id: uuid.UUID, *, proprietaire: str, survenu_le: datetime
) -> list[Objet]:
    """Forget an upload, and the document made of it unless something names it; returns the objects marked.

    Raises ``Introuvable``.
    """
    lignes = Televersement.objects.select_for_update().filter(id=televersement_id, proprietaire=proprietaire)
    oublies = list(lignes)
    if not oublies:
        raise Introuvable(ABSENT)
    return _oublier(oublies, survenu_le=survenu_le)


@transaction.atomic
def delaisser_televersement(televersement_id: uuid.UUID, *, proprietaire: str, survenu_le: datetime) -> None:
    """Let an upload expire now: its sender finds it no more, and the sweep takes it. Raises ``Introuvable``."""
    lignes = Televersement.objects.filter(
        id=televersement_id, proprietaire=proprietaire, expire_le__gte=survenu_le
    )
    if not lignes.update(expire_le=survenu_le - INSTANT):
        raise Introuvable(ABSENT)


@transaction.atomic
def oublier_expires(*, survenu_le: datetime, au_plus: int) -> int:
    """Forget up to ``au_plus`` uploads silent for too long; how many. One being written right now is left alone."""
    expires = Televersement.objects.select_for_update(skip_locked=True).filter(expire_le__lt=survenu_le)
    oublies = list(expires.order_by("expire_le", "id")[:au_plus])
    _oublier(oublies, survenu_le=survenu_le)
    return len(oublies)


def _lock(televersement_id: uuid.UUID, *, proprietaire: str, survenu_le: datetime) -> Televersement:
    televersement = trouver(
        Televersement.objects.select_for_update().filter(
            id=televersement_id, proprietaire=proprietaire, expire_le__gte=survenu_le
        ),
        ABSENT,
    )
    if televersement.conclu_le is not None:
        raise PositionInattendue(televersement.recu)
    return televersement


def _oublier(televersements: Collection[Televersement], *, survenu_le: datetime) -> list[Objet]:
    marques = detacher(Morceau.objects.filter(televersement__in=televersements), survenu_le=survenu_le)
    Televersement.objects.filter(id__in=[t.id for t in televersements]).delete()
    faits = [t.document_id for t in televersements if t.document_id]
    libres = Document.objects.select_for_update().filter(id__in=faits, rattache_le=None).order_by("id")
    for document in libres:
        demander_effacement([document.id], territoire=document.territoire, survenu_le=survenu_le)
    return marques
