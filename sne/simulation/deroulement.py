"""One simulation in a process of its own: ``python -m sne.simulation.deroulement ANNEES TAILLE GRAINE``.

Its database is that of its environment, empty of households; its report is written in JSON on the standard output.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import django
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


def main(arguments: Sequence[str]) -> None:
    """Live, compare, report."""
    debut = time.monotonic()
    django.setup()
    from sne.simulation.gestes import GESTES
    from sne.simulation.monde import Monde, Reglages
    from sne.simulation.rapport import rapporter

    reglages = Reglages(*map(int, arguments))
    monde = Monde(reglages, GESTES)
    with _progression(reglages.annees) as avancer:
        monde.derouler(avancer=avancer)
    resultat = rapporter(monde)
    resultat["secondes"] = round(time.monotonic() - debut, 1)
    json.dump(resultat, sys.stdout, ensure_ascii=False)


@contextmanager
def _progression(annees: int) -> Iterator[Callable[[date], None]]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    colonnes = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("simulation", total=annees * 12)

        def avancer(jour: date) -> None:
            if jour.day == 1:
                barre.update(tache, advance=1, description=f"{jour:%m/%Y}")

        yield avancer


if __name__ == "__main__":
    main(sys.argv[1:])
