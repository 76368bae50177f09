"""What a questionnaire asks, what may be answered, what of the answers is shown. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Any

from sne.socle.erreurs import Interdit
from sne.textes.rules import masquer_nir

TITRE_MAX, INTRO_MAX, PHRASE_MAX, TEXTE_MAX = 120, 600, 300, 1_000
OUI_NON = {"OUI": "Oui", "NON": "Non"}
ECHELLE = {str(n): str(n) for n in range(1, 6)}


class Genre(StrEnum):
    """Kinds of question."""

    OUI_NON = "OUI_NON"
    CHOIX = "CHOIX"
    MULTIPLE = "MULTIPLE"
    ECHELLE = "ECHELLE"
    NOMBRE = "NOMBRE"
    TEXTE = "TEXTE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``options``: code → words; ``si``: asked when that other one was answered so."""

    code: str
    genre: Genre
    libelle: str
    options: Mapping[str, str]
    obligatoire: bool = True
    si: tuple[str, str] | None = None


def lire_questions(decrites: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions as they are kept. Raises ``ValueError``: a code twice, a condition on nothing before it.

    ``options``: pairs, in the order in which they are shown.
    """
    lues: dict[str, Question] = {}
    for d in decrites:
        genre, si = Genre(d["genre"]), d.get("si")
        options = {Genre.OUI_NON: OUI_NON, Genre.ECHELLE: ECHELLE}.get(genre, dict(d.get("options", ())))
        if d["code"] in lues or (si and si[1] not in lues[si[0]].options):
            raise ValueError(d["code"])
        lues[d["code"]] = Question(
            code=d["code"],
            genre=genre,
            libelle=d["libelle"],
            options=options,
            obligatoire=d.get("obligatoire", True),
            si=tuple(si) if si else None,
        )
    return tuple(lues.values())


def est_posee(question: Question, reponses: Mapping[str, Any]) -> bool:
    """Whether it is asked, after these answers."""
    return question.si is None or reponses.get(question.si[0]) == question.si[1]


def lire_reponses(questions: Sequence[Question], saisi: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of what was typed, without social security number. Raises ``Interdit`` on the question's code."""
    gardees: dict[str, Any] = {}
    for question in questions:
        if not est_posee(question, gardees):
            continue
        valeur = _lire(question, saisi.get(question.code))
        if valeur in ("", None, []):
            if question.obligatoire:
                raise Interdit("Répondez à cette question.", champ=question.code)
            continue
        gardees[question.code] = valeur
    return gardees


def _lire(question: Question, valeur: Any) -> Any:
    if question.genre is Genre.MULTIPLE:
        return sorted({str(v) for v in valeur or ()} & question.options.keys())
    texte = str(valeur if valeur is not None else "").strip()
    if question.genre is Genre.TEXTE:
        if len(texte) > TEXTE_MAX:
            raise Interdit(f"{TEXTE_MAX} signes au plus.", champ=question.code)
        return masquer_nir(texte)
    if question.genre is Genre.NOMBRE:
        if texte and not (texte.isdecimal() and texte.isascii() and len(texte) <= 6):
            raise Interdit("Tapez un nombre entier, en chiffres.", champ=question.code)
        return int(texte) if texte else None
    if texte and texte not in question.options:
        raise Interdit("Ce choix n’existe pas dans la liste. Choisissez-en un autre.", champ=question.code)
    return texte


@dataclass(frozen=True, slots=True)
class Cellule:
    """How many chose this; ``None``: too few, or what would give them away."""

    libelle: str
    nombre: int | None


@dataclass(frozen=True, slots=True)
class Resultat:
    """What was answered to one question. ``cellules``, or ``mediane``, or ``textes``; nothing under the threshold."""

    question: Question
    reponses: int | None
    cellules: tuple[Cellule, ...] = ()
    mediane: float | None = None
    textes: tuple[str, ...] = ()


def depouiller(
    questions: Sequence[Question], reponses: Collection[Mapping[str, Any]], *, seuil: int
) -> tuple[Resultat, ...]:
    """Question by question; texts in the order of letters, which is nobody's."""
    return tuple(
        _depouiller(question, [r[question.code] for r in reponses if question.code in r], seuil)
        for question in questions
    )


def _depouiller(question: Question, valeurs: list[Any], seuil: int) -> Resultat:
    if len(valeurs) < seuil:
        return Resultat(question, None)
    if question.genre is Genre.TEXTE:
        return Resultat(question, len(valeurs), textes=tuple(sorted(valeurs)))
    if question.genre is Genre.NOMBRE:
        return Resultat(question, len(valeurs), mediane=float(median(valeurs)))
    if question.genre is Genre.MULTIPLE:
        comptes = Counter(choix for valeur in valeurs for choix in valeur)
        montrees = {
            code: None if min(comptes[code], len(valeurs) - comptes[code]) < seuil else comptes[code]
            for code in question.options
        }
    else:
        comptes = Counter(valeurs)
        montrees = masquer({code: comptes[code] for code in question.options}, seuil=seuil)
    cellules = tuple(Cellule(nom, montrees[code]) for code, nom in question.options.items())
    return Resultat(question, len(valeurs), cellules)


def masquer(cellules: Mapping[str, int], *, seuil: int) -> dict[str, int | None]:
    """Parts of a total that is shown: those under the threshold hidden, and others until nobody can subtract.

    What is hidden is either nothing, or two cells at least that together hold the threshold.
    """
    montrees: dict[str, int | None] = {c: None if n < seuil else n for c, n in cellules.items()}
    cachees = [c for c, n in montrees.items() if n is None]
    restent = sorted((c for c in cellules if c not in cachees), key=lambda c: (cellules[c], c))
    while cachees and restent and (len(cachees) < 2 or sum(cellules[c] for c in cachees) < seuil):
        cachees.append(restent.pop(0))
        montrees[cachees[-1]] = None
    return montrees


def strates_gardees(strates: Sequence[str], *, seuil: int) -> list[str]:
    """Of answers written together: a place is kept where the threshold of them share it."""
    comptes = Counter(strates)
    return [s if comptes[s] >= seuil else "" for s in strates]
