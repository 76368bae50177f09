"""How close two adults are, and which pairs are compared: what the database does by night, for a file. Pure.

``selectors/requetes_de_doublons.py`` says the same in SQL; tests compare both, sign by sign and score by score.
"""

import struct
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, combinations

from sne.registre.demande.rules.dates import a_une_faute


@dataclass(frozen=True, slots=True)
class Adulte:
    """One adult of a demande, as looked up: names by :func:`normaliser`; empty means not given."""

    demande: str
    nom: str
    usage: str
    prenoms: str
    naissance: date | None = None
    nir: str = ""
    telephone: str = ""
    territoire: str = ""


@dataclass(frozen=True, slots=True)
class Rapprochees:
    """Best score of each pair of demandes that share a key. ``cles_communes``: keys looked up with the names only."""

    scores: Mapping[tuple[str, str], float]
    cles_communes: int


def similarite(un: str, autre: str) -> float:
    """Likeness of two normalised texts, 0 to 1: shared trigrams over all of them, in single precision (pg_trgm)."""
    siens, autres = _trigrammes(un), _trigrammes(autre)
    communs = len(siens & autres)
    return _simple(communs / (len(siens) + len(autres) - communs)) if communs else 0.0


def noter(un: Adulte, autre: Adulte) -> float:
    """4·same NIR + 2·same birth date (0.75 when a slip explains it) + 2·names + 1.5·first names + 1·same phone."""
    nom = max(
        similarite(un.nom, autre.nom),
        similarite(un.usage, autre.nom),
        similarite(un.nom, autre.usage),
        similarite(un.usage, autre.usage),
    )
    return (
        4 * _egaux(un.nir, autre.nir)
        + 2 * _egaux(un.naissance, autre.naissance)
        + 0.75 * a_une_faute(un.naissance, autre.naissance)
        + 2 * nom
        + 1.5 * similarite(un.prenoms, autre.prenoms)
        + _egaux(un.telephone, autre.telephone)
    )


def rapprocher(adultes: Sequence[Adulte], *, au_dela: int) -> Rapprochees:
    """Every pair of demandes that share a NIR, a birth date, a phone, or their names and a birth date but a slip, both
    roles, with its best score.

    A birth date or a phone that more than ``au_dela`` adults share is compared at equal names and first names only.
    """
    blocs: dict[Hashable, list[int]] = defaultdict(list)
    for rang, adulte in enumerate(adultes):
        for cle in _cles(adulte):
            blocs[cle].append(rang)
    scores: dict[tuple[str, str], float] = {}
    communes = {cle for cle, rangs in blocs.items() if cle[0] != "nir" and len(rangs) > au_dela}  # type: ignore[index]
    for un, autre in _candidats(adultes, blocs, communes):
        paire = cle_de_paire(un.demande, autre.demande)
        scores[paire] = max(scores.get(paire, 0.0), noter(un, autre))
    return Rapprochees(scores, len(communes))


def cle_de_paire(un: str, autre: str) -> tuple[str, str]:
    """The same pair whatever its order."""
    return (un, autre) if un <= autre else (autre, un)


def _candidats(
    adultes: Sequence[Adulte], blocs: Mapping[Hashable, Sequence[int]], communes: set[Hashable]
) -> Iterator[tuple[Adulte, Adulte]]:
    """Pairs of adults of two demandes, each once, whatever they share."""
    entiers = [rangs for cle, rangs in blocs.items() if cle not in communes]
    homonymes: dict[Hashable, list[int]] = defaultdict(list)
    memes_noms: dict[Hashable, list[int]] = defaultdict(list)
    for rang, adulte in enumerate(adultes):
        memes_noms[adulte.territoire, adulte.nom, adulte.prenoms].append(rang)
    for cle in communes:
        for rang in blocs[cle]:
            adulte = adultes[rang]
            homonymes[cle, adulte.nom, adulte.prenoms].append(rang)
    vues: set[tuple[int, int]] = set()
    for blocs_de_cle, par_la_date in (
        (entiers, False),
        (homonymes.values(), False),
        (memes_noms.values(), True),
    ):
        for paire in chain.from_iterable(combinations(bloc, 2) for bloc in blocs_de_cle):
            un, autre = adultes[paire[0]], adultes[paire[1]]
            if par_la_date and not a_une_faute(un.naissance, autre.naissance):
                continue
            if un.demande != autre.demande and paire not in vues:
                vues.add(paire)
                yield un, autre


def _cles(adulte: Adulte) -> Iterable[tuple[str, str, Hashable]]:
    paires = (("nir", adulte.nir), ("naissance", adulte.naissance), ("telephone", adulte.telephone))
    return [(genre, adulte.territoire, valeur) for genre, valeur in paires if valeur]


def _egaux(un: object, autre: object) -> int:
    return int(bool(un) and un == autre)


@lru_cache(maxsize=200_000)
def _trigrammes(texte: str) -> frozenset[str]:
    return frozenset(f"  {mot} "[debut : debut + 3] for mot in texte.split() for debut in range(len(mot) + 1))


def _simple(valeur: float) -> float:
    return float(struct.unpack("f", struct.pack("f", valeur))[0])
