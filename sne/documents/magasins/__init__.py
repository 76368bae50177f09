"""Where encrypted objects are kept: the same few verbs on a disk and on S3. Only this folder reaches the network."""

from sne.documents.magasins.disque import MagasinDisque
from sne.documents.magasins.port import Absent, Depot, MagasinEnPanne
from sne.documents.rules import Magasin

__all__ = ["Absent", "Depot", "MagasinEnPanne", "magasin", "magasins_connus"]


def magasins_connus() -> tuple[Magasin, ...]:
    """The stores that the settings describe."""
    return (Magasin.DISQUE,)


def magasin(nom: str) -> Depot:
    """The store of that name, as the settings describe it. Raises :class:`MagasinEnPanne` when they do not."""
    if nom == Magasin.DISQUE:
        return MagasinDisque()
    raise MagasinEnPanne(f"no settings for the store « {nom} »")
