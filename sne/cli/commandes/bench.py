"""``sne bench``: each path of the service against its limit, in one run (``make bench``)."""

import re
from pathlib import Path
from typing import Any

import click

from sne.bench import rapport
from sne.bench.atelier import PreparationImpossible
from sne.bench.chantier import Reglages
from sne.bench.execution import mesurer
from sne.bench.lignes import LIGNES
from sne.bench.pgbench import MesureImpossible
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire_json, option_json
from sne.cli.types import Choix, Fichier
from sne.socle.postgres import ServeurIndisponible


class Tranches(click.ParamType[tuple[int, float]]):
    """How long to measure: ``5x4``, five slices of four seconds."""

    name = "NxS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, float]:
        trouve = re.fullmatch(r"([1-9]\d?)x([1-9]\d?)", str(value))
        if trouve is None:
            self.fail("écrivez le nombre de tranches et leur durée en secondes, par exemple 5x4.", param, ctx)
        return int(trouve[1]), float(trouve[2])


class Tailles(click.ParamType[tuple[int, int]]):
    """How many applications are on record, and in the smaller register compared with: ``1000000/100000``."""

    name = "N[/M]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        trouve = re.fullmatch(r"([1-9]\d{2,6}|10000000)(?:/([1-9]\d{1,6}))?", str(value))
        if trouve is None or int(trouve[2] or 0) >= int(trouve[1]):
            self.fail(
                "écrivez un nombre de demandes de 100 à 10000000, ou deux dont le second est plus petit, "
                "par exemple 1000000/100000.",
                param,
                ctx,
            )
        return int(trouve[1]), int(trouve[2] or 0)


@click.command(cls=Commande, short_help="Mesure les performances, en rapports à leur limite.")
@click.option(
    "--ligne",
    "lignes",
    multiple=True,
    metavar="CODE",
    type=Choix(*LIGNES),
    help=f"Mesure ces lignes seulement : {', '.join(LIGNES)}. Peut être répétée.",
)
@click.option(
    "--tranches",
    type=Tranches(),
    default="5x4",
    help="Nombre et durée en secondes des tranches de chaque côté (5x4 par défaut).",
)
@click.option(
    "--taille",
    "tailles",
    type=Tailles(),
    default="20000",
    help="Demandes déjà enregistrées (20000 par défaut) ; 1000000/100000 pour comparer deux registres.",
)
@click.option("--ecrire", type=Fichier(), help="Page à écrire, par exemple docs/performance.md.")
@option_json
def bench(
    lignes: tuple[str, ...],
    tranches: tuple[int, float],
    tailles: tuple[int, int],
    ecrire: Path | None,
    en_json: bool,
) -> None:
    """Mesure chaque chemin du service contre sa limite, sur des bases d’essai dans var/bench.

    La ligne « nombre » ne se mesure que si elle est demandée : elle compare un registre de la taille donnée à
    un registre plus petit (100000 demandes au moins), gardés dans var/bench-nombre d’une fois à l’autre : 14 Ko par
    demande ; au-delà de 5 millions, 4 Ko, car seules les 100000 dernières peuvent alors être ouvertes. De même la
    ligne « cellules », qui déplace le plus grand territoire d’une copie du registre vers un deuxième serveur, et la
    ligne « pays », qui remplit deux serveurs de la moitié du pays chacun, puis les jette : 15 Ko par demande.

    La démonstration en cours et ses données ne sont jamais touchées.
    """
    try:
        resultat, mesures = mesurer(
            lignes,
            Reglages(*tranches, *tailles),
            dire=lambda phrase: click.echo(phrase, err=True),
        )
    except (MesureImpossible, PreparationImpossible, ServeurIndisponible) as exc:
        raise Echec(str(exc)) from exc
    if ecrire:
        ecrire.write_text(rapport.page(resultat, mesures), encoding="utf-8")
    if en_json:
        ecrire_json(resultat)
        return
    for mesure in mesures:
        verdict = "atteint" if mesure.atteinte else "MANQUÉ"
        cible = f"{mesure.cible.sens} {mesure.cible.valeur:g}"
        click.echo(f"{mesure.code:<16} {mesure.valeur:10.2f} {mesure.unite:<10} {cible:<8} {verdict}")
