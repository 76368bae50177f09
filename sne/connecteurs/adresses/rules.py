"""Words of an address, the same for what is indexed and for what is typed; what a typed word may have meant."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.distance import OSA

ABREVIATIONS: Mapping[str, str] = {
    "all": "allee",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "cdt": "commandant",
    "che": "chemin",
    "chem": "chemin",
    "crs": "cours",
    "dr": "docteur",
    "fbg": "faubourg",
    "fg": "faubourg",
    "gal": "general",
    "imp": "impasse",
    "mal": "marechal",
    "pass": "passage",
    "pdt": "president",
    "pl": "place",
    "prof": "professeur",
    "res": "residence",
    "rte": "route",
    "sq": "square",
    "st": "saint",
    "ste": "sainte",
}
VIDES = frozenset({"d", "de", "des", "du", "l", "la", "le", "les"})
_AUTRES_SIGNES = re.compile(r"[^a-z0-9]+")
# « 12 », « 12bis », « 12 bis », « 12b »: a number, and what follows it, when a word comes next.
_NUMERO = re.compile(r"^0*([1-9][0-9]{0,3})(?: ?(bis|ter|quater)|([a-h]))?(?= [a-z0-9])")
LETTRES_DEUX_FAUTES = 7  # a word this long may hold two mistakes
VOISINS_MAX = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: « 12 bis » or empty, words in their order; ``en_cours``: the last one may not be whole."""

    numero: str
    mots: tuple[str, ...]
    en_cours: bool


def mots(texte: str) -> tuple[str, ...]:
    """Words of a name: small letters without accents, abbreviations in full, small words left out unless alone."""
    tous = [ABREVIATIONS.get(mot, mot) for mot in _nu(texte).split()]
    return tuple(mot for mot in tous if mot not in VIDES) or tuple(tous)


def lire_question(texte: str) -> Question:
    """What was typed, whole or not. A number is one only at the start, before a word."""
    nu = _nu(texte)
    trouve = _NUMERO.match(nu)
    numero = ""
    if trouve:
        numero = " ".join(filter(None, (trouve[1], trouve[2] or trouve[3])))
        nu = nu[trouve.end() :]
    lus = nu.split()
    en_cours = bool(lus) and texte[-1:].isalnum()
    if en_cours:  # « all » may be the start of « Allier »
        *entiers, dernier = lus
        if entiers and len(dernier) == 1:  # one letter begins everything
            return Question(numero, mots(" ".join(entiers)), en_cours=False)
        return Question(numero, (*(mots(" ".join(entiers)) if entiers else ()), dernier), en_cours=True)
    return Question(numero, mots(nu), en_cours=False)


def sans_une_lettre(mot: str) -> list[str]:
    """A word, and what is left of it without each of its letters: two words one slip apart have one of these in common.

    None of a number: « 59000 » is not a slip for « 59100 ».
    """
    return [mot, *(mot[:rang] + mot[rang + 1 :] for rang in range(len(mot)))] if mot.isalpha() else []


def proches(mot: str, candidats: Iterable[str], *, fautes: int) -> list[str]:
    """Those of these words that this one may be ``fautes`` slips for, nearest first.

    A slip: two letters turned round, one missing, one too many, one for another.
    """
    distances = sorted((OSA.distance(mot, autre, score_cutoff=fautes), autre) for autre in candidats)
    return [autre for distance, autre in distances if 0 < distance <= fautes][:VOISINS_MAX]


def requete(choix: Sequence[Sequence[str]]) -> str:
    """The query of PostgreSQL for streets that have one word of each choice; « mot* » stands for its beginnings."""
    return " & ".join("(" + " | ".join(_lexeme(mot) for mot in un) + ")" for un in choix)


def requete_sauf_un(choix: Sequence[Sequence[str]]) -> str:
    """The same for all choices but one, whichever; empty when there are too few for that to say anything."""
    if len(choix) < 3:
        return ""
    return " | ".join(f"({requete([*choix[:rang], *choix[rang + 1 :]])})" for rang in range(len(choix)))


def cle_du_numero(voie: str, numero: str) -> str:
    """The key of a number in the national base, from that of its street: « 59350_0001 » → « 59350_0001_00012_bis »."""
    rang, _, suite = numero.partition(" ")
    return "_".join(filter(None, (voie, rang.zfill(5), suite)))


def _lexeme(mot: str) -> str:
    return f"'{mot[:-1]}':*" if mot.endswith("*") else f"'{mot}'"


def _nu(texte: str) -> str:
    return _AUTRES_SIGNES.sub(" ", anyascii(texte).lower()).strip()
