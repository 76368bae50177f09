"""One object and its store: its content encrypted and put, opened and verified, taken away."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sne.documents.actions import noter_pose, oublier_objet
from sne.documents.chiffrement import (
    CleEmballee,
    chiffrer_flux,
    deballer,
    dechiffrer_flux,
    empreinte_a_cle,
)
from sne.documents.magasins import Absent, MagasinEnPanne, magasin
from sne.documents.models import Objet
from sne.documents.selectors import list_a_effacer
from sne.documents.verrous import pour_poser, seul
from sne.socle import horloge

MORCEAU = 1 << 20
PAR_PAGE = 200


def empreinte_de(chemin: Path, *, territoire: str) -> tuple[bytes, int]:
    """Keyed fingerprint of a file in this territory, and its bytes."""
    empreinte, taille = empreinte_a_cle(territoire), 0
    with chemin.open("rb") as flux:
        while octets := flux.read(MORCEAU):
            empreinte.update(octets)
            taille += len(octets)
    return empreinte.digest(), taille


def cle_de(objet: Objet) -> bytes:
    """The object's key, unwrapped. Raises ``Indechiffrable``."""
    emballee = CleEmballee(bytes(objet.cle), objet.cle_version)
    return deballer(emballee, territoire=objet.territoire, objet_id=objet.id)


def poser(objet: Objet, source: Path, *, dossier: Path) -> bool:
    """Encrypt a file into the object's store, unless it is there; false: the object is being erased.

    Raises ``MagasinEnPanne``. The encrypted file is made in ``dossier``, never the whole content in memory.
    """
    if objet.pose_le is not None:
        return True
    blob = dossier / f"blob-{objet.id.hex}"
    with source.open("rb") as clair, blob.open("wb") as chiffre:
        _ecrire(clair, chiffre, objet)
    with pour_poser(objet.id):
        ligne = Objet.objects.filter(id=objet.id, efface_le=None).first()
        if ligne is None:
            return False
        if ligne.pose_le is None:  # else put by somebody else, and perhaps moved since
            magasin(ligne.magasin).deposer(ligne.adresse, blob)
            # Marked for erasure meanwhile, its row stays: whoever erases it waits for us, and takes these bytes too.
            return noter_pose(ligne.id, survenu_le=horloge.maintenant())
    return True


def _ecrire(clair: BinaryIO, chiffre: BinaryIO, objet: Objet) -> None:
    morceaux = chiffrer_flux(clair, cle=cle_de(objet), territoire=objet.territoire, objet_id=objet.id)
    for octets in morceaux:
        chiffre.write(octets)


def lire(objet: Objet) -> Iterator[bytes]:
    """The clear content, each piece verified before it is given.

    Raises ``MagasinEnPanne``, ``Absent`` or ``Indechiffrable``.
    """
    try:
        octets = _ouvrir(objet)
        premier = next(octets, b"")
    except Absent:
        deplace = Objet.objects.filter(id=objet.id).exclude(magasin=objet.magasin).first()
        if deplace is None:
            raise
        octets = _ouvrir(deplace)
        premier = next(octets, b"")
    yield premier
    yield from octets


def _ouvrir(objet: Objet) -> Iterator[bytes]:
    blob = magasin(objet.magasin).lire(objet.adresse)
    return dechiffrer_flux(blob, cle=cle_de(objet), territoire=objet.territoire, objet_id=objet.id)


def effacer_objets() -> int:
    """Take away the bytes of every marked object, then its row; returns how many. Killed, it is taken up again.

    Raises ``MagasinEnPanne`` when a store does not answer: what is left stays marked.
    """
    faits = 0
    apres: uuid.UUID | None = None
    while marques := list_a_effacer(au_plus=PAR_PAGE, apres=apres):
        faits += sum(_oter(objet.id) for objet in marques)
        apres = marques[-1].id
    return faits


def effacer_ceux(ids: Collection[uuid.UUID]) -> None:
    """Take away the bytes of these objects, just marked, and of no other.

    Raises ``MagasinEnPanne``: what is left goes at the next sweep.
    """
    for objet_id in ids:
        _oter(objet_id)


def oter(marques: Iterable[Objet]) -> None:
    """Take away the bytes of objects just marked. When the store does not answer, the next sweep does."""
    with suppress(MagasinEnPanne):
        effacer_ceux([objet.id for objet in marques])


def _oter(objet_id: uuid.UUID) -> bool:
    """One of them, unless somebody is putting or moving it: the next sweep takes it."""
    with seul(objet_id) as libre:
        objet = Objet.objects.filter(id=objet_id).first() if libre else None
        if objet is None:
            return False
        for nom in filter(None, {objet.magasin, objet.copie}):
            magasin(nom).supprimer(objet.adresse)
        return oublier_objet(objet.id)
