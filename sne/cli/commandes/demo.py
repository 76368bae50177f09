"""``sne demo``: the whole service on this machine, with a fictional territory (``make demo``)."""

import click

from sne.cli.francais import Commande, Echec
from sne.cli.types import Entier
from sne.demo.annonce import annoncer, dire
from sne.demo.dossier import DejaEnMarche, dossier_de_la_demo
from sne.demo.supervision import DemoImpossible, Options, Superviseur


@click.command(cls=Commande, short_help="Démarre le service avec un territoire fictif.")
@click.option("--port", type=Entier(1, 65_535), default=8000, help="Port d’écoute (8000 par défaut).")
@click.option(
    "--taille", type=Entier(0, 10_000_000), default=20_000, help="Nombre de demandes (20000 par défaut)."
)
@click.option(
    "--adresse", metavar="IP", default="127.0.0.1", help="Adresse d’écoute ; cette machine seule par défaut."
)
@click.option(
    "--ecole", is_flag=True, help="L’École des éditeurs : des bacs, sans autre territoire que le fictif."
)
@click.option("--sans-menages", is_flag=True, help="Sans le portail des ménages : moins de mémoire.")
@click.option(
    "--cellules",
    type=Entier(1, 2),
    default=1,
    help="2 : deux serveurs, le territoire fictif dans le deuxième.",
)
def demo(*, port: int, taille: int, adresse: str, ecole: bool, sans_menages: bool, cellules: int) -> None:
    """Démarre le service avec un territoire fictif, jusqu’à Ctrl-C. Rien n’est perdu d’une fois à l’autre."""
    options = Options(
        port=port, taille=taille, adresse=adresse, ecole=ecole, menages=not sans_menages, cellules=cellules
    )
    superviseur = Superviseur(dossier_de_la_demo(), options, dire=dire)
    try:
        superviseur.executer(annoncer=annoncer)
    except (DemoImpossible, DejaEnMarche) as exc:
        raise Echec(str(exc)) from exc
    dire("Service arrêté. Les données sont gardées pour la prochaine fois.")
