"""``sne suivi``: the activity of counters, computed from the register."""

import datetime as dt
from typing import Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.socle.acte import Acte


class Mois(click.ParamType[dt.date]):
    """A month, ``AAAA-MM``, read as its first day."""

    name = "AAAA-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return dt.datetime.strptime(str(value), "%Y-%m").replace(tzinfo=dt.UTC).date()
        except ValueError:
            self.fail(f"« {value} » n’est pas un mois. Écrivez par exemple 2026-11.", param, ctx)


@click.group(cls=Groupe)
def suivi() -> None:
    """Suivi de ce que font les guichets."""


@suivi.command()
@click.option(
    "--depuis", type=Mois(), metavar="AAAA-MM", help="Recalcule tous les mois à partir de celui-ci."
)
@option_json
def calculer(depuis: dt.date | None, en_json: bool) -> None:
    """Calcule l’activité de chaque guichet, mois par mois, à partir du registre.

    Sans option, les mois qui peuvent avoir bougé, comme chaque nuit. Peut être arrêtée et relancée : un mois dont les
    chiffres sont déjà justes n’est pas réécrit. Ce qui a été effacé du registre depuis n’est plus compté : ne
    recalculez pas sans raison des mois dont les demandes ont pu être effacées.
    """
    charger_django()
    from sne.socle.horloge import maintenant
    from sne.suivi.actions.activite import calculer_activite, service_du_suivi

    changes = calculer_activite(depuis=depuis, acte=Acte(service_du_suivi(), maintenant()))
    if en_json:
        ecrire_json({"mois": changes})
        return
    ecrire_lignes(
        [("Mois dont les chiffres ont changé", ", ".join(f"{m:%m/%Y}" for m in changes) or "aucun")]
    )
