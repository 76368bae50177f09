"""A worker with one more periodic task, due every second, which writes in a file each time it runs.

    python -m tests.cli.travailleur_qui_bat FILE [panne]

With ``panne``, the loop of jobs fails for a reason that is not the database's.
"""

import sys
from pathlib import Path

from sne.cli.commandes.travailler import travailler
from sne.cli.connexion import charger_django


def principal(battements: Path, *, panne: bool) -> None:
    """Run as ``sne travailler`` does."""
    charger_django()
    from procrastinate.contrib.django import app

    from sne.cli import travailleur

    @app.periodic(cron="* * * * * *", periodic_id="seconde")
    @app.task(name="essais.battre", queue="essais")
    def battre(timestamp: int) -> None:
        with battements.open("a") as fichier:
            fichier.write(f"{timestamp}\n")

    async def echouer(*_: object) -> None:
        raise RuntimeError("Élodie Dubreuil")

    if panne:
        travailleur.Travailleur._traiter_les_taches = echouer  # type: ignore[method-assign]
    travailler(args=[])


if __name__ == "__main__":
    principal(Path(sys.argv[1]), panne="panne" in sys.argv[2:])
