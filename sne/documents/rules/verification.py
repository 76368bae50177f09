"""What a check of the store may find, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    """One kind of disagreement between the rows and the stores."""

    OCTETS_ABSENTS = "OCTETS_ABSENTS"
    OCTETS_ALTERES = "OCTETS_ALTERES"
    OBJET_SANS_DOCUMENT = "OBJET_SANS_DOCUMENT"
    DOCUMENT_INCOMPLET = "DOCUMENT_INCOMPLET"
    FICHIER_ORPHELIN = "FICHIER_ORPHELIN"
    RECEPTION_COUPEE = "RECEPTION_COUPEE"
    TRAVAIL_ABANDONNE = "TRAVAIL_ABANDONNE"
    MAGASIN_MUET = "MAGASIN_MUET"


LIBELLES: Mapping[Genre, str] = {
    Genre.OCTETS_ABSENTS: "Objets dont les octets manquent",
    Genre.OCTETS_ALTERES: "Objets altérés",
    Genre.OBJET_SANS_DOCUMENT: "Objets que rien ne tient",
    Genre.DOCUMENT_INCOMPLET: "Documents incomplets",
    Genre.FICHIER_ORPHELIN: "Fichiers inconnus dans un magasin",
    Genre.RECEPTION_COUPEE: "Réceptions coupées",
    Genre.TRAVAIL_ABANDONNE: "Dossiers de travail abandonnés",
    Genre.MAGASIN_MUET: "Magasins qui ne répondent pas",
}


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing found; ``lieu``: the address, document or folder, which names nobody."""

    genre: Genre
    lieu: str
    magasin: str = ""


@dataclass(frozen=True, slots=True)
class Constat:
    """What a check saw: objects and files read, objects still to erase, and every anomaly."""

    objets: int
    fichiers: int
    a_effacer: int
    anomalies: tuple[Anomalie, ...]

    @property
    def bon(self) -> bool:
        """Rows and stores agree."""
        return not self.anomalies

    def nombre(self, genre: Genre) -> int:
        """Anomalies of one kind."""
        return sum(a.genre is genre for a in self.anomalies)
