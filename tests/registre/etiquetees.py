"""A labelled file: households written twice as people do, and others that only look alike, from one seed."""

import csv
import io
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.registre.foule import PRENOMS, Adulte, adultes, faute

COLONNES = ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "nir", "telephone", "role")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One adult of one demande, as a file has it."""

    id: str
    nom_naissance: str
    nom_usage: str
    prenoms: str
    date_naissance: str
    nir: str
    telephone: str
    role: str = "DEMANDEUR"


Paires = dict[tuple[str, str], bool]


def fichier(nombre: int, graine: int) -> tuple[list[Ligne], Paires]:
    """That many demandes, one in twelve registered twice, one in twenty with a relative or a namesake close to it."""
    hasard = random.Random(graine)
    lignes, paires = [], {}
    for rang, adulte in enumerate(adultes(nombre, hasard)):
        ligne = _ligne(f"D{rang}", adulte, hasard)
        lignes.append(ligne)
        tirage = hasard.random()
        if tirage < 1 / 12:
            lignes.append(replace(_redite(ligne, hasard), id=f"D{rang}b"))
            paires[ligne.id, f"D{rang}b"] = True
        elif tirage < 1 / 12 + 1 / 20:
            lignes.append(replace(_voisine(ligne, hasard), id=f"D{rang}v"))
            paires[ligne.id, f"D{rang}v"] = False
    return lignes, paires


def lignes_de(lignes: list[Ligne], paires: Paires) -> tuple[list[str], list[str]]:
    """The lines of both files."""
    demandes = [COLONNES, *(tuple(getattr(ligne, c) for c in COLONNES) for ligne in lignes)]
    etiquettes = [("id_a", "id_b", "meme"), *((*paire, str(int(meme))) for paire, meme in paires.items())]
    return _en_csv(demandes), _en_csv(etiquettes)


def _en_csv(lignes: Iterable[Sequence[str]]) -> list[str]:
    sortie = io.StringIO()
    csv.writer(sortie).writerows(lignes)
    return sortie.getvalue().splitlines(keepends=True)


def _ligne(id_: str, adulte: Adulte, hasard: random.Random) -> Ligne:
    nir = f"2{adulte.naissance:%y%m}99{hasard.randrange(10**6):06d}"
    return Ligne(
        id_,
        adulte.nom,
        adulte.usage,
        adulte.prenoms,
        adulte.naissance.isoformat(),
        nir if hasard.random() < 0.7 else "",
        adulte.telephone if hasard.random() < 0.9 else "",
    )


def _redite(ligne: Ligne, hasard: random.Random) -> Ligne:
    """The same person at another counter: what is typed again is not what was typed."""
    for part, ecart in (
        (0.15, _nom_avec_une_faute),
        (0.12, _prenoms_avec_une_faute),
        (0.20, _un_prenom),
        (0.08, _sous_son_nom_d_usage),
        (0.01, _noms_inverses),
        (0.015, _jour_et_mois_inverses),
        (0.30, _sans_nir),
        (0.25, _autre_telephone),
        (0.15, _en_capitales),
    ):
        if hasard.random() < part:
            ligne = ecart(ligne, hasard)
    return ligne


def _nom_avec_une_faute(ligne: Ligne, hasard: random.Random) -> Ligne:
    return replace(ligne, nom_naissance=faute(ligne.nom_naissance, hasard))


def _prenoms_avec_une_faute(ligne: Ligne, hasard: random.Random) -> Ligne:
    return replace(ligne, prenoms=faute(ligne.prenoms, hasard))


def _un_prenom(ligne: Ligne, _: random.Random) -> Ligne:
    return replace(ligne, prenoms=ligne.prenoms.split(",")[0])


def _sous_son_nom_d_usage(ligne: Ligne, _: random.Random) -> Ligne:
    return replace(ligne, nom_naissance=ligne.nom_usage or ligne.nom_naissance, nom_usage="")


def _noms_inverses(ligne: Ligne, _: random.Random) -> Ligne:
    return replace(ligne, nom_naissance=ligne.prenoms.split(",")[0], prenoms=ligne.nom_naissance)


def _jour_et_mois_inverses(ligne: Ligne, _: random.Random) -> Ligne:
    lu = date.fromisoformat(ligne.date_naissance)
    return replace(ligne, date_naissance=f"{lu:%Y-%d-%m}") if lu.day <= 12 else ligne


def _sans_nir(ligne: Ligne, _: random.Random) -> Ligne:
    return replace(ligne, nir="")


def _autre_telephone(ligne: Ligne, hasard: random.Random) -> Ligne:
    return replace(ligne, telephone=f"07 {hasard.randrange(10**8):08d}")


def _en_capitales(ligne: Ligne, _: random.Random) -> Ligne:
    sans = str.maketrans("éèïëç", "eeiec")
    return replace(
        ligne,
        nom_naissance=ligne.nom_naissance.translate(sans).upper(),
        prenoms=re.sub(", *", " ", ligne.prenoms).translate(sans).upper(),
    )


def _voisine(ligne: Ligne, hasard: random.Random) -> Ligne:
    """Somebody else: a twin, a parent under the same phone, a namesake."""
    autre_prenom = hasard.choice([p for p in PRENOMS if p not in ligne.prenoms])
    sans = replace(ligne, nir="")
    match hasard.choices(("jumeau", "parent", "homonyme"), weights=(2, 9, 9))[0]:
        case "jumeau":
            return replace(sans, prenoms=autre_prenom, telephone="")
        case "parent":
            lu = date.fromisoformat(ligne.date_naissance) - timedelta(days=hasard.randrange(7000, 14000))
            return replace(sans, prenoms=autre_prenom, date_naissance=lu.isoformat())
        case _:
            lu = date.fromisoformat(ligne.date_naissance) + timedelta(days=hasard.randrange(400, 4000))
            return replace(sans, date_naissance=lu.isoformat(), telephone="")
