"""``sne sante``: is the service well? Exit status 0 when every check is good."""

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire_json, option_json


@click.command(cls=Commande, short_help="Contrôle que le service va bien.")
@option_json
def sante(en_json: bool) -> None:
    """Base, journal, tâches, horloge, rapports, lac, documents, antivirus, services, portail, sauvegardes, disque."""
    charger_django()
    from sne.cli.diagnostic import diagnostiquer

    controles = diagnostiquer()
    mauvais = [c for c in controles if not c.bon]
    if en_json:
        ecrire_json({"bon": not mauvais, "controles": controles})
    else:
        for controle in controles:
            click.echo(f"{'bon    ' if controle.bon else 'mauvais'}  {controle.nom:<22} {controle.constat}")
    if mauvais:
        raise Echec(f"{len(mauvais)} contrôle(s) en défaut : {', '.join(c.nom for c in mauvais)}.")
