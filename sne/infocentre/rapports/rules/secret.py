"""Counts of a few households, hidden from who may open no file where lines are traits of households. Pure.

A count that is hidden is hidden with all that is made of it, and with another one of its column where the total would
give it away. A region or the nation hides what its territories would give away together.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sne.infocentre.rapports.rules.cellules import additionner
from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.termes import Terme, lire_terme, repartition

type Case = tuple[str, str]
"""The key of a line, a term."""
type Comptees = Mapping[str, Mapping[str, int]]
"""Key of a line → term → integer."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Counts from 1 to ``seuil`` excluded are hidden; those hidden together are worth ``etendue`` more than one each at
    least: under that, what each may be is too narrow.
    """

    seuil: int
    etendue: int


def masque(
    par_territoire: Mapping[str, Comptees],
    definitions: Iterable[Definition],
    secret: Secret,
    *,
    region_de: Callable[[str], str],
) -> frozenset[Case]:
    """What is hidden of the lines of these territories together, from their lines apart."""
    definitions = [*definitions]
    regions: dict[str, list[Comptees]] = {}
    for territoire, lignes in par_territoire.items():
        regions.setdefault(region_de(territoire), []).append(lignes)
    lues = [
        _reunir([(s, _cacher(s, definitions, secret)) for s in siens], definitions, secret)
        for siens in regions.values()
    ]
    return (lues[0] if len(lues) == 1 else _reunir(lues, definitions, secret))[1]


def termes_caches(definition: Definition, ligne: str, caches: Collection[Case]) -> bool:
    """Whether something that makes this figure is hidden on that line."""
    return any((ligne, lire_terme(texte).cle) in caches for texte in definition.termes)


def _reunir(
    parties: Sequence[tuple[Comptees, frozenset[Case]]], definitions: Sequence[Definition], secret: Secret
) -> tuple[Comptees, frozenset[Case]]:
    """The lines of several places together, and what of them is hidden: what those hidden in its parts ask for too."""
    if len(parties) == 1:
        return parties[0]
    ensemble = {
        cle: additionner(lignes.get(cle, {}) for lignes, _ in parties)
        for cle in sorted({cle for lignes, _ in parties for cle in lignes})
    }
    aussi: set[Case] = set()
    for case in {case for _, caches in parties for case in caches}:
        ligne, terme = case
        hauteurs = [
            _valeur(lire_terme(terme), lignes.get(ligne, {})) for lignes, caches in parties if case in caches
        ]
        if _trop_peu(hauteurs, secret):
            aussi.add(case)
    return ensemble, _cacher(ensemble, definitions, secret, aussi)


def _cacher(
    lignes: Comptees, definitions: Sequence[Definition], secret: Secret, aussi: Collection[Case] = ()
) -> frozenset[Case]:
    caches = set(aussi)
    for ligne, comptes in lignes.items():
        for definition in definitions:
            caches |= {(ligne, t.cle) for t in _petits(definition, comptes, secret.seuil)}
    for terme in {terme for _, terme in caches}:
        hauteurs = {ligne: _valeur(lire_terme(terme), comptes) for ligne, comptes in lignes.items()}
        siennes = {ligne for ligne, t in caches if t == terme}
        visibles = sorted((n, ligne) for ligne, n in hauteurs.items() if n and ligne not in siennes)
        for _, ligne in visibles:
            if not _trop_peu([hauteurs[s] for s in siennes], secret):
                break
            siennes.add(ligne)
        caches |= {(ligne, terme) for ligne in siennes}
    return frozenset(caches)


def _petits(definition: Definition, comptes: Mapping[str, int], seuil: int) -> list[Terme]:
    """The terms of a figure that count a few households, or all households but a few."""
    termes = [lire_terme(texte) for texte in definition.termes]
    petits = [t for t in termes if 0 < _valeur(t, comptes) < seuil]
    if definition.operation is Operation.RAPPORT:
        bas = sum(_valeur(lire_terme(texte), comptes) for texte in definition.denominateur)
        hauts = [lire_terme(texte) for texte in definition.numerateur]
        petits += [t for t in hauts if 0 < bas - _valeur(t, comptes) < seuil]
    return petits


def _trop_peu(hauteurs: Sequence[int], secret: Secret) -> bool:
    """Whether what is hidden together could be told apart by who knows its sum."""
    comptees = [n for n in hauteurs if n]
    return bool(comptees) and (len(comptees) == 1 or sum(comptees) < len(comptees) + secret.etendue)


def _valeur(terme: Terme, comptes: Mapping[str, int]) -> int:
    """What a term counts; of a distribution, its cases."""
    return terme.valeur(comptes) or sum(repartition(terme, comptes).values())
