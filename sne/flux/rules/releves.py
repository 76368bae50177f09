"""What a statement of the feed signs, in the note format of the journal's checkpoints. Pure."""

from dataclasses import dataclass
from datetime import datetime

from sne.journal.rules.jalons import en_instant
from sne.journal.rules.notes import en_base64


@dataclass(frozen=True, slots=True)
class Releve:
    """A series up to ``numero``. ``tete``: hash over all its lines; ``jalon``: last checkpoint signed then (0: none).

    ``demandes``, ``instantane``: how many are not erased, and SHA-256 of the list of them with their revisions.
    """

    nom: str
    territoire: str
    serie: str
    numero: int
    tete: bytes
    scellement: int
    jalon: int
    demandes: int
    instantane: bytes
    instant: datetime

    def texte(self) -> str:
        """What is signed. Its second line is no number: nobody takes it for a checkpoint."""
        return (
            f"{self.nom}\nflux {self.territoire} {self.serie}\nnumero {self.numero}\ntete {en_base64(self.tete)}\n"
            f"scellement {self.scellement}\njalon {self.jalon}\n"
            f"demandes {self.demandes} {en_base64(self.instantane)}\ninstant {en_instant(self.instant)}\n"
        )
