"""What a command prints: one JSON object for machines, aligned lines for people."""

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

PARIS = ZoneInfo("Europe/Paris")
F = TypeVar("F", bound=Callable[..., Any])

option_json: Callable[[F], F] = click.option("--json", "en_json", is_flag=True, help="Écrit un objet JSON.")


def ecrire_json(valeur: object) -> None:
    """Print one JSON document; dates in ISO 8601."""
    click.echo(json.dumps(_simple(valeur), ensure_ascii=False, indent=2))


def ecrire_lignes(lignes: Iterable[tuple[str, object]]) -> None:
    """Print ``label : value`` lines, aligned; a label may come several times."""
    paires = list(lignes)
    largeur = max((len(libelle) for libelle, _ in paires), default=0)
    for libelle, valeur in paires:
        click.echo(f"{libelle:<{largeur}} : {_lisible(valeur)}")


def ecrire(valeurs: Mapping[str, object], libelles: Mapping[str, str], *, en_json: bool) -> None:
    """The same facts for a machine or for a person; ``libelles`` gives the French label of each key."""
    if en_json:
        ecrire_json(valeurs)
    else:
        ecrire_lignes((libelles[cle], valeur) for cle, valeur in valeurs.items())


@contextmanager
def progression(quoi: str) -> Iterator[Callable[[int], None]]:
    """A counter on the terminal of the person, if there is one; gives what to call with how many more are done."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    colonnes = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"))
    console = Console(stderr=True)
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task(quoi, total=None)
        yield lambda nombre: barre.advance(tache, nombre)


def _lisible(valeur: object) -> str:
    match valeur:
        case dt.datetime():
            return valeur.astimezone(PARIS).strftime("%d/%m/%Y %H:%M:%S")
        case dt.date():
            return valeur.strftime("%d/%m/%Y")
        case bool():
            return "oui" if valeur else "non"
        case None:
            return "—"
        case _:
            return str(valeur)


def _simple(valeur: object) -> Any:
    match valeur:
        case dt.date():
            return valeur.isoformat()
        case uuid.UUID() | Path() | Decimal():
            return str(valeur)
        case Mapping():
            return {str(cle): _simple(v) for cle, v in valeur.items()}
        case list() | tuple():
            return [_simple(v) for v in valeur]
        case _ if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
            return {c.name: _simple(getattr(valeur, c.name)) for c in dataclasses.fields(valeur)}
    return valeur
