"""One line: an operation under a key of the vendor; rows of a table become the same thing."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sne.imports.rules.formats import FichierRefuse
from sne.registre.contenu.rules.arbre.champs import Champ, champ_de
from sne.registre.contenu.rules.arbre.racine import Contenu

CLE = re.compile(r"[!-~]{1,64}")
PLACE = re.compile(r"([a-z_0-9]{1,40})(?:\[([1-9][0-9]?)\])?")
OUI, NON = frozenset({"oui", "true", "1"}), frozenset({"non", "false", "0"})
DE_LA_DEMANDE = frozenset(
    {
        "cle",
        "date_reception",
        "reference_editeur",
        "anteriorite_motif",
        "piece_vue.type",
        "piece_vue.vue_le",
        "piece_vue.fin",
        "piece_vue.dispense_titre",
        "piece_vue.explication",
        "nirs.demandeur",
        "doublons.motif",
    }
)
"""Columns of a table that are not of the content tree."""
NIRS, VUS = re.compile(r"nirs\.cotitulaires\[[1-9]\]"), re.compile(r"doublons\.vus\[[1-9]\]")


@dataclass(frozen=True, slots=True)
class Operation:
    """What one line asks for. ``cle``: the vendor's own, which makes the identifier of what is done."""

    cle: str
    operation: str
    nud: str
    corps: Mapping[str, Any]


class LigneIllisible(ValueError):
    """A line that is no operation; ``str(exc)`` is a code."""


def lire_operation(texte: str | None) -> Operation:
    """The operation of a line of JSON. Raises ``LigneIllisible``."""
    try:
        lu = json.loads(texte or "", parse_float=Decimal, parse_constant=_aucune, object_pairs_hook=_une_fois)
    except (ValueError, RecursionError):
        raise LigneIllisible("LIGNE_ILLISIBLE") from None
    if not isinstance(lu, dict) or not lu.keys() <= {"cle", "operation", "nud", "corps"}:
        raise LigneIllisible("LIGNE_ILLISIBLE")
    cle, operation, nud, corps = (lu.get(nom) for nom in ("cle", "operation", "nud", "corps"))
    if not isinstance(cle, str) or not CLE.fullmatch(cle):
        raise LigneIllisible("CLE_ABSENTE")
    if not isinstance(operation, str) or not isinstance(corps, dict) or not isinstance(nud or "", str):
        raise LigneIllisible("LIGNE_ILLISIBLE")
    if not est_lisible(lu):
        raise LigneIllisible("LIGNE_ILLISIBLE")
    return Operation(cle, operation, nud or "", corps)


def est_lisible(valeur: Any) -> bool:
    """Whether no text holds a null sign or half of a sign, which no base keeps."""
    a_lire = [valeur]
    while a_lire:
        lue = a_lire.pop()
        if isinstance(lue, str) and ("\0" in lue or any("\ud800" <= signe <= "\udfff" for signe in lue)):
            return False
        if isinstance(lue, dict):
            a_lire += [*lue, *lue.values()]
        elif isinstance(lue, list):
            a_lire += lue
    return True


def _aucune(_: str) -> Any:
    raise ValueError


def _une_fois(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    lu = dict(paires)
    if len(lu) != len(paires):
        raise ValueError
    return lu


@dataclass(frozen=True, slots=True)
class Colonne:
    """Where the values of one column go: names and ranks from the body of a registration; ``champ``: of the tree."""

    etapes: tuple[str | int, ...]
    champ: Champ | None = None


def lire_colonnes(noms: Sequence[str]) -> tuple[Colonne, ...]:
    """The columns of a table. Raises ``FichierRefuse``, which tells a column by its rank and never quotes it."""
    if "cle" not in noms:
        raise FichierRefuse("Colonne «\u00a0cle\u00a0»\u00a0: elle manque. Donnez une clé à chaque ligne.")
    for rang, nom in enumerate(noms, start=1):
        if nom in noms[: rang - 1]:
            raise FichierRefuse(f"Colonne {rang}\u00a0: elle est là deux fois. Retirez-en une.")
    return tuple(_colonne(nom, rang) for rang, nom in enumerate(noms, start=1))


def _colonne(nom: str, rang: int) -> Colonne:
    etapes = _etapes(nom)
    if etapes and (nom in DE_LA_DEMANDE or VUS.fullmatch(nom)):
        return Colonne(etapes)
    if NIRS.fullmatch(nom):
        return Colonne(("nirs", f"cotitulaires[{int(nom[-2]) - 1}]"))
    champ = champ_de(_en_chemin(etapes)) if etapes and etapes[0] in Contenu.model_fields else None
    if champ is None or champ.conteneur or champ.repete is not isinstance(etapes[-1], int):
        raise FichierRefuse(
            f"Colonne {rang}\u00a0: ce n’est pas un champ d’une demande. Reprenez les chemins du contrat, "
            "les groupes répétés par [1]."
        )
    return Colonne(("contenu", *etapes), champ)


def _etapes(nom: str) -> tuple[str | int, ...]:
    """``cotitulaires[1].identite`` → ``("cotitulaires", 1, "identite")``; empty for what is no path."""
    etapes: list[str | int] = []
    for partie in nom.split("."):
        lue = PLACE.fullmatch(partie)
        if lue is None:
            return ()
        etapes += [lue[1], int(lue[2])] if lue[2] else [lue[1]]
    return tuple(etapes)


def _en_chemin(etapes: Sequence[str | int]) -> str:
    return "".join(f"[{e}]" if isinstance(e, int) else f".{e}" for e in etapes).removeprefix(".")


def operation_de(colonnes: Sequence[Colonne], valeurs: Sequence[str | None]) -> str | None:
    """A row as a line of JSON that registers a demande; ``None`` when it has not as many values as columns."""
    if len(valeurs) != len(colonnes):
        return None
    corps: dict[str, Any] = {}
    for colonne, valeur in zip(colonnes, valeurs, strict=True):
        if valeur:
            _poser(corps, colonne, valeur)
    lu = _listes(corps)
    ligne = {"cle": lu.pop("cle", ""), "operation": "deposer", "corps": lu}
    return json.dumps(ligne, ensure_ascii=False, separators=(",", ":"))


def _poser(corps: dict[str, Any], colonne: Colonne, valeur: str) -> None:
    ici: dict[Any, Any] = corps
    for etape in colonne.etapes[:-1]:
        ici = ici.setdefault(etape, {})
    ici[colonne.etapes[-1]] = _lire_valeur(colonne, valeur)


def _lire_valeur(colonne: Colonne, valeur: str) -> str | bool | int:
    """A text as the tree takes it: what is not read as its type stays a text, which the tree refuses by its place."""
    genre = colonne.champ.type if colonne.champ else bool if colonne.etapes[-1] == "dispense_titre" else str
    if genre is bool and (dit := valeur.strip().lower()) in OUI | NON:
        return dit in OUI
    return int(valeur) if genre is int and re.fullmatch(r"[0-9]{1,9}", valeur) else valeur


def _listes(valeur: Any) -> Any:
    """Blocks whose names are ranks, as lists."""
    if not isinstance(valeur, dict):
        return valeur
    if valeur and all(isinstance(nom, int) for nom in valeur):
        return [_listes(valeur[rang]) for rang in sorted(valeur)]
    return {nom: _listes(v) for nom, v in valeur.items()}
