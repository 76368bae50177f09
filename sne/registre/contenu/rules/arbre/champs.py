"""The fields of the tree as data: generic paths, French titles, nomenclatures; and a walk over the values
of a tree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.racine import Contenu

RANG = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Champ:
    """One field. ``chemin`` is generic: ``cotitulaires[].identite.nom_naissance``; ``[]`` ends a repeated
    field.

    ``type`` is the Python type of one value; ``liste`` names the nomenclature of a coded field.
    """

    chemin: str
    titre: str
    liste: str
    type: type
    repete: bool

    @property
    def conteneur(self) -> bool:
        """Whether it holds fields of its own (a phone number or a NIR is one value)."""
        return issubclass(self.type, Noeud) and not self.type.feuille


def generique(chemin: str) -> str:
    """``cotitulaires[0].identite`` → ``cotitulaires[].identite``."""
    return RANG.sub("[]", chemin)


def _type_de(annotation: Any) -> tuple[type, bool]:
    """Type of one value, and whether the field holds several."""
    if get_origin(annotation) is tuple:
        return _type_de(get_args(annotation)[0])[0], True
    if get_origin(annotation) in {Union, UnionType}:
        return _type_de(next(a for a in get_args(annotation) if a is not NoneType))
    if hasattr(annotation, "__metadata__"):
        return _type_de(annotation.__origin__)
    return annotation, False


def type_du_champ(info: FieldInfo) -> type:
    """Python type of one value of a field."""
    return _type_de(info.annotation)[0]


def _liste_de(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    return str(extra.get("liste", "")) if isinstance(extra, dict) else ""


def _parcourir(noeud: type[Noeud], prefixe: str) -> Iterator[Champ]:
    for nom, info in noeud.model_fields.items():
        type_, repete = _type_de(info.annotation)
        champ = Champ(
            chemin=f"{prefixe}{nom}{'[]' if repete else ''}",
            titre=info.title or nom,
            liste=_liste_de(info),
            type=type_,
            repete=repete,
        )
        yield champ
        if champ.conteneur:
            yield from _parcourir(type_, f"{champ.chemin}.")


@cache
def champs() -> Mapping[str, Champ]:
    """Every field of the tree by generic path, containers included, in the order of the tree."""
    return {champ.chemin: champ for champ in _parcourir(Contenu, "")}


def champ_de(chemin: str) -> Champ | None:
    """The field that a concrete path names, or ``None``: ``handicaps[2].etat``, ``motifs.codes[0]``,
    ``motifs.codes``.
    """
    connu = generique(chemin)
    return champs().get(connu) or champs().get(f"{connu}[]")


NOMS_DES_GROUPES = {
    "demandeur": "Demandeur",
    "cotitulaires[]": "Cotitulaire",
    "foyer.personnes_a_charge[]": "Personne à charge",
    "foyer.enfants_en_garde[]": "Enfant en garde",
    "foyer.ressources_personnes_a_charge": "Personnes à charge",
    "handicaps[]": "Fiche handicap",
    "logement_actuel": "Logement actuel",
    "logement_possede": "Logement possédé",
    "association": "Association",
    "souhaits.localisations[]": "Communes souhaitées",
}


def libelle(chemin: str) -> str:
    """French name of a place of the tree: « Cotitulaire 1, nom de naissance » for
    ``cotitulaires[0].identite…``.

    A path that is not of the tree is returned as it is.
    """
    champ = champ_de(chemin)
    if champ is None:
        return chemin
    connu = generique(chemin)
    for groupe, nom in NOMS_DES_GROUPES.items():
        if connu == groupe or connu.startswith(f"{groupe}."):
            rang = RANG.search(chemin) if groupe.endswith("[]") else None
            numerote = f"{nom} {int(rang.group(1)) + 1}" if rang else nom
            return numerote if connu == groupe else f"{numerote}, {_minuscule(champ.titre)}"
    return champ.titre


def _minuscule(titre: str) -> str:
    """Lower-case the first letter, unless it starts an acronym (« SIREN du bailleur »)."""
    return titre if titre[:2].isupper() else titre[:1].lower() + titre[1:]


Valeur = str | date | bool | Decimal | int | Noeud
Feuille = tuple[str, Champ, Valeur]
"""Concrete path, field, value."""


def valeurs(contenu: Contenu) -> Sequence[Feuille]:
    """Every filled leaf of a tree (repeated codes one by one)."""
    feuilles: list[Feuille] = []
    _relever(contenu, "", "", feuilles)
    return feuilles


def _relever(noeud: Noeud, prefixe: str, generique_: str, feuilles: list[Feuille]) -> None:
    """Add the leaves under a node to ``feuilles``: each registration walks its tree, so this stays plain."""
    for nom, champ, conteneur, defaut in _champs_du_noeud(type(noeud), generique_):
        valeur = getattr(noeud, nom)
        if valeur is None or valeur is defaut:  # a block nobody filled is the default itself
            continue
        elements = (
            [(f"{prefixe}{nom}[{rang}]", element) for rang, element in enumerate(valeur)]
            if champ.repete
            else ((f"{prefixe}{nom}", valeur),)
        )
        for chemin, element in elements:
            if conteneur:
                _relever(element, f"{chemin}.", f"{champ.chemin}.", feuilles)
            else:
                feuilles.append((chemin, champ, element))


@cache
def _champs_du_noeud(noeud: type[Noeud], generique_: str) -> tuple[tuple[str, Champ, bool, Any], ...]:
    """(attribute, field, whether it holds fields of its own, default) of a node found at this generic path."""
    connus = champs()
    trouves = []
    for nom, info in noeud.model_fields.items():
        champ = connus.get(f"{generique_}{nom}") or connus[f"{generique_}{nom}[]"]
        trouves.append((nom, champ, champ.conteneur, info.default))
    return tuple(trouves)
