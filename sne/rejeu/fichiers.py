"""Files of the replay, CSV or Parquet by suffix: rows read one by one, a result that appears whole or not at all."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sne.rejeu.colonnes import SEPARATEUR_DE_LISTE, Demandees, FichierInvalide, Ligne

CSV, PARQUET = ".csv", ".parquet"
SUFFIXES = (CSV, PARQUET)


def lire(chemin: Path, *, obligatoires: Sequence[str], facultatives: Sequence[str] = ()) -> Iterator[Ligne]:
    """Each row of a file: the columns asked for, in that order. Raises :class:`FichierInvalide`.

    CSV: UTF-8, comma or semicolon, whichever the first line has more of; an empty value is ``None``.
    """
    demandees = Demandees(tuple(obligatoires), tuple(facultatives))
    if chemin.suffix.lower() == PARQUET:
        from sne.rejeu import parquet  # noqa: PLC0415 - where its engine is installed

        return parquet.lire(chemin, demandees)
    return _lire_csv(chemin, demandees)


def ecrire(chemin: Path, types: Mapping[str, str], lignes: Iterable[Sequence[Any]]) -> None:
    """Write rows, aside then in one go; what was there stays until then. ``types``: column → SQL type.

    In CSV, a list is joined by semicolons. Raises ``OSError``.
    """
    with _a_cote(chemin, CSV) as brut:
        _ecrire_csv(brut, types, lignes)
        if chemin.suffix.lower() == CSV:
            brut.replace(chemin)
            return
        from sne.rejeu import parquet  # noqa: PLC0415 - where its engine is installed

        with _a_cote(chemin, PARQUET) as cote:
            parquet.convertir(brut, cote, types)
            cote.replace(chemin)


@contextmanager
def _a_cote(chemin: Path, suffixe: str) -> Iterator[Path]:
    cote = chemin.with_name(f".{chemin.stem}.{os.getpid()}.partiel{suffixe}")
    try:
        yield cote
    finally:
        cote.unlink(missing_ok=True)


def _lire_csv(chemin: Path, demandees: Demandees) -> Iterator[Ligne]:
    try:
        with chemin.open(encoding="utf-8-sig", newline="") as fichier:
            entete = fichier.readline()
            if not entete.strip():
                raise FichierInvalide(
                    f"{chemin.name}, ligne 1 : il manque les noms des colonnes, le fichier est vide."
                )
            fichier.seek(0)
            separateur = ";" if entete.count(";") > entete.count(",") else ","
            yield from _lignes_csv(
                chemin.name, csv.reader(fichier, delimiter=separateur, strict=True), demandees
            )
    except UnicodeDecodeError as exc:
        numero = _premiere_ligne_illisible(chemin)
        raise FichierInvalide(
            f"{chemin.name}, ligne {numero} : ce n’est pas de l’UTF-8. Enregistrez le fichier en UTF-8."
        ) from exc


def _lignes_csv(nom: str, lecteur: Any, demandees: Demandees) -> Iterator[Ligne]:
    try:
        colonnes = [colonne.strip().lower() for colonne in next(lecteur)]
        rangs = demandees.rangs(colonnes, lieu=f"{nom}, ligne 1")
        for valeurs in lecteur:
            if len(valeurs) == len(colonnes):
                yield lecteur.line_num, [None if r is None else valeurs[r].strip() or None for r in rangs]
            elif valeurs:
                raise FichierInvalide(
                    f"{nom}, ligne {lecteur.line_num} : {len(valeurs)} colonnes au lieu de {len(colonnes)}."
                )
    except csv.Error as exc:
        raise FichierInvalide(
            f"{nom}, ligne {lecteur.line_num} : cette ligne n’est pas du CSV. Vérifiez les guillemets."
        ) from exc


def _premiere_ligne_illisible(chemin: Path) -> int:
    with chemin.open("rb") as fichier:
        return next(numero for numero, ligne in enumerate(fichier, start=1) if not _est_lisible(ligne))


def _est_lisible(ligne: bytes) -> bool:
    try:
        ligne.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _ecrire_csv(chemin: Path, types: Mapping[str, str], lignes: Iterable[Sequence[Any]]) -> None:
    listes = [rang for rang, genre in enumerate(types.values()) if genre.endswith("[]")]
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        redacteur = csv.writer(fichier, lineterminator="\n")
        redacteur.writerow(types)
        for ligne in lignes:
            valeurs = list(ligne)
            for rang in listes:
                valeurs[rang] = SEPARATEUR_DE_LISTE.join(valeurs[rang])
            redacteur.writerow(valeurs)
