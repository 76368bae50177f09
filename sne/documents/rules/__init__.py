"""What a document is and may become: states, parts, refusals, limits, watermark. Pure."""

from sne.documents.rules.bornes import Bornes
from sne.documents.rules.etats import (
    ATTACHABLES,
    SANS_LECTURE,
    TRANSITIONS,
    EtatDocument,
    Magasin,
    Part,
    Verdict,
    exiger_lisible,
)
from sne.documents.rules.lecture import Delais, DocumentRecu, Filigrane, Lecture, Limites, PartieLue
from sne.documents.rules.refus import (
    DocumentIndisponible,
    DocumentMalveillant,
    DocumentRefuse,
    DocumentTropLourd,
    DocumentVide,
    MagasinIndisponible,
    MagasinMuet,
)
from sne.documents.rules.televersements import (
    Accueil,
    PositionInattendue,
    TeleversementIncomplet,
    TropDeTeleversements,
    exiger_suite,
)
from sne.documents.rules.verification import LIBELLES, Anomalie, Constat, Genre

__all__ = [
    "ATTACHABLES",
    "LIBELLES",
    "SANS_LECTURE",
    "TRANSITIONS",
    "Accueil",
    "Anomalie",
    "Bornes",
    "Constat",
    "Delais",
    "DocumentIndisponible",
    "DocumentMalveillant",
    "DocumentRecu",
    "DocumentRefuse",
    "DocumentTropLourd",
    "DocumentVide",
    "EtatDocument",
    "Filigrane",
    "Genre",
    "Lecture",
    "Limites",
    "Magasin",
    "MagasinIndisponible",
    "MagasinMuet",
    "Part",
    "PartieLue",
    "PositionInattendue",
    "TeleversementIncomplet",
    "TropDeTeleversements",
    "Verdict",
    "exiger_lisible",
    "exiger_suite",
]
