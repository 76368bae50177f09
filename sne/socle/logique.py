"""A style sheet that names left and right, written in terms of the direction of reading: one sheet for both.

From left to right nothing changes; under ``dir="rtl"`` margins, sides, alignments and corners are mirrored.
"""

from collections.abc import Iterator
from typing import Any

import tinycss2

COTES = {"left": "start", "right": "end"}
COINS = {
    "top-left": "start-start",
    "top-right": "start-end",
    "bottom-right": "end-end",
    "bottom-left": "end-start",
}
RACCOURCIS = {  # four values: the property of both blocks, that of both sides
    "margin": ("margin-block", "margin-inline"),
    "padding": ("padding-block", "padding-inline"),
    "inset": ("inset-block", "inset-inline"),
    "border-width": ("border-block-width", "border-inline-width"),
    "border-style": ("border-block-style", "border-inline-style"),
    "border-color": ("border-block-color", "border-inline-color"),
}
AVEC_DES_REGLES = frozenset({"media", "supports", "layer", "container"})


def retourner(feuille: str) -> str:
    """The same sheet, logical. What it does not know (keyframes, custom properties) is left as it stands."""
    return _serialiser(tinycss2.parse_stylesheet(feuille))


def _serialiser(noeuds: list[Any]) -> str:
    return "".join(_regle(noeud) for noeud in noeuds)


def _regle(noeud: Any) -> str:
    if noeud.type == "qualified-rule":
        return f"{tinycss2.serialize(noeud.prelude)}{{{_declarations(noeud.content)}}}"
    if noeud.type == "at-rule" and noeud.lower_at_keyword in AVEC_DES_REGLES and noeud.content:
        dedans = _serialiser(tinycss2.parse_rule_list(noeud.content))
        return f"@{noeud.at_keyword}{tinycss2.serialize(noeud.prelude)}{{{dedans}}}"
    return str(noeud.serialize())


def _declarations(contenu: list[Any]) -> str:
    lues = tinycss2.parse_blocks_contents(contenu, skip_comments=True, skip_whitespace=True)
    if any(lue.type != "declaration" for lue in lues):
        return str(tinycss2.serialize(contenu))
    return ";".join(texte for lue in lues for texte in _declaration(lue))


def _declaration(lue: Any) -> Iterator[str]:
    nom, important = lue.lower_name, "!important" if lue.important else ""
    valeurs = [v for v in lue.value if v.type not in {"whitespace", "comment"}]
    for propriete, valeur in _logiques(nom, valeurs, tinycss2.serialize(lue.value).strip()):
        yield f"{propriete if not nom.startswith('--') else lue.name}:{valeur}{important}"


def _logiques(nom: str, valeurs: list[Any], texte: str) -> Iterator[tuple[str, str]]:
    """The logical properties that say the same: one, or those of a shorthand whose sides differ."""
    textes = [tinycss2.serialize([v]) for v in valeurs]
    if nom in {"text-align", "float", "clear"}:
        yield nom, _cote(nom, texte)
    elif nom in RACCOURCIS and len(textes) == 4 and textes[1] != textes[3]:
        haut, droite, bas, gauche = textes
        blocs, lignes = RACCOURCIS[nom]
        yield blocs, f"{haut} {bas}"
        yield lignes, f"{gauche} {droite}"
    elif nom == "border-radius" and "/" not in textes and _coins_inegaux(textes):
        for coin, valeur in zip(COINS.values(), _quatre(textes), strict=True):
            yield f"border-{coin}-radius", valeur
    else:
        yield _nom(nom), texte


def _cote(nom: str, valeur: str) -> str:
    cote = COTES.get(valeur, "")
    return (cote if nom == "text-align" else f"inline-{cote}") if cote else valeur


def _nom(nom: str) -> str:
    """``margin-left`` becomes ``margin-inline-start``, ``left`` ``inset-inline-start``, a corner that of a line."""
    if nom in COTES:
        return f"inset-inline-{COTES[nom]}"
    for coin, logique in COINS.items():
        if nom == f"border-{coin}-radius":
            return f"border-{logique}-radius"
    morceaux = nom.split("-")
    if morceaux[0] in {"margin", "padding", "border"} and len(morceaux) > 1 and morceaux[1] in COTES:
        return "-".join([morceaux[0], "inline", COTES[morceaux[1]], *morceaux[2:]])
    return nom


def _quatre(textes: list[str]) -> list[str]:
    """Corners as CSS completes them: top left, top right, bottom right, bottom left."""
    haut_droite = textes[1] if len(textes) > 1 else textes[0]
    bas_droite = textes[2] if len(textes) > 2 else textes[0]
    return [textes[0], haut_droite, bas_droite, textes[3] if len(textes) > 3 else haut_droite]


def _coins_inegaux(textes: list[str]) -> bool:
    """Whether a mirror would show: one value, or equal pairs, look the same both ways."""
    if len(textes) == 1:
        return False
    gauche_haut, droite_haut, droite_bas, gauche_bas = _quatre(textes)
    return gauche_haut != droite_haut or droite_bas != gauche_bas
