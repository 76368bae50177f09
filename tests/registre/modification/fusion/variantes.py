"""Trees that come from another one as files do: some fields changed, rows added, removed, moved."""

from typing import Any

from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.racine import Contenu
from tests.registre import strategies

arbres = strategies.demandes_de_personnes


@st.composite
def _paires(draw: st.DrawFn) -> tuple[Contenu, Contenu]:
    base = draw(arbres)
    return base, _retoucher(draw, base, draw(arbres))


@st.composite
def _triplets(draw: st.DrawFn) -> tuple[Contenu, Contenu, Contenu]:
    base, autre = draw(arbres), draw(arbres)
    return base, _retoucher(draw, base, autre), _retoucher(draw, base, autre)


paires = _paires()
"""A tree, and what somebody made of it."""
triplets = _triplets()
"""A tree, and what two people made of it apart, sometimes the same thing."""

GARDER, PRENDRE, MELER = "garder", "prendre", "mêler"


def _retoucher(draw: st.DrawFn, base: Any, autre: Any) -> Any:
    if isinstance(base, tuple):
        return _lignes(draw, base, autre)
    meles = isinstance(base, Noeud) and isinstance(autre, Noeud) and not base.feuille
    geste = draw(st.sampled_from([GARDER, GARDER, MELER if meles else PRENDRE]))
    if geste is MELER:
        champs = {
            nom: _retoucher(draw, getattr(base, nom), getattr(autre, nom))
            for nom in type(base).model_fields
            if nom not in {"titulaire", "personne", "identifiant"}
        }
        return base.model_copy(update=champs)
    return autre if geste is PRENDRE else base


def _lignes(draw: st.DrawFn, base: tuple[Any, ...], autres: tuple[Any, ...]) -> tuple[Any, ...]:
    """Rows kept, some of them changed, in the same order most often, then rows of another tree."""
    gardees = [x for x in base if draw(st.integers(0, 3))]
    if autres and gardees and not draw(st.integers(0, 2)):
        gardees[0] = _retoucher(draw, gardees[0], autres[0])
    if not draw(st.integers(0, 3)):
        gardees.reverse()
    cles = {getattr(x, "identifiant", None) for x in gardees} - {None}
    ajoutees = [x for x in autres if draw(st.booleans()) and getattr(x, "identifiant", None) not in cles]
    return (*gardees, *ajoutees)
