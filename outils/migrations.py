"""Migrations that suit the release before: what each one after the first schema may do while that release still serves.

Expand, then contract: a release adds; what it takes away, renames or makes stricter waits for the next one, and is then
listed in ``PERMISES``. No lock is waited for: ``SET lock_timeout`` comes first, and an index is made concurrently.
"""

import re
from collections.abc import Iterator

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

FRONTIERE = frozenset({"0001_initial", "0001_gardes", "0002_gardes", "0003_catalogue"})
"""The schema that a first installation makes, in one go: nobody is served meanwhile."""
PERMISES: frozenset[tuple[str, str]] = frozenset()
"""(module, migration) that contract what the release before no longer reads."""
DELAI = re.compile(r"\s*SET\s+(LOCAL\s+)?lock_timeout\s*=", re.IGNORECASE)
INDEX = re.compile(r"CREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)", re.IGNORECASE)
ENLEVE = (RemoveField, DeleteModel, RenameField, RenameModel, AlterField)


def fautes(migration: Migration) -> Iterator[str]:
    """What the release before, or those who wait for a lock, would suffer; one sentence each."""
    operations = list(migration.operations)
    if not operations or not (isinstance(operations[0], RunSQL) and DELAI.match(str(operations[0].sql))):
        yield "commencez par RunSQL(\"SET lock_timeout = '3s'\")"
    faits = {op.name_lower for op in operations if isinstance(op, CreateModel)}
    for operation in operations:
        if getattr(operation, "model_name_lower", "") not in faits:
            yield from _dire(operation)


def _dire(operation: Operation) -> Iterator[str]:
    """The same of one operation, on a table that serves."""
    dite = operation.describe()
    match operation:
        case AddIndexConcurrently() | AddConstraintNotValid():
            pass
        case AddIndex():
            yield f"{dite} : AddIndexConcurrently, dans une migration « atomic = False »"
        case AddConstraint():
            yield f"{dite} : AddConstraintNotValid, puis ValidateConstraint"
        case AddField(field=champ) if not champ.null and champ.db_default is NOT_PROVIDED:
            yield f"{dite} : db_default, ou null : la version d’avant ne l’écrit pas"
        case RunSQL(sql=str(texte)) if INDEX.search(texte):
            yield f"{texte.strip()[:60]} : CREATE INDEX CONCURRENTLY"
        case _ if isinstance(operation, ENLEVE):
            yield f"{dite} : à la version suivante, quand plus rien ne le lit"
