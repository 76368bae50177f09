"""What becomes of each table when there are several cells, derived once from the models: no table without a place.

A row of the register finds its territory in its own column or, without one, in the row that it cannot be without.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from psycopg import sql

COLONNE = "territoire"


class Sort(StrEnum):
    """What a table is to cells."""

    DEPLACEE = "DEPLACEE"
    """Its rows are of a territory, and move with it."""
    PUBLIEE = "PUBLIEE"
    """Written in the first cell, the directory; every other one has a copy, which PostgreSQL keeps."""
    ANNUAIRE = "ANNUAIRE"
    """Written and read in the directory alone."""
    PROPRE = "PROPRE"
    """Each cell has its own, which says nothing of any other."""


MODULES: dict[str, Sort] = {
    **dict.fromkeys(("referentiels", "habilitations", "conventions", "cellules"), Sort.PUBLIEE),
    **dict.fromkeys(
        (
            "sessions",
            "otp_totp",
            "axes",
            "recherche",
            "site_pro",
            "programme",
            "assistance",
            "collaboratif",
            "demandeurs",
            "ecole",
            "reglages",
        ),
        Sort.ANNUAIRE,
    ),
    **dict.fromkeys(
        ("auth", "contenttypes", "dsfr", "procrastinate", "oidc", "connecteurs", "journal"), Sort.PROPRE
    ),
    **dict.fromkeys(
        (
            "documents",
            "notifications",
            "imports",
            "registre",
            "attestations",
            "sensibilisation",
            "suivi",
            "flux",
            "infocentre",
        ),
        Sort.DEPLACEE,
    ),
}
TABLES: dict[str, Sort] = {  # other than their module
    "voie_adresse": Sort.PUBLIEE,
    "mot_adresse": Sort.PUBLIEE,
    "departement_adresses": Sort.PUBLIEE,
    "contours_departement": Sort.PUBLIEE,
    "campagne_accueil": Sort.PUBLIEE,
    # What a software called is counted for the nation, and what it was answered under a key is known everywhere.
    "appel_convention": Sort.ANNUAIRE,
    "cadence_convention": Sort.ANNUAIRE,
    "usage_convention": Sort.ANNUAIRE,
    "alerte_convention": Sort.ANNUAIRE,
    "echange_convention": Sort.DEPLACEE,
    "reponse_gardee": Sort.ANNUAIRE,
    # The lake of a cell holds what that cell sealed; the nation is their union.
    "lac_curseur": Sort.PROPRE,
    "lac_fichier": Sort.PROPRE,
    "lac_guichet": Sort.PROPRE,
    "agregat": Sort.PROPRE,
    "agregat_efface": Sort.PROPRE,
    **dict.fromkeys(
        (
            "edition_ouverte",
            "fichier_ouvert",
            "indicateur",
            "rapport",
            "rapport_version",
            "rapport_decision",
            "correspondance",
            "lecture_rapport",
            "rpls_chargement",
            "rpls_attribution",
            "rpls_bail",
            "abonnement_rapport",
            "abonnement_envoi",
            "abonnement_envoi_suite",
            "abonnement_migration",
            "edition",
        ),
        Sort.ANNUAIRE,
    ),
    # Entries are copied to where they are read, and stay where they were sealed; values leave with their territory.
    "journal_valeur": Sort.DEPLACEE,
}
SANS_MODELE: dict[str, Sort] = {
    "django_migrations": Sort.PROPRE,
    "effacement": Sort.PROPRE,
    "nud_ere": Sort.PROPRE,
}
CHEMINS = {  # said by no foreign key; what accounts did stays where accounts are
    "journal_valeur": "ligne.entree IN (SELECT e.id FROM journal_entree e WHERE e.territoire = {} "
    "AND (e.demande IS NOT NULL OR e.verbe = 'RECHERCHER'))",
}


class SansPlace(LookupError):
    """A table of which nobody said what becomes of it when its territory moves."""


@cache
def modeles() -> dict[str, type[models.Model]]:
    """Table → model, of every application installed."""
    return {m._meta.db_table: m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy}


def sort_de(table: str) -> Sort:
    """What becomes of this table. Raises :class:`SansPlace`."""
    modele = modeles().get(table)
    dit = (
        TABLES.get(table)
        or SANS_MODELE.get(table)
        or (MODULES.get(modele._meta.app_label) if modele else None)
    )
    if dit is None:
        raise SansPlace(f"table {table}: say what becomes of it in sne/cellules/places.py")
    return dit


DE_L_ANNUAIRE = (
    "sne.infocentre.abonnements.",
    "sne.infocentre.ouvert.",
    "sne.infocentre.rapports.",
    "sne.registre.rattachement.",
    "sne.sensibilisation.",
)
"""Subjects whose nights are the directory's, of a module that has others elsewhere: their tables are there, the
accounts that they close, or the campaigns that they remind of.
"""


def is_de_l_annuaire(module: str) -> bool:
    """Whether what this module (``sne.conventions.tasks``) does by itself is done once for the nation."""
    return module.startswith(DE_L_ANNUAIRE) or is_un_module_de_l_annuaire(module)


def is_un_module_de_l_annuaire(module: str) -> bool:
    """Whether all that it holds is of the directory, whatever territory it is of."""
    _, etiquette, *_ = module.split(".")
    return MODULES.get(etiquette) in (Sort.PUBLIEE, Sort.ANNUAIRE)


def tables_qui(sort: Sort) -> tuple[str, ...]:
    """The tables of this sort, by name."""
    return tuple(sorted(t for t in modeles() if sort_de(t) is sort))


def deplacees() -> tuple[str, ...]:
    """The tables that move, those whose way is longer first: a row is found by the row that it hangs on."""
    return tuple(sorted(tables_qui(Sort.DEPLACEE), key=lambda t: (-_profondeur(t), t)))


def condition(table: str, territoire: str) -> sql.Composed:
    """Which rows (``ligne``) of a table are of this territory. Raises :class:`SansPlace` when no way says it."""
    return sql.SQL(chemin(table)).format(sql.Literal(territoire))


@cache
def chemin(table: str, ligne: str = "ligne") -> str:
    """The same as text, ``{}`` in the place of the territory."""
    if table in CHEMINS:
        return CHEMINS[table]
    if _a_la_colonne(table):
        part_si = getattr(modeles()[table], "part_si", None)
        return f"{ligne}.{COLONNE} = {{}}" + (f" AND {ligne}.{part_si()}" if part_si else "")
    cle = _cle_vers_le_haut(table)
    vers = cle.target_field
    haut, autre = vers.model._meta.db_table, f"{ligne}_{cle.column}"
    celles = f"SELECT {autre}.{vers.column} FROM {haut} {autre} WHERE {chemin(haut, autre)}"  # noqa: S608 - our models
    return f"{ligne}.{cle.column} IN ({celles})"


def _a_la_colonne(table: str) -> bool:
    """Whether its own territory says it: not of what hangs on a row that may stay (``part_si`` of its model)."""
    champs = modeles()[table]._meta.concrete_fields
    return any(champ.column == COLONNE for champ in champs) and not any(
        hasattr(champ.remote_field.model, "part_si") for champ in champs if champ.remote_field
    )


def _cle_vers_le_haut(table: str) -> Any:
    """The first foreign key, never empty, to a table that moves."""
    for champ in modeles()[table]._meta.concrete_fields:
        if champ.remote_field and not champ.null:
            haut = champ.remote_field.model._meta.db_table
            if haut != table and sort_de(haut) is Sort.DEPLACEE:
                return champ
    raise SansPlace(
        f"table {table}: no column and no foreign key leads to its territory (sne/cellules/places.py)"
    )


def _profondeur(table: str) -> int:
    if table in CHEMINS or _a_la_colonne(table):
        return int(table in CHEMINS)
    return 1 + _profondeur(_cle_vers_le_haut(table).remote_field.model._meta.db_table)
