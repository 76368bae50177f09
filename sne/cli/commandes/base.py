"""``sne base``: address of the database, and its migrations."""

import os

import click

from sne.cli.connexion import charger_django, variables
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, option_json
from sne.cli.types import Choix

VARIABLES = {"runtime": "SNE_RUNTIME_URL", "owner": "SNE_OWNER_URL"}


@click.group(cls=Groupe)
def base() -> None:
    """Base de données."""


@base.command()
@click.option(
    "--role", type=Choix(*VARIABLES), default="runtime", help="Rôle : runtime (par défaut) ou owner."
)
@option_json
def url(role: str, en_json: bool) -> None:
    """Écrit l’adresse PostgreSQL d’un rôle (pour psql, pg_dump…)."""
    adresse = {**os.environ, **variables(os.environ, role=role)}[VARIABLES[role]]
    if en_json:
        ecrire_json({"role": role, "url": adresse})
    else:
        click.echo(adresse)


@base.command()
@click.option("--verifier", is_flag=True, help="Ne fait rien : échoue si des migrations attendent.")
def migrer(verifier: bool) -> None:
    """Met les tables et les droits à jour, comme propriétaire des tables."""
    charger_django(role="owner")
    from django.core.management import call_command

    if not verifier:
        call_command("migrate", verbosity=1, interactive=False)
        return
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit as exc:
        raise Echec("Des migrations attendent : lancez « sne base migrer ».") from exc
