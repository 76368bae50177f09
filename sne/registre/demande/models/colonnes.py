"""Columns that every table of the register repeats."""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from sne.socle.identifiants import uuid7


def cle() -> Any:
    """Primary key: a UUID version 7 made in Python."""
    return models.UUIDField(primary_key=True, default=uuid7, editable=False)


def territoire() -> Any:
    """Territory, first in every business index: ``002``, ``02A``, ``974``, ``111`` (Île-de-France)."""
    return models.CharField(max_length=3)


def inscrit_le() -> Any:
    """Database clock; a trigger overwrites whatever is sent."""
    return models.DateTimeField(db_default=Now(), editable=False)
