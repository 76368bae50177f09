"""Fields of a form and places of the tree: the name of a field is its path, with ``__`` for a dot."""

from functools import cache
from typing import Any

from sne.registre.contenu.rules.arbre.champs import type_du_champ
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import Nir
from sne.registre.contenu.rules.arbre.telephone import Telephone
from sne.saisie.composition.textes import Valeurs
from sne.socle.forms import Formulaire


@cache
def lieu_de(noeud: type[Noeud], nom: str) -> tuple[str, ...]:
    """Where a field of this name is in such a node; nowhere for a container, a NIR, or what is not of the tree."""
    chemin, type_ = tuple(nom.split("__")), noeud
    for rang, partie in enumerate(chemin, start=1):
        if not issubclass(type_, Noeud) or partie not in type_.model_fields:
            return ()
        type_ = type_du_champ(type_.model_fields[partie])
        if rang == len(chemin) and issubclass(type_, Noeud) and (not type_.feuille or type_ is Nir):
            return ()
    return chemin


def poser[N: Noeud](noeud: N, valeurs: Valeurs) -> N:
    """The node with these values, each at the place of its name; others are ignored, what has no value stays."""
    donnees = noeud.model_dump()
    for nom, valeur in valeurs.items():
        *parents, dernier = lieu_de(type(noeud), nom) or ("",)
        if dernier and not _est_le_meme(_lire(noeud, (*parents, dernier)), valeur):
            ou = donnees
            for parent in parents:
                ou = ou[parent]
            ou[dernier] = valeur
    return type(noeud).model_validate(donnees)


def tirer(noeud: Noeud, formulaire: type[Formulaire]) -> dict[str, Any]:
    """What the fields of the form hold of this node."""
    lieux = {nom: lieu_de(type(noeud), nom) for nom in formulaire.base_fields}
    return {nom: _dit(_lire(noeud, lieu)) for nom, lieu in lieux.items() if lieu}


def _lire(noeud: Noeud, chemin: tuple[str, ...]) -> Any:
    valeur: Any = noeud
    for partie in chemin:
        valeur = getattr(valeur, partie)
    return valeur


def _dit(valeur: Any) -> Any:
    return valeur.saisi if isinstance(valeur, Telephone) else valeur


def _est_le_meme(connue: Any, valeur: Any) -> bool:
    """A telephone typed as it was keeps its stored form."""
    return isinstance(connue, Telephone) and connue.saisi == valeur
