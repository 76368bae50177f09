"""Types of the values typed on the command line; each refusal is a French sentence naming the remedy."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click


class Jour(click.ParamType[dt.date]):
    """A civil day, ``AAAA-MM-JJ``."""

    name = "AAAA-MM-JJ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                f"« {value} » n’est pas une date. Écrivez par exemple 2024-02-29.",
                param,
                ctx,
            )


class Instant(click.ParamType[dt.datetime]):
    """An instant, ``AAAA-MM-JJTHH:MM[:SS][+HH:MM]`` (Paris if bare), or a day (its end, in Paris)."""

    name = "INSTANT"
    paris = ZoneInfo("Europe/Paris")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        texte = str(value)
        try:
            instant = dt.datetime.fromisoformat(texte)
        except ValueError:
            self.fail(
                f"« {texte} » n’est pas un instant. Écrivez par exemple 2026-11-24T10:31.",
                param,
                ctx,
            )
        if len(texte) <= len("2026-11-24"):
            instant = dt.datetime.combine(instant.date(), dt.time.max)
        return instant if instant.tzinfo else instant.replace(tzinfo=self.paris)


class Entier(click.ParamType[int]):
    """A whole number between two bounds, both allowed."""

    name = "N"

    def __init__(self, minimum: int, maximum: int) -> None:
        self.minimum, self.maximum = minimum, maximum

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        texte = str(value)
        if not (texte.isascii() and texte.isdigit()) or not self.minimum <= int(texte) <= self.maximum:
            self.fail(f"donnez un nombre entier entre {self.minimum} et {self.maximum}.", param, ctx)
        return int(texte)


class Choix(click.ParamType[str]):
    """One word of a short list."""

    def __init__(self, *mots: str) -> None:
        self.mots = mots
        self.name = "|".join(mots)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.mots:
            self.fail(f"« {value} » n’est pas proposé. Choisissez : {', '.join(self.mots)}.", param, ctx)
        return str(value)


class Fichier(click.ParamType[Path]):
    """A file path; ``lu`` asks that it exists."""

    name = "FICHIER"

    def __init__(self, *, lu: bool = False) -> None:
        self.lu = lu

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        chemin = Path(value)
        if self.lu and not chemin.is_file():
            self.fail(f"le fichier « {chemin} » n’existe pas.", param, ctx)
        if not self.lu and not chemin.parent.is_dir():
            self.fail(f"le dossier « {chemin.parent} » n’existe pas. Créez-le d’abord.", param, ctx)
        return chemin


class Dossier(click.ParamType[Path]):
    """A folder that exists."""

    name = "DOSSIER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        chemin = Path(value)
        if not chemin.is_dir():
            self.fail(f"le dossier « {chemin} » n’existe pas.", param, ctx)
        return chemin
