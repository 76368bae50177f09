"""The bytes of an import, encrypted by pieces that are tied to their place."""

import json
import uuid
from collections.abc import Iterator, Sequence

from sne.imports.models import Import, Tranche
from sne.socle.chiffrement import chiffrer, dechiffrer


def ecrire_tranche(recu: Import, rang: int, clair: bytes, *, recue: bool) -> None:
    """Keep one piece."""
    contenu = chiffrer(clair, lie_a=_lien(recu.id, rang, recue=recue))
    Tranche(import_recu=recu, recue=recue, rang=rang, contenu=contenu).save(force_insert=True)


def lire_tranche(recu: Import, rang: int, *, recue: bool) -> bytes | None:
    """One piece, or ``None`` after the last."""
    tranche = Tranche.objects.filter(import_recu=recu, recue=recue, rang=rang).first()
    if tranche is None:
        return None
    return dechiffrer(bytes(tranche.contenu), lie_a=_lien(recu.id, rang, recue=recue))


def iter_recues(recu: Import) -> Iterator[bytes]:
    """The bytes as they were sent, a piece at a time."""
    rang = 0
    while (clair := lire_tranche(recu, rang, recue=True)) is not None:
        yield clair
        rang += 1


def ecrire_lignes(recu: Import, rang: int, lignes: Sequence[tuple[int, str | None]]) -> None:
    """Keep a batch of lines."""
    ecrire_tranche(recu, rang, json.dumps(lignes, ensure_ascii=False).encode(), recue=False)


def lire_lignes_de(recu: Import, rang: int) -> list[tuple[int, str | None]]:
    """A batch of lines; empty after the last."""
    clair = lire_tranche(recu, rang, recue=False)
    return [(numero, texte) for numero, texte in json.loads(clair)] if clair else []


def _lien(import_id: uuid.UUID, rang: int, *, recue: bool) -> bytes:
    return import_id.bytes + (b"r" if recue else b"l") + rang.to_bytes(4)
