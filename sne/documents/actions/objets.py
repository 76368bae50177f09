"""What changes of an object once it is there: the store that holds it, the key that wraps its own."""

import uuid
from collections.abc import Collection

from django.db import transaction

from sne.documents.chiffrement import CleEmballee, deballer, emballer, version_courante
from sne.documents.models import Objet
from sne.documents.rules import Magasin
from sne.socle.chiffrement import Indechiffrable


def engager_copie(objet_id: uuid.UUID, *, vers: Magasin) -> Objet | None:
    """Say that an object is being copied to another store; ``None``: it is not to be moved, or not now."""
    pret = Objet.objects.filter(id=objet_id, efface_le=None, pose_le__isnull=False).exclude(magasin=vers)
    return Objet.objects.get(id=objet_id) if pret.update(copie=vers) else None


def basculer(objet_id: uuid.UUID, *, depuis: str, vers: Magasin) -> bool:
    """The copy is whole: the object is read there from now on, and the former bytes are to go."""
    copie = Objet.objects.filter(id=objet_id, efface_le=None, magasin=depuis, copie=vers)
    return bool(copie.update(magasin=vers, copie=depuis))


def terminer_copie(objet_id: uuid.UUID) -> None:
    """The other store holds nothing of this object any more."""
    Objet.objects.filter(id=objet_id).update(copie="")


@transaction.atomic
def changer_cles(ids: Collection[uuid.UUID]) -> tuple[int, int]:
    """Wrap the keys of these objects with the current key of their territory; returns how many were, and could not be.

    The bytes in the stores do not change: only the wrapping of each object's own key does.
    """
    objets = list(
        Objet.objects.select_for_update()
        .filter(id__in=list(ids))
        .exclude(cle_version=version_courante())
        .order_by("id")
    )
    changes = []
    for objet in objets:
        try:
            cle = deballer(
                CleEmballee(bytes(objet.cle), objet.cle_version),
                territoire=objet.territoire,
                objet_id=objet.id,
            )
        except Indechiffrable:
            continue
        nouvelle = emballer(cle, territoire=objet.territoire, objet_id=objet.id)
        objet.cle, objet.cle_version = nouvelle.octets, nouvelle.version
        changes.append(objet)
    Objet.objects.bulk_update(changes, ["cle", "cle_version"])
    return len(changes), len(objets) - len(changes)
