"""``sne mesures``: how the service and what it asks fare, as figures that a monitoring system reads (Prometheus)."""

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande


@click.command(cls=Commande, short_help="Écrit l’état du service en chiffres, pour la supervision.")
def mesures() -> None:
    """Écrit l’état de chaque contrôle et de chaque service de l’État, au format de Prometheus.

    À faire lire par le collecteur de fichiers de node_exporter. Aucune personne, aucun guichet n’y figure.
    """
    charger_django()
    from prometheus_client import CollectorRegistry, generate_latest

    from sne.cli.mesures import relever

    registre = CollectorRegistry()
    relever(registre)
    click.echo(generate_latest(registre).decode(), nl=False)
