"""Numbers that people type: of a demande, which is linked; of social security, which is masked. Pure."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

MASQUE = "[n° de sécurité sociale masqué]"
# Between two groups: one sign at most, then the end of a line, where a mail program cut it.
FIN_DE_LIGNE = r"(?:\r?\n)?"
BLANC = rf"[ \u00a0]?{FIN_DE_LIGNE}"
ESPACE = rf"[ \t\u00a0\u2009\u202f.\-\u2011\u2013]?{FIN_DE_LIGNE}"
# A demande's number is looked for first: that of a territory 100 to 899 begins like a social security number.
NUD = re.compile(
    rf"(?<![0-9A-Za-z])(?:\d{{3}}|02[ABab]){BLANC}(?:0[1-9]|1[0-2])\d{{2}}{BLANC}\d{{6}}{BLANC}"
    r"[A-Za-z0-9]{5}(?![0-9A-Za-z])"
)
CLE = r"(?:[ \t\u00a0\u2009\u202f./\-\u2011\u2013]?\d{2})?"
EN_GROUPES = (
    rf"[1-8]{ESPACE}\d{{2}}{ESPACE}(?:0[1-9]|1[0-2]|[2-9]\d){ESPACE}(?:\d{{2}}|2[ABab]){ESPACE}"
    rf"\d{{3}}{ESPACE}\d{{3}}{CLE}"
)
EN_CASES = r"[1-8](?: \d){2} (?:0 [1-9]|1 [0-2]|[2-9] \d) (?:\d \d|2 [ABab])(?: \d){6}(?: \d \d)?"
"""As the boxes of a printed form give it: each sign by itself."""
NIR = re.compile(rf"(?<![0-9A-Za-z])(?:{EN_GROUPES}|{EN_CASES})(?![0-9A-Za-z])")

# « Mme Petit », « M. et Mme Le Goff », « Bonjour Élodie »: who is spoken of, known or not.
TITRE = r"M(?:M?\.|mes?|lles?|onsieur|adame|ademoiselle)"
NOM = rf"(?!{TITRE}(?!\w))(?:(?:[Dd]e |[Dd]u |[Ll]e |[Ll]a |[Dd][’']){{1,2}})?[A-ZÀ-ÖØ-Þ][\w’'\-]*"
NOMME = re.compile(
    rf"(?<!\w)((?:{TITRE} et )?{TITRE}|Bonjour|Bonsoir|Cher|Chère)[ \u00a0]{NOM}(?:[ \u00a0]{NOM}){{0,2}}"
)
COURRIEL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+33|0)[ \u00a0]?[1-9](?:[ \u00a0.\-]?\d{2}){4}(?!\d)")
OTE = "[…]"


class Genre(StrEnum):
    """What a piece of a text is."""

    TEXTE = "TEXTE"
    NUD = "NUD"
    NIR = "NIR"


@dataclass(frozen=True, slots=True)
class Morceau:
    """One piece, in the order of the text. ``texte``: as typed; of a NUD, in its 18 signs."""

    genre: Genre
    texte: str


def lire_numeros(texte: str) -> tuple[Morceau, ...]:
    """The text cut at its numbers; put together again they are the text, but for the blanks inside a NUD.

    A social security number is one with a wrong key or none (a slip is still somebody's number).
    """
    return tuple(_morceaux(texte))


def masquer_nir(texte: str) -> str:
    """The text without social security numbers, as it may be kept; numbers of demandes stay as they were typed."""
    gardes = [m.span() for m in NUD.finditer(texte)]

    def remplacer(trouve: re.Match[str]) -> str:
        dans = any(debut < trouve.end() and trouve.start() < fin for debut, fin in gardes)
        return trouve[0] if dans else MASQUE

    return NIR.sub(remplacer, texte)


def oter_qui(texte: str, noms: Collection[str]) -> str:
    """The text without these names, whatever their case, what follows « Mme » or « Bonjour », nor numbers, e-mail
    addresses and telephones.

    What went is « […] »: who reads it again sees that something is to be worded. Names of one letter are left.
    """
    mots = sorted({n.strip() for n in noms if len(n.strip()) > 1}, key=len, reverse=True)
    if mots:
        alternative = "|".join(re.escape(mot) for mot in mots)
        texte = re.sub(rf"(?<!\w)(?:{alternative})(?!\w)", OTE, texte, flags=re.IGNORECASE)
    for motif in (NUD, NIR, COURRIEL, TELEPHONE):
        texte = motif.sub(OTE, texte)
    return NOMME.sub(rf"\1 {OTE}", texte)


def lier_nuds(html: str, lien: Callable[[str], str]) -> str:
    """HTML of ours with each number of a demande replaced by ``lien`` of its 18 signs; nothing inside a tag changes."""
    return "".join(
        p if p.startswith("<") else NUD.sub(lambda m: lien(_en_18_signes(m[0])), p)
        for p in re.split(r"(<[^>]*>)", html)
    )


def _en_18_signes(nud: str) -> str:
    return re.sub(r"\s", "", nud).upper()


def _morceaux(texte: str) -> Iterator[Morceau]:
    rang = 0
    for trouve in NUD.finditer(texte):
        yield from _sans_nud(texte[rang : trouve.start()])
        yield Morceau(Genre.NUD, _en_18_signes(trouve[0]))
        rang = trouve.end()
    yield from _sans_nud(texte[rang:])


def _sans_nud(texte: str) -> Iterator[Morceau]:
    rang = 0
    for trouve in NIR.finditer(texte):
        if avant := texte[rang : trouve.start()]:
            yield Morceau(Genre.TEXTE, avant)
        yield Morceau(Genre.NIR, trouve[0])
        rang = trouve.end()
    if reste := texte[rang:]:
        yield Morceau(Genre.TEXTE, reste)
