"""``sne numero lire``: the parts of a unique number (registre.demande.rules.numero_unique)."""

import click

from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire, option_json
from sne.registre.demande.rules.numero_unique import NumeroInvalide, lire

LIBELLES = {
    "territoire": "Territoire",
    "mois": "Mois du dépôt",
    "annee": "Année du dépôt",
    "sequence": "Numéro d’ordre",
    "guichet": "Guichet",
    "canonique": "Forme canonique",
}


@click.group(cls=Groupe)
def numero() -> None:
    """Numéro unique d’enregistrement."""


@numero.command("lire")
@click.argument("nud", metavar="NUD")
@option_json
def lire_numero(nud: str, en_json: bool) -> None:
    """Décompose un numéro unique (espaces et minuscules acceptés). Ne demande pas de base."""
    try:
        lu = lire(nud)
    except NumeroInvalide as exc:
        raise Echec(str(exc)) from exc
    ecrire({cle: getattr(lu, cle) for cle in LIBELLES}, LIBELLES, en_json=en_json)
