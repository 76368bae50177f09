"""CSV of a report: its data first, so that the first line is a header; then, after an empty line, what the file is."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sne.infocentre.fichiers.feuilles import Feuille, Valeur
from sne.socle.tableur import en_csv


def ecrire_csv(feuilles: Sequence[Feuille], sortie: BinaryIO) -> None:
    """The sheets one under the other, each under its name but the first."""
    premiere, *autres = feuilles
    for morceau in en_csv([e.libelle for e in premiere.entetes], _a_la_suite(premiere, autres)):
        sortie.write(morceau)


def _a_la_suite(premiere: Feuille, autres: Sequence[Feuille]) -> Iterator[Sequence[Valeur]]:
    yield from premiere.lignes
    for feuille in autres:
        yield ()
        yield (feuille.nom,)
        yield [e.libelle for e in feuille.entetes]
        yield from feuille.lignes
