"""``sne travailler``: the background process of the service."""

import asyncio
import logging

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec


@click.command(cls=Commande, short_help="Scelle le journal et exécute les tâches de fond.")
def travailler() -> None:
    """Scelle et distribue le journal, exécute les tâches de fond, jusqu’à l’arrêt (SIGTERM ou Ctrl-C)."""
    charger_django()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    from sne.cli.travailleur import Travailleur

    if not asyncio.run(Travailleur().executer()):
        raise Echec(
            "Les tâches de fond se sont arrêtées : le processus finit pour être relancé. Voir ses journaux."
        )
