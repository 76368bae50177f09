"""Draws a document of the site: from the text of its page to a PDF/A-2a and PDF/UA-1 file, always the same.

No database, no clock: the templates of the folder ``modeles`` and the font of the foundation only.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sne.socle.composition import compilateur, composer
from sne.socle.horloge import jour
from sne.textes.rules import lire_blocs

DOSSIER = Path(__file__).parent / "modeles"
VERSION = 1
"""Of the templates: kept beside what they drew."""


@dataclass(frozen=True, slots=True)
class Texte:
    """What is drawn. ``base``: address of the service, for links to its pages; ``le``: since when it is online."""

    titre: str
    reponse: str
    corps: str
    version: int
    le: datetime
    base: str


def dessiner(texte: Texte, papier: str) -> bytes:
    """The file. ``papier``: « document », or « a4 », « a3 » for a poster. Same text and day, same bytes.

    Raises ``Interdit`` on a text that cannot be read, ``SigneSansDessin``.
    """
    gabarit = "document" if papier == "document" else "affiche"
    donnees = {
        "titre": texte.titre,
        "reponse": texte.reponse,
        "blocs": lire_blocs(texte.corps),
        "version": texte.version,
        "date": f"{jour(texte.le):%d/%m/%Y}",
        "base": texte.base,
        "papier": papier,
    }
    moteur = compilateur(DOSSIER / f"{gabarit}_v{VERSION}.typ")
    entrees = {"donnees": json.dumps(donnees, ensure_ascii=False)}
    return composer(moteur, entrees, normes=["a-2a", "ua-1"], instant=texte.le.replace(microsecond=0))
