"""A release and the one before serve together: every migration after the first schema suits both."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration
from django.db.migrations import operations as o
from django.db.migrations.loader import MigrationLoader

from outils.migrations import FRONTIERE, PERMISES, fautes

DELAI = o.RunSQL("SET lock_timeout = '3s'")
INDEX = models.Index(fields=["x"], name="x")
PRESENCE = models.CheckConstraint(condition=models.Q(x__gt=0), name="x")


def migration(*operations: o.base.Operation) -> Migration:
    faite = Migration("0003_essai", "essai")
    faite.operations = [*operations]
    return faite


def test_every_migration_since_suits_the_release_before() -> None:
    neuves = {
        cle: m
        for cle, m in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if m.__module__.startswith("sne.") and m.name not in FRONTIERE and cle not in PERMISES
    }
    assert {cle: dites for cle, m in neuves.items() if (dites := list(fautes(m)))} == {}


@pytest.mark.parametrize(
    ("operation", "dite"),
    [
        (o.AddIndex("t", INDEX), "AddIndexConcurrently"),
        (o.AddConstraint("t", PRESENCE), "AddConstraintNotValid"),
        (o.AddField("t", "x", models.IntegerField()), "db_default"),
        (o.RemoveField("t", "x"), "suivante"),
        (o.RenameField("t", "x", "y"), "suivante"),
        (o.AlterField("t", "x", models.IntegerField()), "suivante"),
        (o.DeleteModel("T"), "suivante"),
        (o.RunSQL("CREATE UNIQUE INDEX i ON t (x)"), "CONCURRENTLY"),
    ],
)
def test_what_would_stop_or_break_it_is_said(operation: o.base.Operation, dite: str) -> None:
    [faute] = fautes(migration(DELAI, operation))
    assert dite in faute


@pytest.mark.parametrize(
    "operation",
    [
        AddIndexConcurrently("t", INDEX),
        o.AddField("t", "x", models.IntegerField(null=True)),
        o.AddField("t", "x", models.IntegerField(db_default=0)),
        o.RunSQL("CREATE INDEX CONCURRENTLY i ON t (x)"),
    ],
)
def test_what_suits_it_is_not(operation: o.base.Operation) -> None:
    assert list(fautes(migration(DELAI, operation))) == []
    assert list(fautes(migration(operation))) == ["commencez par RunSQL(\"SET lock_timeout = '3s'\")"]


def test_a_new_table_may_have_what_it_wants() -> None:
    table = o.CreateModel("T", [("x", models.IntegerField())])
    assert list(fautes(migration(DELAI, table, o.AddIndex("t", INDEX), o.AddConstraint("t", PRESENCE)))) == []
