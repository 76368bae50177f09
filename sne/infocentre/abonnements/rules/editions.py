"""An edition as it is kept: its figures in a compressed text, and what proves that they are the same. Pure."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne, Tableau

NIVEAU = 9  # of compression: written once, kept for years
FRAGILES = frozenset({EtatCellule.FRAGILE, EtatCellule.TROP_PETIT})
RIEN = frozenset({EtatCellule.VIDE, EtatCellule.ZERO})
ABSENTES = frozenset({EtatCellule.SANS_OBJET, EtatCellule.NON_DISPONIBLE})


@dataclass(frozen=True, slots=True)
class Comparaison:
    """An edition computed again at its seal. ``ecarts``: figures that moved; ``definitions``: their columns did;
    ``avertissements``: what is said of the new figures that the edition did not say of its own.
    """

    egale: bool
    ecarts: int = 0
    lignes: int = 0
    definitions: bool = False
    avertissements: tuple[str, ...] = ()


def en_octets(tableau: Tableau) -> bytes:
    """The whole table, compressed. The same table gives the same bytes."""
    return zlib.compress(_json(_vers_json(tableau)), NIVEAU)


def depuis_octets(octets: bytes) -> Tableau:
    """The table that :func:`en_octets` kept."""
    lu: dict[str, Any] = json.loads(zlib.decompress(octets))
    return Tableau(
        **{cle: lu[cle] for cle in ("code", "titre", "version", "perimetre", "scellement")},
        du=date.fromisoformat(lu["du"]),
        au=date.fromisoformat(lu["au"]),
        scelle_le=datetime.fromisoformat(lu["scelle_le"]) if lu["scelle_le"] else None,
        colonnes=tuple(
            Colonne(**(c | {"definition": tuple((a, b) for a, b in c["definition"])})) for c in lu["colonnes"]
        ),
        lignes=tuple(
            Ligne(x["cle"], x["libelle"], tuple(_cellule(c) for c in x["cellules"]), x["niveau"])
            for x in lu["lignes"]
        ),
        filtres=tuple((a, b) for a, b in lu["filtres"]),
        avertissements=tuple(lu["avertissements"]),
    )


def empreinte_du_resultat(tableau: Tableau) -> bytes:
    """Of the figures alone: lines, columns, cells. Neither titles nor words move it."""
    figures = {
        "colonnes": [colonne.code for colonne in tableau.colonnes],
        "lignes": [[ligne.cle, [_figure(c) for c in ligne.cellules]] for ligne in tableau.lignes],
    }
    return hashlib.sha256(_json(figures)).digest()


def empreinte_des_definitions(tableau: Tableau) -> bytes:
    """Of what each column says that it counts."""
    return hashlib.sha256(
        _json([[c.code, c.unite, c.decimales, list(c.definition)] for c in tableau.colonnes])
    ).digest()


def confronter(gardee: Tableau, refaite: Tableau) -> Comparaison:
    """Whether the same figures come out again; if not, how many moved and whether the columns are still the same."""
    definitions = empreinte_des_definitions(gardee) != empreinte_des_definitions(refaite)
    avant, apres = _par_place(gardee), _par_place(refaite)
    ecarts = sum(avant.get(place) != apres.get(place) for place in avant.keys() | apres.keys())
    lignes = len({ligne.cle for ligne in gardee.lignes} ^ {ligne.cle for ligne in refaite.lignes})
    neufs = tuple(dit for dit in refaite.avertissements if dit not in gardee.avertissements)
    return Comparaison(not ecarts and not lignes, ecarts, lignes, definitions, neufs)


def count_fragiles(tableau: Tableau) -> int:
    """Cells that rest on too few cases to be compared."""
    return sum(cellule.etat in FRAGILES for ligne in tableau.lignes for cellule in ligne.cellules)


def est_sans_activite(tableau: Tableau) -> bool:
    """Nothing happened in the period: no line, or zeros where something was counted. What is not available is no zero:
    a table of absences says nothing of what happened."""
    etats = {c.etat for ligne in tableau.lignes for c in ligne.cellules if not c.texte}
    return not tableau.lignes or (not RIEN.isdisjoint(etats) and etats <= RIEN | ABSENTES)


def _par_place(tableau: Tableau) -> Mapping[tuple[str, str], list[Any]]:
    return {
        (ligne.cle, colonne.code): _figure(cellule)
        for ligne in tableau.lignes
        for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True)
    }


def _figure(cellule: Cellule) -> list[Any]:
    valeur = None if cellule.valeur is None else str(cellule.valeur)
    return [str(cellule.etat), valeur, cellule.numerateur, cellule.denominateur, cellule.texte]


def _vers_json(tableau: Tableau) -> dict[str, Any]:
    return {
        "code": tableau.code,
        "titre": tableau.titre,
        "version": tableau.version,
        "perimetre": tableau.perimetre,
        "du": tableau.du.isoformat(),
        "au": tableau.au.isoformat(),
        "scellement": tableau.scellement,
        "scelle_le": tableau.scelle_le.isoformat() if tableau.scelle_le else None,
        "colonnes": [
            {"code": c.code, "libelle": c.libelle, "unite": c.unite, "decimales": c.decimales}
            | {"definition": [list(paire) for paire in c.definition]}
            for c in tableau.colonnes
        ],
        "lignes": [
            {"cle": x.cle, "libelle": x.libelle, "niveau": x.niveau}
            | {"cellules": [[*_figure(c), c.motif, isinstance(c.valeur, Decimal)] for c in x.cellules]}
            for x in tableau.lignes
        ],
        "filtres": [list(paire) for paire in tableau.filtres],
        "avertissements": list(tableau.avertissements),
    }


def _cellule(lue: list[Any]) -> Cellule:
    etat, valeur, numerateur, denominateur, texte, motif, decimale = lue
    nombre = None if valeur is None else (Decimal(valeur) if decimale else int(valeur))
    return Cellule(EtatCellule(etat), nombre, numerateur, denominateur, motif, texte)


def _json(valeur: object) -> bytes:
    return json.dumps(valeur, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
