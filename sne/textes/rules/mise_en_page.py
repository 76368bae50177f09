"""Lines of a printed page made into Markdown: headings by size, lists by their signs, paragraphs by gaps. Pure.

What comes out is a draft: whoever writes the page reads it again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

TITRE_AU_MOINS, TITRE_MAX, NIVEAU_MAX = 1.12, 140, 4
"""A heading: how much taller than the text, at most how many signs; the deepest level."""
BLANC = 0.6
"""Of a line: a larger gap begins a paragraph."""
PAGES_POUR_REPETER = 3
"""From so many pages, a first or last line found on most of them is a running head."""
PUCE = re.compile(r"[•◦▪‣●○■□➢➔·–—-](?:\s+|$)")
NUMERO = re.compile(r"\d{1,2}[.)]\s+")
SIGNES = re.compile(r"[\\`*_\[\]]")
DEBUT = re.compile(r"(?=[#>+|~]|:::)")
CESURE = "\u00ad"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line: its page, its words, how tall its letters are, its top and bottom from the top of the page."""

    page: int
    texte: str
    taille: float
    haut: float
    bas: float


def en_markdown(lignes: Sequence[Ligne]) -> str:
    """The text, its headings from the second level down."""
    utiles = _sans_titre_courant(lignes)
    if not utiles:
        return ""
    niveaux = _niveaux(utiles)
    blocs = list(_blocs(utiles, niveaux))
    ecrit = "\n".join(
        ("\n" if rang and not (genre and genre == blocs[rang - 1][0]) else "") + texte
        for rang, (genre, texte) in enumerate(blocs)
    )
    return ecrit.replace(CESURE, "")


def _sans_titre_courant(lignes: Sequence[Ligne]) -> list[Ligne]:
    pages = [list(siennes) for _, siennes in groupby(lignes, lambda ligne: ligne.page)]
    bords = [{_sans_chiffres(p[0]), _sans_chiffres(p[-1])} for p in pages]
    compte = Counter(texte for bord in bords for texte in bord)
    courants = {t for t, n in compte.items() if len(pages) >= PAGES_POUR_REPETER and 2 * n > len(pages)}
    return [
        ligne
        for page in pages
        for rang, ligne in enumerate(page)
        if rang not in {0, len(page) - 1} or _sans_chiffres(ligne) not in courants
    ]


def _sans_chiffres(ligne: Ligne) -> str:
    return re.sub(r"\d+", "#", ligne.texte)


def _niveaux(lignes: Sequence[Ligne]) -> dict[float, int]:
    """Level of each size that is taller than that of most signs."""
    poids: Counter[float] = Counter()
    for ligne in lignes:
        poids[ligne.taille] += len(ligne.texte)
    corps = poids.most_common(1)[0][0]
    grandes = sorted((t for t in poids if t >= corps * TITRE_AU_MOINS), reverse=True)
    return {taille: min(2 + rang, NIVEAU_MAX) for rang, taille in enumerate(grandes)}


def _blocs(lignes: Sequence[Ligne], niveaux: dict[float, int]) -> Iterator[tuple[str, str]]:
    """Kind of list (empty: none) and text of each block, in order."""
    genre, texte, avant = "", "", None
    for ligne in lignes:
        debute, dit, brut = _commence(ligne, niveaux)
        suit = avant is not None and not dit and not (niveaux.get(avant.taille) or _separe(avant, ligne))
        if suit:
            texte = _joindre(texte, _echapper(brut, debut=False))
        else:
            if texte:
                yield genre, texte
            genre, texte = debute, f"{dit}{_echapper(brut, debut=not dit)}"
        avant = ligne
    yield genre, texte


def _commence(ligne: Ligne, niveaux: dict[float, int]) -> tuple[str, str, str]:
    """Kind of list, what Markdown writes before it, and the rest of the line."""
    niveau = niveaux.get(ligne.taille)
    if niveau and len(ligne.texte) <= TITRE_MAX:
        return "", f"{'#' * niveau} ", ligne.texte
    if puce := PUCE.match(ligne.texte):
        return "puces", "- ", ligne.texte[puce.end() :]
    if numero := NUMERO.match(ligne.texte):
        return "numeros", "1. ", ligne.texte[numero.end() :]
    return "", "", ligne.texte


def _separe(avant: Ligne, ligne: Ligne) -> bool:
    """Whether a paragraph ends between the two."""
    if avant.page != ligne.page:
        return avant.texte.endswith((".", "!", "?", ":", ";"))
    return ligne.haut - avant.bas > BLANC * (avant.bas - avant.haut)


def _joindre(texte: str, suite: str) -> str:
    """A word cut at the end of a line is whole again; a hyphen that was typed stays."""
    if texte.endswith(CESURE):
        return texte.removesuffix(CESURE) + suite
    colle = texte.endswith("-") and suite[:1].islower()
    return f"{texte}{suite}" if colle else f"{texte} {suite}".strip()


def _echapper(texte: str, *, debut: bool) -> str:
    """What Markdown would take for a sign of its own is text."""
    propre = SIGNES.sub(r"\\\g<0>", texte)
    return DEBUT.sub(r"\\", propre, count=1) if debut and DEBUT.match(propre) else propre
