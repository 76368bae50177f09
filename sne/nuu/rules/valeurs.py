"""Values of the interface: what is read becomes what the tree takes; what the tree holds becomes what fits. Pure."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from sne.registre.contenu.rules.arbre.telephone import Telephone

PARIS = ZoneInfo("Europe/Paris")
HORS_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BOOLEENS = {"true": True, "1": True, "false": False, "0": False}
ILLISIBLE = "?"
"""Stands for what no type of the tree takes: the tree then names the field, and what was sent is not repeated."""
JOUR = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
BLANCS = re.compile(r"[ \t\r\n]+")
NOMBRE = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
COURRIEL = re.compile(r"[a-zA-Z0-9_.\-]+@[a-zA-Z0-9_.\-]+\.[a-zA-Z]{1,3}")
COURRIEL_MAX = 255
INDICATIFS = re.compile(r"\+(?:33|262|590|594|596)")
AU_MOT = frozenset(
    {
        "employeur",
        "profession",
        "nom_organisme",
        "organisme_collecteur",
        "quartier",
        "autre_motif",
        "precisions",
        "besoin_particulier",
        "autre_besoin",
        "nature",
        "adresse",
    }
)
"""Fields cut at a word when they are too long for the interface."""
ABREVIATIONS = {
    "APPARTEMENT": "APT", "AVENUE": "AV", "BATIMENT": "BAT", "BÂTIMENT": "BAT", "BOULEVARD": "BD", "CHEMIN": "CHE",
    "ESCALIER": "ESC", "IMPASSE": "IMP", "PLACE": "PL", "RESIDENCE": "RES", "RÉSIDENCE": "RES", "ROUTE": "RTE",
    "SQUARE": "SQ", "ALLEE": "ALL", "ALLÉE": "ALL", "FAUBOURG": "FG", "GENERAL": "GAL", "GÉNÉRAL": "GAL",
    "SAINT": "ST", "SAINTE": "STE", "LOTISSEMENT": "LOT", "COMMANDANT": "CDT", "DOCTEUR": "DR",
}  # fmt: skip
"""Postal abbreviations (norme AFNOR XP Z10-011)."""
LIBRES = frozenset({"precisions", "besoin_particulier", "autre_besoin", "autre_motif"})
"""Fields that keep their line breaks."""


def lire(genre: str, nom: str, recu: str) -> object:
    """What the tree is given for the text of one element; ``nom``: last word of its field. ``None``: nothing said."""
    dit = recu.strip(" \t\r\n")
    return _LECTURES[genre](nom, dit) if dit else None


def _texte(nom: str, recu: str) -> object:
    return recu if nom in LIBRES else BLANCS.sub(" ", recu)


def _bool(_nom: str, recu: str) -> object:
    return BOOLEENS.get(recu, ILLISIBLE)


def _jour(_nom: str, recu: str) -> object:
    """The zone is dropped without moving the day; an instant keeps its day."""
    trouve = JOUR.fullmatch(recu)
    return trouve.group(1) if trouve else ILLISIBLE


def _nombre(_nom: str, recu: str) -> object:
    return recu.removeprefix("+") if NOMBRE.fullmatch(recu) and len(recu) <= 20 else ILLISIBLE


_LECTURES: dict[str, Callable[[str, str], object]] = {
    "text": _texte,
    "bool": _bool,
    "date": _jour,
    "int": _nombre,
    "montant": _nombre,
}


def lire_code(nom: str, recu: str) -> str | None:
    """The code in the attribute of an element: case and white space around do not count; a commune has five signs."""
    code = recu.strip().upper()
    return code.zfill(5) if nom == "commune" and code.isascii() and code.isdigit() else code or None


def lire_instant(recu: str) -> datetime | None:
    """An ``xs:dateTime`` (up to nine fractional digits, ``24:00:00``; Paris without an offset), or ``None``."""
    trouve = INSTANT.fullmatch(recu.strip())
    if trouve is None:
        return None
    jour, heure, minute, seconde, fraction, zone = trouve.groups()
    lendemain = heure == "24" and {minute, seconde} == {"00"}
    try:
        lu = datetime.fromisoformat(
            f"{jour}T{'00' if lendemain else heure}:{minute}:{seconde}.{(fraction or '0')[:6]:0<6}{zone or ''}"
        )
        lu += timedelta(days=lendemain)
    except (ValueError, OverflowError):
        return None
    return lu if lu.tzinfo else lu.replace(tzinfo=PARIS)


def ecrire_texte(texte: str, longueur: int, *, nom: str = "") -> str:
    """``texte`` as it fits in ``longueur`` characters, without what no XML holds and without space at the end."""
    propre = HORS_XML.sub("", texte)
    if longueur and len(propre) > longueur:
        coupe = propre[:longueur]
        if nom in AU_MOT and " " in coupe and propre[longueur] != " ":
            coupe = coupe.rpartition(" ")[0]
        propre = coupe
    return propre.strip()


def abreger(texte: str, longueur: int) -> str:
    """A line of an address with the abbreviations of the post, when it is too long without."""
    if len(texte) <= longueur:
        return texte
    return " ".join(ABREVIATIONS.get(mot.upper(), mot) for mot in texte.split(" "))


def ecrire_nombre(valeur: Decimal | int, bornes: tuple[int, int] | None) -> str | None:
    """Whole number, rounded half up; ``None`` out of what the interface takes: cutting it would say something else."""
    entier = int(Decimal(valeur).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if bornes and not bornes[0] <= entier <= bornes[1]:
        return None
    return str(entier)


def ecrire_telephone(numero: Telephone) -> str | None:
    """Ten national digits; a foreign number is left out; a short one is given as typed when it is digits only."""
    if numero.e164:
        national = INDICATIFS.match(numero.e164)
        return (
            f"0{numero.e164[national.end() :]}"
            if national and len(numero.e164) - national.end() == 9
            else None
        )
    chiffres = re.sub(r"[\s.\-/]", "", numero.saisi)
    return chiffres if re.fullmatch(r"[0-9]{1,10}", chiffres) else None


def ecrire_courriel(adresse: str) -> str | None:
    """The address when the interface's narrow pattern takes it, else nothing: a cut address would be another one."""
    return adresse if COURRIEL.fullmatch(adresse) and len(adresse) <= COURRIEL_MAX else None
