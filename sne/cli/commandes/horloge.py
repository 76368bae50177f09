"""``sne horloge``: what the register does by itself each day, run again as often as one likes."""

import datetime as dt
from collections import Counter

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Jour


@click.command(
    cls=Commande, short_help="Passe l’horloge du registre : préavis, expirations, radiations, effacements."
)
@click.option(
    "--jour", type=Jour(), metavar="AAAA-MM-JJ", help="Jour à passer ; aujourd’hui sans cette option."
)
@click.option("--territoire", "territoires", multiple=True, metavar="TTT", help="Seulement ce territoire.")
@option_json
def horloge(jour: dt.date | None, territoires: tuple[str, ...], en_json: bool) -> None:
    """Donne les préavis, déclare les fins de validité, radie faute de renouvellement, efface en fin de délai.

    Peut être arrêtée et relancée : ce qui est fait n’est plus à faire. Après une panne, un seul passage rattrape tout.
    Un jour à venir ne fait rien effacer : cela ne se reprend pas.
    """
    charger_django()
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from sne.referentiels.selectors import get_territoire
    from sne.registre.vie.rules.horloge import LIBELLES, EtapeHorloge
    from sne.registre.vie.selectors.horloge import list_passages
    from sne.registre.vie.tasks import passer_l_horloge
    from sne.socle.horloge import PARIS, aujourd_hui, maintenant

    for code in territoires:
        if get_territoire(code) is None:
            raise Echec(
                f"Territoire inconnu : {code}. Trois signes sont attendus, par exemple 059, 02A ou 111."
            )
    midi = dt.time(12, tzinfo=PARIS)
    instant = dt.datetime.combine(jour, midi) if jour and jour != aujourd_hui() else maintenant()
    colonnes = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"))
    console = Console(stderr=True)
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("demandes", total=None)
        passer_l_horloge(
            instant,
            territoires=territoires,
            sauf={EtapeHorloge.PURGE} if jour and jour > aujourd_hui() else (),
            avancer=lambda n: barre.advance(tache, n),
        )
    passages = list_passages(instant.astimezone(PARIS).date())
    if en_json:
        ecrire_json({"jour": instant.astimezone(PARIS).date(), "passages": passages})
        return
    comptes: Counter[str] = Counter()
    for passage in passages:
        comptes[LIBELLES[passage.etape]] += passage.traites
        comptes["Laissées à qui les change"] += passage.refuses
        comptes["À prévenir par une personne"] += passage.retenues
    ecrire_lignes(comptes.items())
