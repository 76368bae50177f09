"""``sne documents``: do the rows and the stores of documents agree? Move them, change their keys."""

from dataclasses import asdict

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json

MONTRES = 20


@click.group(cls=Groupe)
def documents() -> None:
    """Documents reçus : les lignes de la base et les magasins de fichiers."""


@documents.command()
@click.option("--tailles", is_flag=True, help="Compare les tailles seulement, sans lire les objets.")
@click.option(
    "--oter-orphelins", is_flag=True, help="Ôte des magasins les fichiers qu’aucune ligne ne connaît."
)
@option_json
def verifier(tailles: bool, oter_orphelins: bool, en_json: bool) -> None:
    """Compare dans les deux sens les lignes et les magasins, et relit chaque objet ; échoue s’il y a un écart.

    Se lance pendant que le service travaille : ce qui est en cours de réception ou d’effacement n’est pas un écart.
    """
    charger_django()
    from sne.documents import verification
    from sne.documents.rules import LIBELLES
    from sne.registre.selectors.documents import get_delais
    from sne.socle.horloge import aujourd_hui, maintenant

    constat = verification.verifier(
        recu_avant=maintenant() - get_delais(aujourd_hui()).reception, contenu=not tailles
    )
    otes = verification.oter_orphelins(constat) if oter_orphelins else 0
    if en_json:
        ecrire_json({"bon": constat.bon, "otes": otes, **asdict(constat)})
    else:
        ecrire_lignes(
            [
                ("Objets comparés", constat.objets),
                ("Fichiers comparés", constat.fichiers),
                ("Objets en cours d’effacement", constat.a_effacer),
                *((libelle, constat.nombre(genre)) for genre, libelle in LIBELLES.items()),
            ]
        )
        for anomalie in constat.anomalies[:MONTRES]:
            click.echo(f"{LIBELLES[anomalie.genre]} : {anomalie.lieu} {anomalie.magasin}".rstrip())
        if otes:
            click.echo(f"Fichiers inconnus ôtés : {otes}.")
    if not constat.bon:
        raise Echec(f"Les lignes et les magasins ne s’accordent pas : {len(constat.anomalies)} écart(s).")
    if not en_json:
        click.echo("Les lignes et les magasins s’accordent : aucun écart.")
