"""What changed between two texts, as somebody reads it: passages kept, taken away, added. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

CADRES: Mapping[str, str] = {
    "etapes": "Étapes\u00a0:",
    "encart": "Encart\u00a0:",
    "attention": "Attention\u00a0:",
    "question": "Question\u00a0:",
    "document": "Document\u00a0:",
}
SIGNES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^#{2,4} +", re.MULTILINE), "Titre\u00a0: "),
    (re.compile(r"^:::\s*$\n?|^\|[-| :]+\|$\n?", re.MULTILINE), ""),
    (re.compile(r"^( *)[-*+] ", re.MULTILINE), r"\1• "),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\(([^)\n]+)\)"), r"\1 (\2)"),
)
"""Signs of Markdown, and what somebody who knows none of them reads instead."""


class Sens(StrEnum):
    """What became of a passage."""

    GARDE = "GARDE"
    RETIRE = "RETIRE"
    AJOUTE = "AJOUTE"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that share one fate. Put together, those kept or taken away are the text of before, and so on after."""

    sens: Sens
    texte: str


def sans_signes(source: str) -> str:
    """A text as somebody reads it who knows no Markdown: headings and frames are said, marks of bold are gone."""
    lu = re.sub(r"^::: *(\w+)", lambda m: CADRES.get(m[1], m[0]), source, flags=re.MULTILINE)
    for motif, dit in SIGNES:
        lu = motif.sub(dit, lu)
    return lu


def comparer(avant: str, apres: str) -> tuple[tuple[Passage, ...], ...]:
    """Line by line; in a line that changed, word by word. A line is a tuple of passages."""
    return tuple(tuple(ligne) for ligne in _lignes(avant.splitlines(), apres.splitlines()))


def _lignes(avant: list[str], apres: list[str]) -> Iterator[list[Passage]]:
    for nature, a1, a2, b1, b2 in SequenceMatcher(None, avant, apres, autojunk=False).get_opcodes():
        if nature == "equal":
            yield from ([Passage(Sens.GARDE, ligne)] for ligne in avant[a1:a2])
            continue
        communes = min(a2 - a1, b2 - b1)
        for rang in range(communes):
            yield list(_mots(avant[a1 + rang], apres[b1 + rang]))
        yield from ([Passage(Sens.RETIRE, ligne)] for ligne in avant[a1 + communes : a2])
        yield from ([Passage(Sens.AJOUTE, ligne)] for ligne in apres[b1 + communes : b2])


def _mots(avant: str, apres: str) -> Iterator[Passage]:
    a, b = avant.split(" "), apres.split(" ")
    for nature, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if nature == "equal":
            yield Passage(Sens.GARDE, " ".join(a[a1:a2]))
            continue
        if a2 > a1:
            yield Passage(Sens.RETIRE, " ".join(a[a1:a2]))
        if b2 > b1:
            yield Passage(Sens.AJOUTE, " ".join(b[b1:b2]))
