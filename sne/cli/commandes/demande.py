"""``sne demande``: one application, as it was."""

import datetime as dt
from typing import Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Instant


@click.group(cls=Groupe)
def demande() -> None:
    """Demandes de logement social."""


@demande.command()
@click.argument("nud", metavar="NUD")
@click.option("--a", "instant", type=Instant(), help="Instant voulu ; maintenant par défaut.")
@option_json
def etat(nud: str, instant: dt.datetime | None, en_json: bool) -> None:
    """Écrit la demande telle qu’elle était à un instant (un jour seul désigne sa fin, à Paris)."""
    charger_django()
    from sne.registre.rules.numero_unique import NumeroInvalide, lire
    from sne.registre.selectors.etat import etat as lire_etat
    from sne.socle.horloge import maintenant

    try:
        numero = lire(nud)
    except NumeroInvalide as exc:
        raise Echec(str(exc)) from exc
    trouve: Any = lire_etat(numero.canonique, instant or maintenant(), acteur=None)
    if en_json:
        ecrire_json(trouve)
        return
    ecrire_lignes(lignes(trouve))


def lignes(etat: Any) -> dict[str, object]:
    """The state as label → value, for a person; content fields by their French titles."""
    from sne.registre.rules.contenu import libelle, valeurs

    simples = {
        "Numéro unique": etat.nud,
        "Statut": etat.statut,
        "Révision": etat.revision,
        "Date de dépôt": etat.date_depot,
        "Dernier renouvellement": etat.date_dernier_renouvellement,
        "Expiration": etat.date_expiration,
        "Guichet gestionnaire": etat.guichet_gestionnaire,
    }
    return {**simples, **{libelle(chemin): valeur for chemin, _, valeur in valeurs(etat.contenu)}}
