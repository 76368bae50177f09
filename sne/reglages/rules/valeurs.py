"""A value as a person types and reads it: by the kind of its parameter; what its bounds refuse, in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import ValidationError

from sne.referentiels.rules import ValeurDatee
from sne.referentiels.rules.parametres import codes, groupe_en_vigueur
from sne.socle.erreurs import Interdit

OUI, NON = "oui", "non"
ENTIER, DECIMAL = re.compile(r"-?\d{1,15}"), re.compile(r"-?\d{1,15}(\.\d{1,15})?")
HORS_FORME = "elle n’a pas la forme attendue. Comparez-la à la valeur d’aujourd’hui."


class Genre(StrEnum):
    """How a value is typed."""

    ENTIER = "ENTIER"
    NOMBRE = "NOMBRE"
    OUI_NON = "OUI_NON"
    CHOIX = "CHOIX"
    LIGNES = "LIGNES"  # texts or whole numbers, one a line
    ENSEMBLE = "ENSEMBLE"  # figures that go together, « name : figure », one a line
    TEXTE = "TEXTE"


@dataclass(frozen=True, slots=True)
class Forme:
    """The kind of a parameter, and its bounds in words. ``choix``: the only texts that it may be."""

    genre: Genre
    bornes: str = ""
    choix: tuple[str, ...] = ()


@cache
def forme_de(code: str) -> Forme:
    """How the value of this parameter is typed, read from what its module declares."""
    schema = codes()[code].model_json_schema()
    ecrit = schema["properties"][code]
    ecrit = schema["$defs"][ecrit["$ref"].rpartition("/")[2]] if "$ref" in ecrit else ecrit
    if "enum" in ecrit:
        return Forme(Genre.CHOIX, choix=tuple(ecrit["enum"]))
    genres = {
        "integer": Genre.ENTIER,
        "number": Genre.NOMBRE,
        "boolean": Genre.OUI_NON,
        "array": Genre.LIGNES,
        "object": Genre.ENSEMBLE,
        "string": Genre.TEXTE,
    }
    return Forme(genres[ecrit["type"]], _bornes(ecrit))


def _bornes(ecrit: Mapping[str, Any]) -> str:
    """« De 1 à 12. », « Au moins 0. »"""
    mots = {
        "minimum": "{} au moins",
        "exclusiveMinimum": "plus de {}",
        "maximum": "{} au plus",
        "exclusiveMaximum": "moins de {}",
    }
    dites = [phrase.format(_nombre(ecrit[cle])) for cle, phrase in mots.items() if cle in ecrit]
    return f"{', '.join(dites)}." if dites else ""


def _nombre(valeur: float) -> str:
    return f"{valeur:.15g}".replace(".", ",")


def dire_valeur(valeur: Any) -> str:
    """A value as it is typed."""
    match valeur:
        case bool():
            return OUI if valeur else NON
        case int() | float():
            return _nombre(valeur)
        case list():
            return "\n".join(map(dire_valeur, valeur))
        case dict():
            return "\n".join(f"{nom}\u00a0: {dire_valeur(sienne)}" for nom, sienne in valeur.items())
    return str(valeur)


def lire_valeur(code: str, texte: str) -> Any:
    """What was typed, as the tables keep it. Raises ``Interdit`` when it is not of the kind of this parameter."""
    forme, lignes = forme_de(code), [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    match forme.genre:
        case Genre.LIGNES:
            return [int(ligne) if ENTIER.fullmatch(ligne) and _d_entiers(code) else ligne for ligne in lignes]
        case Genre.ENSEMBLE:
            return dict(_lire_paire(ligne) for ligne in lignes)
        case Genre.ENTIER | Genre.NOMBRE:
            return _lire_nombre(texte, entier=forme.genre is Genre.ENTIER)
        case Genre.OUI_NON:
            if texte.strip().lower() not in {OUI, NON}:
                raise _refus("répondez oui ou non.")
            return texte.strip().lower() == OUI
    return texte.strip()


def _d_entiers(code: str) -> bool:
    return bool(codes()[code].model_json_schema()["properties"][code]["items"].get("type") == "integer")


def _lire_nombre(texte: str, *, entier: bool = False) -> float:
    nu = re.sub(r"\s", "", texte).replace(",", ".")
    if ENTIER.fullmatch(nu):
        return int(nu)
    if entier or not DECIMAL.fullmatch(nu):
        exemple = "un nombre entier, par exemple 12" if entier else "un nombre, par exemple 0,5"
        raise _refus(f"écrivez {exemple}.")
    return float(nu)


def _lire_paire(ligne: str) -> tuple[str, float]:
    nom, separe, valeur = ligne.partition(":")
    if not separe:
        raise _refus("écrivez sur chaque ligne un nom, deux points et un nombre, comme aujourd’hui.")
    return nom.strip(), _lire_nombre(valeur)


def _refus(phrase: str) -> Interdit:
    return Interdit(f"Valeur\u00a0: {phrase}", champ="valeur")


def exiger_tenable(proposee: ValeurDatee, existantes: Iterable[ValeurDatee]) -> None:
    """Refuse a value out of its bounds, or that does not hold together with the others of its module, on its first day
    and on each later day when one of them changes. Raises ``Interdit``.
    """
    groupe, debut = codes()[proposee.code], proposee.periode.debut
    siennes = [
        v
        for v in existantes
        if v.code in groupe.model_fields and (v.code, v.periode.debut) != (proposee.code, debut)
    ]
    for jour in _jours(proposee, siennes):
        try:
            groupe_en_vigueur(groupe, (*siennes, proposee), jour)
        except ValidationError as erreur:
            raise _refus(_dire_l_erreur(erreur)) from erreur


def _jours(proposee: ValeurDatee, siennes: Sequence[ValeurDatee]) -> list[date]:
    debut = proposee.periode.debut or date.min
    changements = {v.periode.debut for v in siennes if v.periode.debut}
    changements |= {v.periode.fin + timedelta(days=1) for v in siennes if v.periode.fin}
    return [debut, *sorted(jour for jour in changements if jour > debut)]


def _dire_l_erreur(erreur: ValidationError) -> str:
    """The first thing that refuses it, in words."""
    premiere = erreur.errors()[0]
    contexte = premiere.get("ctx", {})
    mots = {
        "greater_than_equal": ("ge", "{} au moins."),
        "greater_than": ("gt", "plus de {}."),
        "less_than_equal": ("le", "{} au plus."),
        "less_than": ("lt", "moins de {}."),
    }
    if premiere["type"] in mots:
        cle, phrase = mots[premiere["type"]]
        return phrase.format(_nombre(contexte[cle]))
    if premiere["type"] == "value_error" and not premiere["loc"]:  # several together: their module says why
        return str(contexte["error"])
    return HORS_FORME
