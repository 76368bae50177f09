"""Files of a space: what may be said of a version, which links lead outside. Pure."""

import re
from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

NOM_MAX, DOSSIER_MAX, NOTE_MAX = 120, 60, 300
FICHIER = "FICHIER"
"""Of the search."""
NATIONAL = "NAT"
"""In the place of a territory, for the files of every space: they stay where spaces are when a territory leaves."""
AILLEURS = "Les droits de ce document se règlent dans Docs."


class Dit(StrEnum):
    """What somebody says of a version."""

    REMARQUE = "REMARQUE"
    RELU = "RELU"


class Origine(StrEnum):
    """Where a version comes from: a file, or a document written elsewhere, as it was that day."""

    FICHIER = "FICHIER"
    FIGE = "FIGE"


def lire_adresse(url: str, *, hotes: Collection[str]) -> str:
    """The address of a document in the State's shared editor. Raises ``Interdit`` on ``url``; ``hotes``: its hosts."""
    url = url.strip()
    parties = urlsplit(url) if re.fullmatch(r"https://[!-~]{1,400}", url) else None
    if parties is None or parties.hostname not in hotes or parties.username is not None:
        raise Interdit(
            f"Collez l’adresse d’un document de{INSECABLE}: {', '.join(sorted(hotes))}.", champ="url"
        )
    return url
