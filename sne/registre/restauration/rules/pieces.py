"""Documents of a demande put back: those of then, and those handed in since that somebody chooses to keep. Pure."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sne.socle.erreurs import Interdit


@dataclass(frozen=True, slots=True)
class PieceUlterieure:
    """A document handed in since, about somebody who stays or about nobody in particular.

    ``remplace``: the one it took the place of. ``de_l_autre_foyer``: handed in by the person who came in, it leaves
    with them when they get a demande of their own.
    """

    id: uuid.UUID
    remplace: uuid.UUID | None
    sante: bool
    de_l_autre_foyer: bool


def lire_pieces_gardees(
    saisies: Collection[str], ulterieures: Sequence[PieceUlterieure], *, a_part: bool
) -> tuple[uuid.UUID, ...]:
    """The documents to keep, in the order in which they were handed in.

    Raises ``Interdit`` for one that was not handed in since, one that leaves with the other household, or two of which
    one replaced the other.
    """
    choisies = [u for u in ulterieures if str(u.id) in saisies]
    if len(choisies) != len(set(saisies)):
        raise Interdit(
            "Une pièce à garder n’est pas, ou plus, de celles arrivées depuis ce moment. Demandez le retour avec les "
            "pièces de la liste d’aujourd’hui.",
            champ="pieces",
        )
    if a_part and any(u.de_l_autre_foyer for u in choisies):
        raise Interdit(
            "Une pièce à garder est de l’autre foyer\u00a0: elle le suit dans sa propre demande. Décochez-la, ou "
            "n’enregistrez pas l’autre foyer à part.",
            champ="pieces",
        )
    remplace = remplacements(ulterieures)
    if any({u.id for u in choisies} & set(_remplacees(u.id, remplace)) for u in choisies):
        raise Interdit(
            "De deux pièces à garder, l’une a remplacé l’autre. Cochez une seule des deux.", champ="pieces"
        )
    return tuple(u.id for u in choisies)


def pieces_retablies(
    alors: Sequence[uuid.UUID], gardees: Sequence[uuid.UUID], remplace: Mapping[uuid.UUID, uuid.UUID]
) -> tuple[uuid.UUID, ...]:
    """Documents in force afterwards: those of that version, except those that a kept document has replaced, then the
    kept ones.
    """
    cedent = {p for gardee in gardees for p in _remplacees(gardee, remplace)}
    return (*(p for p in alors if p not in cedent), *gardees)


def remplacements(ulterieures: Sequence[PieceUlterieure]) -> dict[uuid.UUID, uuid.UUID]:
    """What each document took the place of."""
    return {u.id: u.remplace for u in ulterieures if u.remplace is not None}


def _remplacees(piece: uuid.UUID, remplace: Mapping[uuid.UUID, uuid.UUID]) -> Iterator[uuid.UUID]:
    """What this document took the place of, one after the other."""
    while (avant := remplace.get(piece)) is not None:
        yield avant
        piece = avant
