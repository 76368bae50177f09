"""The committed lists: surnames, first names, streets, occupations, employers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sne.demo.generation.urnes import Urne

DONNEES = files("sne.demo.generation") / "donnees"


@dataclass(frozen=True, slots=True)
class Origine:
    """Where a family's name comes from, and what usually goes with it."""

    nom: str
    noms: tuple[str, ...]
    part_nee_a_l_etranger: float  # 0 to 1
    nationalite_etrangere: str  # ListeNationalite
    pays: tuple[str, ...]  # INSEE codes of the countries of birth
    prenoms: tuple[str, ...]  # groups of first names


@dataclass(frozen=True, slots=True)
class GroupeDePrenoms:
    """First names of one group and sex, usual between two birth years."""

    groupe: str
    sexe: str
    debut: int
    fin: int
    prenoms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metier:
    """An occupation, masculine and feminine, its status and usual net monthly pay (euros)."""

    statut: str
    salaire_min: int
    salaire_max: int
    masculin: str
    feminin: str


@lru_cache(maxsize=1)
def syllabes() -> tuple[tuple[str, ...], ...]:
    """The first, middle and last syllables of made-up surnames."""
    return tuple(_decouper(texte) for _, texte in _lignes("syllabes.csv"))


@lru_cache(maxsize=1)
def origines() -> Urne[Origine]:
    """Origins, weighted by their share of the population."""
    suites = {nom: reste for nom, *reste in _lignes("origines.csv")}
    pesees = []
    for nom, poids, noms in _lignes("noms.csv"):
        part, nationalite, pays, prenoms = suites[nom]
        origine = Origine(
            nom=nom,
            noms=_decouper(noms),
            part_nee_a_l_etranger=int(part) / 100,
            nationalite_etrangere=nationalite,
            pays=_decouper(pays),
            prenoms=_decouper(prenoms),
        )
        pesees.append((origine, float(poids)))
    return Urne(pesees)


@lru_cache(maxsize=1)
def groupes_de_prenoms() -> tuple[GroupeDePrenoms, ...]:
    """Every group of first names."""
    return tuple(
        GroupeDePrenoms(groupe, sexe, int(debut), int(fin), _decouper(prenoms))
        for groupe, sexe, debut, fin, prenoms in _lignes("prenoms.csv")
    )


@lru_cache(maxsize=4096)
def prenoms_usuels(groupe: str, sexe: str, annee: int) -> tuple[str, ...]:
    """First names of a group that were given that year; the nearest period when none holds the year."""
    candidats = [g for g in groupes_de_prenoms() if g.groupe == groupe and g.sexe == sexe]
    dedans = [prenom for g in candidats if g.debut <= annee <= g.fin for prenom in g.prenoms]
    if dedans:
        return tuple(dedans)
    return min(candidats, key=lambda g: min(abs(annee - g.debut), abs(annee - g.fin))).prenoms


@lru_cache(maxsize=1)
def voies() -> tuple[str, ...]:
    """Streets: « rue des Tilleuls »."""
    return tuple(f"{genre} {nom}" for genre, noms in _lignes("voies.csv") for nom in _decouper(noms))


@lru_cache(maxsize=1)
def metiers() -> dict[str, tuple[Metier, ...]]:
    """Occupations by status (``ListeTypeContratTravail``)."""
    par_statut: dict[str, list[Metier]] = {}
    for statut, bas, haut, noms in _lignes("metiers.csv"):
        for paire in _decouper(noms):
            masculin, _, feminin = paire.partition("/")
            par_statut.setdefault(statut, []).append(Metier(statut, int(bas), int(haut), masculin, feminin))
    return {statut: tuple(liste) for statut, liste in par_statut.items()}


@lru_cache(maxsize=1)
def employeurs() -> tuple[str, ...]:
    """Fictional employers."""
    return tuple(nom for (noms,) in _lignes("employeurs.csv") for nom in _decouper(noms))


def _lignes(nom: str) -> Iterator[list[str]]:
    for ligne in (DONNEES / nom).read_text(encoding="utf-8").splitlines():
        if ligne and not ligne.startswith("#"):
            yield ligne.split(";")


def _decouper(texte: str) -> tuple[str, ...]:
    return tuple(morceau.strip() for morceau in texte.split(",") if morceau.strip())
