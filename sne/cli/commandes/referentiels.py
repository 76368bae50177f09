"""``sne referentiels``: loads the committed reference data."""

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe


@click.group(cls=Groupe, short_help="Communes, nomenclatures, paramètres, guichets.")
def referentiels() -> None:
    """Communes, nomenclatures, paramètres datés, organismes et guichets."""


@referentiels.command()
@click.option("--demonstration", is_flag=True, help="Charge aussi le département fictif et ses guichets.")
def charger(demonstration: bool) -> None:
    """Charge les référentiels livrés avec le logiciel (sans effet s’ils le sont déjà)."""
    charger_django(role="owner")
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    charger_referentiels()
    if demonstration:
        charger_demonstration()
    ouvrir_territoires()
    click.echo("Référentiels à jour.")
