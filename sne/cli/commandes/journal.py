"""``sne journal``: does the journal still prove itself?"""

from dataclasses import asdict

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json

MONTRES = 20
LIBELLES = {
    "entrees": "Entrées",
    "scellees": "Entrées scellées",
    "scellements": "Scellements",
    "en_attente": "Entrées en attente de scellement",
}


@click.group(cls=Groupe)
def journal() -> None:
    """Journal des actes et des lectures."""


@journal.command()
@option_json
def verifier(en_json: bool) -> None:
    """Recalcule chaque empreinte, engagement, racine et maillon ; échoue s’il y a un écart."""
    charger_django()
    from sne.journal import selectors

    ecarts = list(selectors.verifier())
    etat = selectors.etat_du_journal()
    if en_json:
        ecrire_json({**asdict(etat), "ecarts": ecarts})
    else:
        ecrire_lignes((LIBELLES[cle], valeur) for cle, valeur in asdict(etat).items())
        for ecart in ecarts[:MONTRES]:
            click.echo(ecart.phrase)
    if ecarts:
        raise Echec(f"Le journal ne se prouve plus : {len(ecarts)} écart(s).")
    if not en_json:
        click.echo("Le journal se prouve : aucun écart.")
