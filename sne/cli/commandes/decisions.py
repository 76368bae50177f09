"""``sne decisions``: decisions that the product is shipped with, and what a run of its tests proves of them."""

import pathlib

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire, option_json


@click.group(cls=Groupe)
def decisions() -> None:
    """Décisions du programme : celles livrées, et leurs preuves."""


@decisions.command()
@click.option("--auteur", metavar="ADRESSE", required=True, help="Compte qui les inscrit.")
@click.option(
    "--consigne-par", metavar="ADRESSE", required=True, help="Compte qui les consigne, d’une autre personne."
)
@option_json
def livrer(auteur: str, consigne_par: str, en_json: bool) -> None:
    """Inscrit les décisions livrées avec le logiciel qui n’y sont pas, et les preuves de sa version."""
    charger_django()
    from sne.cli.commandes.site import acte_de
    from sne.programme.actions.livrer import livrer_les_decisions

    nombre = livrer_les_decisions(par=acte_de(auteur), publie_par=acte_de(consigne_par))
    ecrire({"decisions": nombre}, {"decisions": "Décisions inscrites"}, en_json=en_json)


@decisions.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@option_json
def preuves(fichier: pathlib.Path, en_json: bool) -> None:
    """Garde ce qu’un passage des essais prouve de chaque décision."""
    charger_django()
    from sne.programme.actions.livrer import charger_preuves
    from sne.programme.rules.livrees import lire_preuves

    nombre = charger_preuves(*lire_preuves(fichier.name, fichier.read_text("utf-8")))
    ecrire({"preuves": nombre}, {"preuves": "Essais gardés"}, en_json=en_json)
