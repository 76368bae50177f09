"""Starts the simulated provider: ``python -m sne.simulation.fournisseur --profil fc --rappel http://…``."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from sne.simulation.fournisseur.personnes import lire_particuliers
from sne.simulation.fournisseur.protocole import PROFILS, Fournisseur, Partenaire
from sne.simulation.fournisseur.serveur import Serveur


@click.command()
@click.option("--profil", type=click.Choice(sorted(PROFILS)), default="fc", help="Fournisseur imité.")
@click.option("--port", type=int, default=0, help="Port, sur cette machine seulement ; 0 : un port libre.")
@click.option("--client", default="sne-demonstration", help="Identifiant du service.")
@click.option("--rappel", required=True, help="Adresse exacte du retour de connexion.")
@click.option("--rappel-deconnexion", required=True, help="Adresse exacte du retour de déconnexion.")
@click.option(
    "--personnes", type=click.Path(path_type=Path), help="Fichier de personnes montrées avant les autres."
)
def main(  # noqa: PLR0917 - one for each option
    profil: str, port: int, client: str, rappel: str, rappel_deconnexion: str, personnes: Path | None
) -> None:
    """Jouer FranceConnect ou ProConnect ; le secret du service se lit dans SIMULATION_SECRET."""
    secret = os.environ.get("SIMULATION_SECRET", "")
    if not secret:
        raise click.ClickException("SIMULATION_SECRET est vide : donnez le secret que le service présentera.")
    with Serveur(port) as serveur:
        partenaire = Partenaire(client, secret, rappel, rappel_deconnexion)
        premieres = lire_particuliers(personnes.read_text("utf-8")) if personnes else ()
        choisi = replace(PROFILS[profil], personnes=premieres + PROFILS[profil].personnes)
        serveur.fournisseur = Fournisseur(serveur.emetteur, choisi, partenaire, time.time)
        sys.stdout.write(f"{serveur.emetteur}\n")
        sys.stdout.flush()
        serveur.serve_forever()


if __name__ == "__main__":
    main()
