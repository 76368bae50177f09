"""``sne mesures``: how the service and what it asks fare, as figures that a monitoring system reads (Prometheus)."""

from pathlib import Path

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande


@click.command(cls=Commande, short_help="Écrit l’état du service en chiffres, pour la supervision.")
@click.option(
    "--travailleur",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DOSSIER",
    help="Dossier où le travailleur de cette machine compte ses actes et ses messages.",
)
def mesures(travailleur: Path | None) -> None:
    """Écrit l’état de chaque contrôle et de chaque service de l’État, au format de Prometheus.

    À faire lire par le collecteur de fichiers de node_exporter. Aucune personne, aucun guichet n’y figure.
    """
    charger_django()
    from prometheus_client import CollectorRegistry, generate_latest

    from sne.cli.mesures import relever
    from sne.socle.mesures import additionner

    registre = CollectorRegistry()
    relever(registre)
    if travailleur and travailleur.is_dir():  # nothing while it does not run
        additionner(travailleur, avec=registre)
    click.echo(generate_latest(registre).decode(), nl=False)
