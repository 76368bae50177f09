"""What the journal signs: checkpoints (« jalons »), keys that follow each other, months taken away. Pure.

The first three lines of a checkpoint are those of C2SP « tlog-checkpoint »: a witness that knows that format reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from sne.journal.rules.notes import ClePublique, NoteInvalide, de_base64, en_base64
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

MOTIF_MAX = 300  # signs of why a false checkpoint is set aside


def en_instant(instant: datetime) -> str:
    """``2026-11-26T01:02:03Z``: to the second, UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Jalon:
    """The journal up to one seal. ``racine``: tree over the hashes of all seals; ``chaine``: hash of the last one."""

    nom: str
    numero: int
    scellement: int
    racine: bytes
    ere: str
    entrees: int
    chaine: bytes
    instant: datetime

    def texte(self) -> str:
        """What is signed."""
        return (
            f"{self.nom}\n{self.scellement}\n{en_base64(self.racine)}\n"
            f"jalon {self.numero}\nere {self.ere}\nentrees {self.entrees}\nchaine {en_base64(self.chaine)}\n"
            f"instant {en_instant(self.instant)}\n"
        )

    @classmethod
    def lire(cls, texte: str) -> Self:
        """The checkpoint that this text says. Raises :class:`NoteInvalide`."""
        try:
            nom, scellement, racine, *suite = texte.splitlines()
            lu = _champs(suite)
            return cls(
                nom=nom,
                numero=int(lu["jalon"]),
                scellement=int(scellement),
                racine=de_base64(racine),
                ere=lu["ere"],
                entrees=int(lu["entrees"]),
                chaine=de_base64(lu["chaine"]),
                instant=datetime.fromisoformat(lu["instant"]),
            )
        except (KeyError, ValueError) as exc:
            raise NoteInvalide("Ce texte n’est pas un jalon du journal.") from exc


@dataclass(frozen=True, slots=True)
class EntreeEnVigueur:
    """A signing key comes into force: it signs the checkpoints after ``apres_le_jalon``, the one before no more."""

    numero: int
    cle: ClePublique
    apres_le_jalon: int
    instant: datetime

    def texte(self) -> str:
        """What the former key and this one sign; the first key signs alone."""
        return (
            f"{self.cle.nom}\ncle {self.numero}\n{self.cle}\napres-le-jalon {self.apres_le_jalon}\n"
            f"instant {en_instant(self.instant)}\n"
        )


@dataclass(frozen=True, slots=True)
class Retrait:
    """One month of entries taken away at the end of its retention; the hashes of its leaves stay.

    ``feuilles``: SHA-256 over (seal, rank, hash) of each, in order: eight and four bytes, big end first, and 32.
    """

    nom: str
    mois: str
    entrees: int
    du_scellement: int
    au_scellement: int
    feuilles: bytes
    jalon: int
    instant: datetime

    def texte(self) -> str:
        """What is signed."""
        return (
            f"{self.nom}\nretrait {self.mois}\nentrees {self.entrees}\n"
            f"scellements {self.du_scellement} {self.au_scellement}\nfeuilles {en_base64(self.feuilles)}\n"
            f"jalon {self.jalon}\ninstant {en_instant(self.instant)}\n"
        )


def en_feuille(scellement: int, rang: int, empreinte: bytes) -> bytes:
    """One leaf as the digest of a removal takes it."""
    return scellement.to_bytes(8) + rang.to_bytes(4) + empreinte


def _champs(lignes: list[str]) -> Mapping[str, str]:
    return {nom: valeur for nom, _, valeur in (ligne.partition(" ") for ligne in lignes)}


def lire_motif(motif: str) -> str:
    """Why a checkpoint is set aside, as it is kept. Raises ``Interdit``."""
    motif = motif.strip()
    if not 1 <= len(motif) <= MOTIF_MAX:
        raise Interdit(f"Motif{INSECABLE}: 1 à {MOTIF_MAX} signes sont attendus.", champ="motif")
    return motif
