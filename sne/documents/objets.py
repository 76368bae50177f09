"""One object and its store: its content encrypted and put, opened and verified, taken away."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sne.documents.actions import noter_poses, oublier_objet
from sne.documents.chiffrement import (
    CleEmballee,
    chiffrer_flux,
    deballer,
    dechiffrer_flux,
    empreinte_a_cle,
)
from sne.documents.magasins import A_LA_FOIS, Absent, MagasinEnPanne, deposer_ensemble, magasin
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


def poser(couples: Iterable[tuple[Objet, Path]], *, dossier: Path) -> bool:
    """Encrypt each file into its object's store, unless it is there; false: one of the objects is being erased.

    Raises ``MagasinEnPanne``. Encrypted files are made in ``dossier``, never a whole content in memory.
    """
    a_poser = [(objet, source) for objet, source in couples if objet.pose_le is None]
    groupes = (a_poser[rang : rang + A_LA_FOIS] for rang in range(0, len(a_poser), A_LA_FOIS))
    return all(_poser(groupe, dossier=dossier) for groupe in groupes)


def _poser(groupe: Sequence[tuple[Objet, Path]], *, dossier: Path) -> bool:
    """As many as go to a store at the same time; their rows are read and written by this thread alone."""
    blobs = {objet.id: _chiffrer(objet, source, dossier) for objet, source in groupe}
    with pour_poser(blobs):
        lignes = list(Objet.objects.filter(id__in=blobs, efface_le=None))
        # The others were put by somebody else, and perhaps moved since.
        neuves = [ligne for ligne in lignes if ligne.pose_le is None]
        deposer_ensemble([(magasin(ligne.magasin), ligne.adresse, blobs[ligne.id]) for ligne in neuves])
        # Marked for erasure meanwhile, a row stays: the process that erases it waits for us, and takes these bytes too.
        posees = noter_poses([ligne.id for ligne in neuves], survenu_le=horloge.maintenant())
    for blob in blobs.values():
        blob.unlink(missing_ok=True)  # a folder takes it, S3 takes a copy
    return len(lignes) == len(groupe) and posees == len(neuves)


def _chiffrer(objet: Objet, source: Path, dossier: Path) -> Path:
    blob = dossier / f"blob-{objet.id.hex}"
    with source.open("rb") as clair, blob.open("wb") as chiffre:
        _ecrire(clair, chiffre, objet)
    return blob


def _ecrire(clair: BinaryIO, chiffre: BinaryIO, objet: Objet) -> None:
    morceaux = chiffrer_flux(clair, cle=cle_de(objet), territoire=objet.territoire, objet_id=objet.id)
    for octets in morceaux:
        chiffre.write(octets)


def lire(objet: Objet) -> Iterator[bytes]:
    """The clear content, each piece verified before it is given.

    Raises ``MagasinEnPanne``, ``Absent`` or ``Indechiffrable``.
    """
    yield from dechiffrer_flux(
        _blob(objet), cle=cle_de(objet), territoire=objet.territoire, objet_id=objet.id
    )


def _blob(objet: Objet) -> Iterator[bytes]:
    """Its encrypted bytes; what is left of them from where it went, if it moves meanwhile."""
    lus = 0
    try:
        for octets in magasin(objet.magasin).lire(objet.adresse):
            lus += len(octets)
            yield octets
    except Absent:
        deplace = Objet.objects.filter(id=objet.id).exclude(magasin=objet.magasin).first()
        if deplace is None:
            raise
        yield from magasin(deplace.magasin).lire(deplace.adresse, debut=lus)


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
