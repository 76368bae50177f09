"""``sne attestation exemple``: the PDF of an attestation, from fictional or given data."""

import json
from pathlib import Path

import click

from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, option_json
from sne.cli.types import Choix, Fichier


@click.group(cls=Groupe)
def attestation() -> None:
    """Attestations d’enregistrement."""


@attestation.command()
@click.option(
    "--modele",
    type=Choix("simplifiee", "integrale", "renouvellement"),
    default="simplifiee",
    help="Modèle : simplifiee (par défaut), integrale ou renouvellement.",
)
@click.option(
    "--donnees", type=Fichier(lu=True), help="Valeurs à imprimer, en JSON ; les autres sont fictives."
)
@click.option("-o", "--sortie", type=Fichier(), required=True, help="Fichier PDF à écrire.")
@option_json
def exemple(modele: str, donnees: Path | None, sortie: Path, en_json: bool) -> None:
    """Écrit une attestation en PDF. Ne demande pas de base."""
    from sne.attestations.rendu import exemple as rendre_exemple
    from sne.attestations.rules import DonneesInvalides, GlypheManquant, Modele

    try:
        fichier = rendre_exemple(_lire_json(donnees) if donnees else None, modele=Modele(modele.upper()))
    except (DonneesInvalides, GlypheManquant) as exc:
        raise Echec(str(exc)) from exc
    sortie.write_bytes(fichier)
    if en_json:
        ecrire_json({"modele": modele, "fichier": sortie, "octets": len(fichier)})
    else:
        click.echo(f"Attestation ({modele}) écrite dans {sortie}.")


def _lire_json(fichier: Path) -> dict[str, object]:
    try:
        lu = json.loads(fichier.read_text(encoding="utf-8"))
    except json.JSONDecodeError as exc:
        ou = f"ligne {exc.lineno}, colonne {exc.colno}"
        raise Echec(f"{fichier} n’est pas un fichier JSON : corrigez-le à partir de {ou}.") from exc
    except UnicodeDecodeError as exc:
        raise Echec(f"{fichier} n’est pas écrit en UTF-8 : enregistrez-le dans ce codage.") from exc
    if not isinstance(lu, dict):
        raise Echec(f"{fichier} doit contenir un objet JSON, entre accolades.")
    return lu
