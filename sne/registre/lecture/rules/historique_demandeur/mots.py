"""A value that the journal keeps, in words: labels, places, amounts, days; free texts are cleaned. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sne.registre.contenu.rules.arbre.champs import Champ, champ_de
from sne.socle.signes import INSECABLE

TEXTE_MAX = 200  # signs of a free text
_COURRIEL = re.compile(r"[^\s@;,]+@[^\s@;,]+")
_NUMERO = re.compile(r"(?:\+|00)?\d(?:[\s\u00a0\u202f.\-/()]*\d){5,}")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


class Nomenclatures(Protocol):
    """Labels of codes."""

    def libelle(self, liste: str, code: str) -> str: ...


class Geographie(Protocol):
    """Names of places."""

    def nom_commune(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Mots:
    """What wording needs: the lists and the places of that day."""

    nomenclatures: Nomenclatures
    geographie: Geographie

    def dire(self, chemin: str, texte: str) -> str:
        """One value in words; empty when it has none, as a whole block of fields."""
        champ = champ_de(chemin)
        if champ is None:
            return nettoyer(texte)
        if champ.repete and not chemin.endswith("]"):
            return self._liste(champ, _en_json(texte))
        return "" if champ.conteneur else self._feuille(champ, texte)

    def _liste(self, champ: Champ, valeurs: object) -> str:
        if not isinstance(valeurs, Sequence) or isinstance(valeurs, str):
            return ""
        dites = (self._element(champ, valeur) for valeur in valeurs)
        return ", ".join(filter(None, dites))

    def _element(self, champ: Champ, valeur: object) -> str:
        """One of a list: its label; a place by its names, an income by its kind and its amount."""
        if not isinstance(valeur, Mapping):
            return self._feuille(champ, str(valeur))
        if "commune" in valeur:
            lieu = self.geographie.nom_commune(str(valeur["commune"] or ""))
            return " ".join(filter(None, (lieu, nettoyer(valeur.get("quartier")))))
        nature = champ_de(f"{champ.chemin}.nature")
        if nature is None:
            return ""
        sorte = self._feuille(nature, str(valeur.get("nature") or ""))
        montant = _nombre(str(valeur.get("montant_mensuel") or ""), surface=False)
        return f"{sorte}{INSECABLE}: {montant}" if montant else sorte

    def _feuille(self, champ: Champ, texte: str) -> str:
        if champ.liste:
            return self.nomenclatures.libelle(champ.liste, texte) if texte else ""
        if champ.type is bool:
            return "Oui" if _en_json(texte.lower()) is True else "Non"
        if champ.type is date:
            return _jour(texte)
        if champ.type is Decimal:
            return _nombre(texte, surface=champ.chemin.endswith("surface"))
        return nettoyer(texte)


def nettoyer(texte: str | None) -> str:
    """A text that somebody typed, without what looks like an address, a telephone or a number of somebody."""
    net = _NUMERO.sub(_sauf_une_date, _COURRIEL.sub("…", " ".join((texte or "").split())))
    return net if len(net) <= TEXTE_MAX else f"{net[: TEXTE_MAX - 1]}…"


def _sauf_une_date(trouve: re.Match[str]) -> str:
    return trouve[0] if _DATE.fullmatch(trouve[0]) else "…"


def _en_json(texte: str) -> object:
    try:
        lu: object = json.loads(texte)
    except ValueError:
        return None
    return lu


def _jour(texte: str) -> str:
    try:
        return f"{date.fromisoformat(texte):%d/%m/%Y}"
    except ValueError:
        return ""


def _nombre(texte: str, *, surface: bool) -> str:
    try:
        montant = Decimal(texte)
    except ArithmeticError:
        return ""
    entier, _, decimales = f"{montant:,.2f}".partition(".")
    nombre = entier.replace(",", INSECABLE) + (f",{decimales}" if decimales != "00" else "")
    return f"{nombre}{INSECABLE}{'m²' if surface else '€'}"
