"""``sne simuler``: a fictional territory lives for years, in a database of its own, and every rule is checked."""

from pathlib import Path

import click

from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Entier, Fichier
from sne.simulation.execution import SimulationImpossible
from sne.simulation.execution import simuler as executer
from sne.simulation.tableau import lignes
from sne.socle.postgres import ServeurIndisponible


@click.command(cls=Commande, short_help="Fait vivre un territoire fictif et vérifie chaque règle.")
@click.option("--annees", type=Entier(1, 30), default="12", help="Années simulées (12 par défaut).")
@click.option(
    "--taille",
    type=Entier(1, 100_000),
    default="2000",
    help="Ménages qui se présentent en tout (2000 par défaut).",
)
@click.option(
    "--graine", type=Entier(0, 2**31 - 1), default="1", help="Le même nombre redonne la même histoire."
)
@click.option(
    "--garder", type=Fichier(), metavar="DOSSIER", help="Laisse la base dans ce dossier, vide ou nouveau."
)
@option_json
def simuler(annees: int, taille: int, graine: int, garder: Path | None, en_json: bool) -> int:
    """Fait vivre un territoire fictif jour après jour : dépôts, renouvellements, radiations, retours, pannes d’horloge.

    Chaque acte passe par la porte du service, et un témoin indépendant compare tout ce que le registre répond et
    garde. Rend 1 si une règle est enfreinte ou si une demande manque. La base est créée pour l’occasion, puis jetée.
    """
    try:
        resultat = executer(annees, taille, graine, garder=garder)
    except (SimulationImpossible, ServeurIndisponible) as exc:
        raise Echec(str(exc)) from exc
    if en_json:
        ecrire_json(resultat)
    else:
        ecrire_lignes(lignes(resultat))
        for exemple in resultat["exemples"]:
            click.echo("{nud} : {regle}, attendu {attendu}, trouvé {trouve}".format(**exemple), err=True)
    return 1 if resultat["violations"] or resultat["non_comptees"] else 0
