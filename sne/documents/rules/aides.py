"""Reading aids: what a machine read on a document, and how it compares with the file. Pure.

Aids only: nobody is refused by them. A name or a year that differs is shown beside the document, with what the
applicant says about it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz

PROCHE_MINIMUM = 88.0  # of 100: one or two letters in a name of ten


class Origine(StrEnum):
    """Where a text comes from."""

    COUCHE = "COUCHE"  # the document's own text
    RECONNUE = "RECONNUE"  # letters recognised in pictures
    MIXTE = "MIXTE"


class Accord(StrEnum):
    """How what was read compares with the file; ``ABSENT``: it was not found, which proves nothing."""

    IDENTIQUE = "IDENTIQUE"
    PROCHE = "PROCHE"
    DIFFERENT = "DIFFERENT"
    ABSENT = "ABSENT"


class Signature(StrEnum):
    """What is known of the signature of a 2D-Doc."""

    VALIDE = "VALIDE"
    FAUSSE = "FAUSSE"
    CERTIFICAT_INCONNU = "CERTIFICAT_INCONNU"
    CERTIFICAT_PERIME = "CERTIFICAT_PERIME"  # not in force on the day of the signature


@dataclass(frozen=True, slots=True)
class TexteLu:
    """Text of a document, page by page; ``complet``: no page was left out (too many, or no engine)."""

    pages: tuple[str, ...]
    origine: Origine
    complet: bool


class LigneLue(NamedTuple):
    """One line of a PDF: ``taille`` of its letters, ``haut`` and ``bas`` from the top of its page, in points."""

    page: int
    texte: str
    taille: float
    haut: float
    bas: float


@dataclass(frozen=True, slots=True)
class AvisLu:
    """What the 2D-Doc of a tax notice says. Amounts in euros; ``verifie``: its signature is valid, and only then."""

    declarants: tuple[str, ...]
    annee_revenus: int | None
    revenu_fiscal: int | None
    parts: str
    signature: Signature
    signe_par: str

    @property
    def verifie(self) -> bool:
        """Whether these values are those that the administration signed."""
        return self.signature is Signature.VALIDE


def accord_du_nom(declarants: Sequence[str], *, nom: str, prenom: str) -> Accord:
    """The closest agreement between a person and the names of a notice, « NOM PRENOMS » as they are printed."""
    return _meilleur([_accord(set(_mots(d)), _mots(nom), _mots(prenom)[:1]) for d in declarants])


def accord_de_l_annee(lue: int | None, attendue: int) -> Accord:
    """Whether the year read is the one expected."""
    if lue is None:
        return Accord.ABSENT
    return Accord.IDENTIQUE if lue == attendue else Accord.DIFFERENT


def _mots(texte: str) -> list[str]:
    return re.sub(r"[^A-Z]+", " ", anyascii(texte).upper()).split()


def _meilleur(accords: Sequence[Accord]) -> Accord:
    return next(
        (a for a in (Accord.IDENTIQUE, Accord.PROCHE, Accord.DIFFERENT) if a in accords), Accord.ABSENT
    )


def _accord(lus: set[str], nom: Sequence[str], prenom: Sequence[str]) -> Accord:
    """Every word of the surname and the first of the given names must be there, or be close to a word that is."""
    attendus = [*nom, *prenom]
    if not lus or not attendus:
        return Accord.ABSENT
    if lus.issuperset(attendus):
        return Accord.IDENTIQUE
    proches = all(max(fuzz.ratio(a, lu) for lu in lus) >= PROCHE_MINIMUM for a in attendus)
    return Accord.PROCHE if proches else Accord.DIFFERENT
