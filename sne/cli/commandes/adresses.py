"""``sne adresses``: our own index of addresses, from the national file."""

import gzip
from pathlib import Path
from typing import IO, cast

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, option_json


@click.group(cls=Groupe, short_help="Index des adresses tenu par ce service.")
def adresses() -> None:
    """Index des adresses tenu par ce service."""


@adresses.command()
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--meme-si-moins", is_flag=True, help="Remplace aussi un département qui perdrait beaucoup d’adresses."
)
@option_json
def charger(fichier: Path, meme_si_moins: bool, en_json: bool) -> None:
    """Charge un fichier de la base adresse nationale (CSV, ou CSV compressé en .gz).

    Chaque département du fichier est remplacé d’un coup : qui cherche une adresse pendant ce temps lit l’ancienne
    liste, puis la nouvelle. Les autres départements ne changent pas. Peut être relancée.
    """
    charger_django(role="owner")
    from sne.connecteurs.adresses.chargement import charger_adresses
    from sne.socle.horloge import maintenant

    try:
        with _ouvrir(fichier) as flux:
            fait = charger_adresses(flux, le=maintenant(), meme_si_moins=meme_si_moins)
    except (OSError, EOFError) as exc:
        raise Echec(
            f"Le fichier {fichier.name} ne peut pas être lu jusqu’au bout : rien n’a été changé."
        ) from exc
    if en_json:
        ecrire_json({"ignorees": fait.ignorees, "departements": fait.bilans})
    else:
        for bilan in fait.bilans:
            suite = " : moins d’adresses qu’avant, non remplacé" if bilan.refuse else ""
            click.echo(f"{bilan.departement:<3}  {bilan.voies} voies, {bilan.numeros} numéros{suite}")
        click.echo(f"{fait.ignorees} lignes sans adresse lisible, ignorées.")
    if refuses := [bilan.departement for bilan in fait.bilans if bilan.refuse]:
        raise Echec(
            f"Non remplacés, car ils auraient perdu plus d’un numéro sur cinq : {', '.join(refuses)}. "
            "Si le fichier est juste, ajoutez --meme-si-moins."
        )


def _ouvrir(fichier: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(fichier, "rb")) if fichier.suffix == ".gz" else fichier.open("rb")
