"""``sne doublons``: looking for the same household twice, in the register or in a labelled file."""

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json


@click.group(cls=Groupe)
def doublons() -> None:
    """Demandes qui sont peut-être du même foyer."""


@doublons.command()
@click.option("--territoire", "territoires", multiple=True, metavar="TTT", help="Seulement ce territoire.")
@option_json
def balayer(territoires: tuple[str, ...], en_json: bool) -> None:
    """Cherche les demandes proches de chaque territoire, et les range par ensembles à décider.

    Peut être arrêtée et relancée : la recherche reprend où elle en était. Ce qui attend ou a été décidé n’est pas
    rouvert, sauf si une identité a changé depuis.
    """
    charger_django()
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from sne.referentiels.selectors import get_territoire
    from sne.registre.selectors.balayage import list_balayages
    from sne.registre.tasks import balayer_les_territoires
    from sne.socle.horloge import maintenant

    for code in territoires:
        if get_territoire(code) is None:
            raise Echec(
                f"Territoire inconnu : {code}. Trois signes sont attendus, par exemple 059, 02A ou 111."
            )
    colonnes = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"))
    console = Console(stderr=True)
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("demandes", total=None)
        balayer_les_territoires(
            maintenant(), territoires=territoires, avancer=lambda n: barre.advance(tache, n)
        )
    balayages = list_balayages(territoires)
    if en_json:
        ecrire_json({"balayages": balayages})
        return
    ecrire_lignes(
        [
            ("Demandes comparées", sum(b.demandes for b in balayages)),
            ("Nouvelles paires proches", sum(b.paires for b in balayages)),
            ("Ensembles ouverts", sum(b.ensembles for b in balayages)),
            ("Paires laissées à la prochaine recherche", sum(b.reportees for b in balayages)),
            ("Dates et téléphones trop partagés", sum(b.cles_communes for b in balayages)),
            ("Paires non comparées pour cela, au plus", sum(b.paires_ecartees for b in balayages)),
        ]
    )
