"""What an edition is, its file line by line, and whether it may be published. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sne.infocentre.ouvert.rules.secret import Constat, Masque
from sne.infocentre.ouvert.rules.tables import TOUTES, Case, Table
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

INDICATEUR = "DEMANDES_ACTIVES"
PREMIERE_ANNEE = 2015
MOTIF_MAX = 500
COLONNES: Mapping[str, tuple[str, str]] = {
    "niveau": (
        "string",
        "COMMUNE, EPCI (la part d’un EPCI dans un département), DEPARTEMENT, REGION ou NATION",
    ),
    "code": ("string", "code officiel du lieu\u00a0; AUTRES-… réunit les petites communes d’un EPCI"),
    "annee": ("integer", "année de l’édition"),
    "indicateur": (
        "string",
        "DEMANDES_ACTIVES\u00a0: demandes de personnes physiques en cours au 31 décembre, au premier choix de commune",
    ),
    "modalite": (
        "string",
        "nombre de personnes à loger\u00a0: 1, 2, 3, 4, 5, 6+\u00a0; TOUTES pour l’ensemble",
    ),
    "valeur": ("integer", "nombre de demandes\u00a0; vide quand statut vaut SECRET"),
    "statut": (
        "string",
        "DIFFUSE, ou SECRET\u00a0: couvert par le secret statistique\u00a0; ce n’est pas zéro",
    ),
}
"""Columns of the file, in order: their type, what they hold."""


class Issue(StrEnum):
    """What the second person answered."""

    PUBLIEE = "PUBLIEE"
    REFUSEE = "REFUSEE"


class Statut(StrEnum):
    """What a line of the file says of its figure; not why one is hidden, which would tell that it is small."""

    DIFFUSE = "DIFFUSE"
    SECRET = "SECRET"  # noqa: S105 - of statistics


@dataclass(frozen=True, slots=True)
class Audit:
    """What the auditor found: cells of the file, hidden ones and why, cells that can be deduced, with how."""

    cases: int
    primaires: int
    secondaires: int
    tus_pour_mille: int
    constats: tuple[str, ...]

    @property
    def passe(self) -> bool:
        return not self.constats


def lignes(
    table: Table, masque: Masque, *, annee: int
) -> Iterator[tuple[str, str, int, str, str, int | None, str]]:
    """The file, line by line, in the order of levels and codes."""
    for case in sorted(table.valeurs):
        cache = case in masque.cachees
        yield (
            case.niveau.value,
            case.code,
            annee,
            INDICATEUR,
            case.modalite,
            None if cache else table.valeurs[case],
            (Statut.SECRET if cache else Statut.DIFFUSE).value,
        )


def publie(table: Table, masque: Masque) -> dict[Case, int | None]:
    """What a reader of the file knows."""
    return {case: None if case in masque.cachees else nombre for case, nombre in table.valeurs.items()}


def sont_du_meme_tableau(une: Mapping[Case, int | None], autre: Mapping[Case, int | None]) -> bool:
    """Whether two editions show the same figures, but for what each hides: then one tells what the other keeps."""
    return all(une.get(case) in (nombre, None) for case, nombre in autre.items() if nombre is not None)


def rapporter(table: Table, masque: Masque, constats: Sequence[Constat]) -> Audit:
    """What the second person reads before publishing."""
    tous = [c for c in table.valeurs if c.modalite != TOUTES]
    total = sum(table.valeurs[c] for c in tous)
    tus = sum(table.valeurs[c] for c in tous if c in masque.cachees)
    return Audit(
        cases=len(table.valeurs),
        primaires=len(masque.primaires),
        secondaires=len(masque.secondaires),
        tus_pour_mille=round(1000 * tus / total) if total else 0,
        constats=tuple(_dire(constat) for constat in constats),
    )


def schema(
    *, arrete_le: date, scellement: int, regles: Mapping[str, int], empreintes: Mapping[str, str]
) -> dict[str, Any]:
    """The Table Schema of the file (Frictionless), with what a re-user needs: day, seal, rules of
    secrecy, hashes, licence.
    """
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": "demandes-de-logement-social",
        "title": "Demandes de logement social en cours, par lieu et par taille du ménage",
        "arrete_le": arrete_le.isoformat(),
        "scellement": scellement,
        "licence": "Licence Ouverte 2.0 (Etalab)",
        "regles": dict(regles),
        "empreintes_sha256": dict(empreintes),
        "fields": [
            {"name": nom, "type": genre, "description": mots} for nom, (genre, mots) in COLONNES.items()
        ],
        "primaryKey": ["niveau", "code", "annee", "indicateur", "modalite"],
        "missingValues": [""],
    }


def exiger_annee(annee: int, *, le: date) -> None:
    """A year that is over. Raises ``Interdit``."""
    if not PREMIERE_ANNEE <= annee < le.year:
        raise Interdit(
            f"L’année d’une édition va de {PREMIERE_ANNEE} à {le.year - 1}{INSECABLE}: corrigez-la.",
            champ="annee",
        )


def lire_motif(motif: str) -> str:
    """Why an edition is refused, as it is kept. Raises ``Interdit``."""
    motif = motif.strip()
    if not 1 <= len(motif) <= MOTIF_MAX:
        raise Interdit(f"Motif du refus{INSECABLE}: écrivez de 1 à {MOTIF_MAX} signes.", champ="motif")
    return motif


def _dire(constat: Constat) -> str:
    case, trouve = constat.case, constat.intervalle
    entre = f"vaut {trouve.bas}" if trouve.etendue == 0 else f"est entre {trouve.bas} et {trouve.haut}"
    return f"{case.niveau.value} {case.code}, {case.modalite}{INSECABLE}: le chiffre caché {entre}."
