"""Where encrypted objects are kept: the same few verbs on a disk and on S3. Only this folder reaches the network."""

from django.conf import settings

from sne.documents.magasins.disque import MagasinDisque
from sne.documents.magasins.port import A_LA_FOIS, Absent, Depot, MagasinEnPanne, deposer_ensemble
from sne.documents.rules import Magasin

__all__ = [
    "A_LA_FOIS",
    "Absent",
    "Depot",
    "MagasinEnPanne",
    "deposer_ensemble",
    "magasin",
    "magasins_connus",
]


def magasins_connus() -> tuple[Magasin, ...]:
    """The stores that the settings describe."""
    return tuple(m for m in Magasin if f"documents_{m}" in settings.STORAGES)


def magasin(nom: str) -> Depot:
    """The store of that name, as the settings describe it. Raises :class:`MagasinEnPanne` when they do not."""
    if nom not in magasins_connus():
        raise MagasinEnPanne(f"no settings for the store « {nom} »")
    if nom == Magasin.DISQUE:
        return MagasinDisque()
    from sne.documents.magasins.s3 import MagasinS3  # noqa: PLC0415 - heavy, and of no use where there is a disk

    return MagasinS3()
