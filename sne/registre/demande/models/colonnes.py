"""The column that every table of the register repeats."""

from typing import Any

from django.db import models


def territoire() -> Any:
    """Territory, first in every business index: ``002``, ``02A``, ``974``, ``111`` (Île-de-France)."""
    return models.CharField(max_length=3)
