"""What changed between two trees, computed once: history, journal and access rights all read this."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any

from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import Nir, Personne
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.telephone import Telephone

type Json = bool | int | str | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Changement:
    """One change. Values are ready for JSON; a NIR is only told by its state, never by number or
    fingerprint.

    ``chemin`` uses ranks of the new tree, or of the old one for an element that left. An element that came
    or left is one change, its whole value on one side; a list of plain values (places, incomes, codes) is
    compared whole.
    """

    chemin: str
    avant: Json
    apres: Json

    @property
    def ajout(self) -> bool:
        """Whether an element of a list, or an optional block, came in."""
        return self.avant is None and isinstance(self.apres, dict)

    @property
    def retrait(self) -> bool:
        """Whether an element of a list, or an optional block, went away."""
        return self.apres is None and isinstance(self.avant, dict)


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """How elements of a list are recognised. When ``stricte``, two different keys are two different
    persons.
    """

    cle: Callable[[Any], Hashable | None]
    stricte: bool


RAPPROCHEMENTS: Mapping[str, Rapprochement] = {
    "cotitulaires": Rapprochement(lambda p: p.personne, stricte=True),
    "foyer.personnes_a_charge": Rapprochement(lambda p: p.identifiant, stricte=True),
    "foyer.enfants_en_garde": Rapprochement(lambda e: (e.date_naissance, e.sexe), stricte=False),
    "handicaps": Rapprochement(lambda h: h.personne or h.date_naissance, stricte=False),
}


def difference(avant: Contenu, apres: Contenu) -> tuple[Changement, ...]:
    """Changes from one tree to another, in the order of the tree; empty when they say the same thing.

    Co-holders are matched by ``personne`` (by rank where it is unknown), dependants by ``identifiant``;
    ``personne`` itself is ours and is no change.
    """
    return tuple(_noeuds(avant, apres, ""))


def _noeuds(avant: Noeud, apres: Noeud, chemin: str) -> Iterator[Changement]:
    for nom in type(avant).model_fields:
        if not est_a_nous(avant, nom):
            yield from _valeurs(
                getattr(avant, nom), getattr(apres, nom), f"{chemin}.{nom}" if chemin else nom
            )


def est_a_nous(noeud: Noeud, nom: str) -> bool:
    """Whether a field is the register's own mark on an adult, and no part of what is declared."""
    return nom == "personne" and isinstance(noeud, Personne)


def _valeurs(avant: Any, apres: Any, lieu: str) -> Iterator[Changement]:
    if avant is apres or avant == apres:  # blocks nobody filled are one object
        return
    if lieu in RAPPROCHEMENTS:
        yield from _listes(avant, apres, lieu)
    elif _conteneur(avant) and _conteneur(apres):
        yield from _noeuds(avant, apres, lieu)
    else:
        yield from deplier(Changement(lieu, en_json(avant), en_json(apres)))


def deplier(changement: Changement) -> Iterator[Changement]:
    """The fields of a block that came or went, one change each; any other change is given back as it is."""
    bloc = changement.apres if changement.avant is None else changement.avant
    if not (changement.ajout or changement.retrait) or not isinstance(bloc, dict) or not bloc:
        yield changement
        return
    for nom, valeur in bloc.items():
        cotes = (None, valeur) if changement.ajout else (valeur, None)
        yield from deplier(Changement(f"{changement.chemin}.{nom}", *cotes))


def _conteneur(valeur: Any) -> bool:
    return isinstance(valeur, Noeud) and not valeur.feuille


def _listes(avant: Sequence[Any], apres: Sequence[Any], lieu: str) -> Iterator[Changement]:
    paires = rapprocher(avant, apres, RAPPROCHEMENTS[lieu])
    gardes = set(paires.values())
    for rang, element in enumerate(avant):
        if rang not in gardes:
            yield Changement(f"{lieu}[{rang}]", en_json(element), None)
    for rang, element in enumerate(apres):
        if rang not in paires:
            yield Changement(f"{lieu}[{rang}]", None, en_json(element))
        elif element != avant[paires[rang]]:
            yield from _noeuds(avant[paires[rang]], element, f"{lieu}[{rang}]")
    ordre: list[Any] = [paires[rang] + 1 for rang in sorted(paires)]
    if ordre != sorted(ordre):
        yield Changement(lieu, sorted(ordre), ordre)


def rapprocher(avant: Sequence[Any], apres: Sequence[Any], regle: Rapprochement) -> dict[int, int]:
    """Rank in ``apres`` → rank in ``avant``: same key first, then, in order, what may be the same element."""
    libres = list(range(len(avant)))
    paires: dict[int, int] = {}
    for compatible in (meme_cle, _peut_etre):
        for rang, element in enumerate(apres):
            trouve = next((a for a in libres if compatible(regle, avant[a], element)), None)
            if rang not in paires and trouve is not None:
                paires[rang] = trouve
                libres.remove(trouve)
    return paires


def meme_cle(regle: Rapprochement, avant: Any, apres: Any) -> bool:
    """Whether two rows carry the same key; a row without key is like no other."""
    cle = regle.cle(apres)
    return cle is not None and regle.cle(avant) == cle


def _peut_etre(regle: Rapprochement, avant: Any, apres: Any) -> bool:
    return not regle.stricte or regle.cle(avant) is None or regle.cle(apres) is None


@singledispatch
def en_json(valeur: Any) -> Json:
    """One value of the tree for JSON: ISO dates, amounts as text with two decimals, NIR reduced to its
    state.
    """
    return valeur  # type: ignore[no-any-return]


@en_json.register
def _(valeur: Nir) -> Json:
    return str(valeur.etat)


@en_json.register
def _(valeur: Telephone) -> Json:
    return valeur.saisi


@en_json.register
def _(valeur: Noeud) -> Json:
    """What a block says: fields that are not at their default, without our own ids."""
    dits = {
        nom: getattr(valeur, nom)
        for nom, info in type(valeur).model_fields.items()
        if getattr(valeur, nom) != info.default and not est_a_nous(valeur, nom)
    }
    return {nom: en_json(dit) for nom, dit in dits.items()}


@en_json.register
def _(valeur: tuple) -> Json:  # type: ignore[type-arg]
    return [en_json(element) for element in valeur]


@en_json.register
def _(valeur: date) -> Json:
    return valeur.isoformat()


@en_json.register
def _(valeur: Decimal) -> Json:
    return str(valeur)
