"""Editions of open data as they are read, and what the file of a year is made from."""

import gzip
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sne.infocentre.ouvert.models import EditionOuverte, FichierOuvert
from sne.infocentre.ouvert.rules.editions import Audit, Issue
from sne.infocentre.ouvert.rules.tables import Case, Lieu, Niveau
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import PARIS
from sne.socle.lignes import trouver
from sne.socle.replique import connection

SANS = "SANS"  # where a household wishes for no commune in particular
LIEUX = """
SELECT c.code, coalesce(c.epci_id, ''), c.departement_id, d.region_id, c.population
FROM commune c JOIN departement d ON d.code = c.departement_id WHERE c.parent_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Fichier:
    """What was computed: the audit, the schema, how many lines, when."""

    audit: Audit
    schema: Mapping[str, Any]
    lignes: int
    calcule_le: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. ``fichier`` is ``None`` until the service has computed it."""

    id: uuid.UUID
    annee: int
    rang: int
    auteur: uuid.UUID
    par: str
    demandee_le: datetime
    issue: str
    motif: str
    decidee_par: str
    decidee_le: datetime | None
    fichier: Fichier | None


def list_editions() -> tuple[Edition, ...]:
    """Every edition, the newest first."""
    lues = EditionOuverte.objects.select_related("fichier").defer("fichier__csv", "fichier__parquet")
    return tuple(_lire(e) for e in lues.order_by("-survenu_le", "-id"))


def list_publiees() -> tuple[Edition, ...]:
    """Published ones, the newest year first, its last rank first."""
    publiees = [e for e in list_editions() if e.issue == Issue.PUBLIEE]
    return tuple(sorted(publiees, key=lambda e: (-e.annee, -e.rang)))


def get_edition(edition_id: uuid.UUID) -> Edition:
    """One edition. Raises ``Introuvable``."""
    for edition in list_editions():
        if edition.id == edition_id:
            return edition
    raise Introuvable("Cette édition n’existe pas.")


def get_en_cours(annee: int) -> Edition | None:
    """The edition of that year that awaits an answer, if there is one."""
    return next((e for e in list_editions() if e.annee == annee and not e.issue), None)


def get_octets(edition: Edition, quoi: str) -> bytes:
    """The file of an edition: ``csv`` or ``parquet``. Raises ``Introuvable`` before it is computed."""
    lu = trouver(
        FichierOuvert.objects.filter(edition=edition.id).values_list(quoi, flat=True),
        "Cette édition n’a pas encore de fichier.",
    )
    return gzip.decompress(lu) if quoi == "csv" else bytes(lu)


def get_masque_precedent(annee: int) -> frozenset[Case]:
    """Cells hidden by the last edition published before that year; of that year when it is being corrected."""
    precedente = (
        EditionOuverte.objects.filter(issue=Issue.PUBLIEE.value, annee__lte=annee)
        .order_by("-annee", "-rang")
        .values_list("fichier__masque", flat=True)
        .first()
    )
    return frozenset(Case(Niveau(n), c, m) for n, c, m in precedente or ())


def get_publie(annee: int) -> Mapping[Case, int | None] | None:
    """What the last edition published of that very year shows, cell by cell; ``None`` when there is none."""
    edition = next((e for e in list_publiees() if e.annee == annee), None)
    if edition is None:
        return None
    _, *lignes = get_octets(edition, "csv").decode().splitlines()
    champs = (ligne.split(",") for ligne in lignes)
    return {Case(Niveau(n), c, m): int(valeur) if valeur else None for n, c, _, _, m, valeur, _ in champs}


def list_comptes(annee: int) -> Mapping[tuple[str, str], int]:
    """(first commune, size of the household) → demandes open at the end of the year; no commune is :data:`SANS`."""
    fin = datetime(annee + 1, 1, 1, tzinfo=PARIS)
    with connection.cursor() as curseur:
        curseur.execute("SELECT commune, personnes, nombre FROM ouvert_demandes_actives(%s)", [fin])
        return {(commune or SANS, _taille(n)): nombre for commune, n, nombre in curseur.fetchall()}


def list_lieux() -> Mapping[str, Lieu]:
    """Where each commune is, by its code."""
    with connection.cursor() as curseur:
        curseur.execute(LIEUX)
        lieux = {ligne[0]: Lieu(*ligne) for ligne in curseur.fetchall()}
    return lieux | {SANS: Lieu(SANS, "", SANS, SANS, None)}


def _taille(personnes: int) -> str:
    return "6+" if personnes >= 6 else str(personnes)


def _lire(lue: EditionOuverte) -> Edition:
    fichier = getattr(lue, "fichier", None)
    return Edition(
        id=lue.id,
        annee=lue.annee,
        rang=lue.rang,
        auteur=lue.auteur,
        par=lue.demandee_par["nom"],
        demandee_le=lue.survenu_le,
        issue=lue.issue,
        motif=lue.motif,
        decidee_par=(lue.decide_par or {}).get("nom", ""),
        decidee_le=lue.clos_le,
        fichier=fichier
        and Fichier(
            Audit(**{**fichier.audit, "constats": tuple(fichier.audit["constats"])}),
            fichier.schema,
            fichier.lignes,
            fichier.survenu_le,
        ),
    )
