"""``sne purge``: the report of what a day erased, and whether the journal proves it."""

import datetime as dt
from dataclasses import asdict

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Jour


@click.command(cls=Commande, short_help="Rend compte des demandes effacées un jour donné.")
@click.option(
    "--jour", type=Jour(), metavar="AAAA-MM-JJ", help="Jour du passage ; aujourd’hui sans cette option."
)
@option_json
def purge(jour: dt.date | None, en_json: bool) -> None:
    """Dit, par territoire, combien de demandes l’horloge a effacées ce jour-là, et combien de lignes de chaque table.

    Échoue tant qu’il reste un fichier à effacer, ou qu’une entrée scellée du journal ne dit pas la même chose.
    """
    charger_django()
    from sne.registre.demande.selectors.effacement import list_rapports
    from sne.socle.horloge import aujourd_hui

    jour = jour or aujourd_hui()
    rapports = list_rapports(jour)
    if en_json:
        territoires = [{**asdict(r), "complet": r.complet} for r in rapports]
        ecrire_json({"jour": jour, "complet": all(r.complet for r in rapports), "territoires": territoires})
    else:
        for r in rapports:
            click.echo(f"Territoire {r.territoire}")
            ecrire_lignes(
                {
                    "Demandes effacées": r.demandes,
                    **{f"Lignes de {table}": nombre for table, nombre in r.lignes.items() if nombre},
                    "Fichiers effacés": r.fichiers,
                    "Fichiers restants": r.fichiers_restants,
                    "Entrées scellées": r.scellees,
                    "Entrées en désaccord": r.discordantes,
                }.items()
            )
        if not rapports:
            click.echo(f"Aucune demande effacée le {jour:%d/%m/%Y}.")
    incomplets = [r.territoire for r in rapports if not r.complet]
    if incomplets:
        raise Echec(f"L’effacement n’est pas terminé, ou ne se prouve pas : {', '.join(incomplets)}.")
