"""``sne documents``: do the rows and the stores of documents agree? Move them, change their keys."""

from dataclasses import asdict

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.rotation import rotation_dite
from sne.cli.sortie import ecrire, ecrire_json, ecrire_lignes, option_json, progression

MONTRES = 20
LIBELLES_MIGRATION = {
    "faits": "Objets portés",
    "octets": "Octets portés",
    "laisses": "Objets laissés, en cours de réception ou d’effacement",
    "abimes": "Objets absents ou altérés",
    "restants": "Objets restants",
}
LIBELLES_ROTATION = {"faites": "Clés chiffrées de nouveau", "illisibles": "Clés que rien n’ouvre"}


@click.group(cls=Groupe)
def documents() -> None:
    """Documents reçus : les lignes de la base et les magasins de fichiers."""


@documents.command()
@click.option("--tailles", is_flag=True, help="Compare les tailles seulement, sans lire les objets.")
@click.option(
    "--oter-orphelins",
    is_flag=True,
    help="Ôte les fichiers inconnus des lignes, et les objets que rien ne tient.",
)
@option_json
def verifier(tailles: bool, oter_orphelins: bool, en_json: bool) -> None:
    """Compare dans les deux sens les lignes et les magasins, et relit chaque objet ; échoue s’il y a un écart.

    Se lance pendant que le service travaille : ce qui est en cours de réception ou d’effacement n’est pas un écart.
    """
    charger_django()
    from sne.documents import verification
    from sne.documents.rules import LIBELLES
    from sne.registre.pieces.selectors.documents import get_delais
    from sne.socle.horloge import aujourd_hui, maintenant

    constat = verification.verifier(
        recu_avant=maintenant() - get_delais(aujourd_hui()).reception, contenu=not tailles
    )
    otes = verification.oter_orphelins(constat, survenu_le=maintenant()) if oter_orphelins else 0
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
            click.echo(f"Orphelins ôtés : {otes}.")
    if not constat.bon:
        raise Echec(f"Les lignes et les magasins ne s’accordent pas : {len(constat.anomalies)} écart(s).")
    if not en_json:
        click.echo("Les lignes et les magasins s’accordent : aucun écart.")


@documents.command()
@click.option(
    "--vers", type=click.Choice(["disque", "s3"]), required=True, help="Magasin où porter les objets."
)
@option_json
def migrer(vers: str, en_json: bool) -> None:
    """Porte chaque objet dans un autre magasin : copié, relu, basculé, puis ôté du premier.

    Se lance pendant que le service travaille. Interrompue, la commande reprend où elle en était.
    Faites d’abord de ce magasin celui des nouveaux documents : SNE_DOCUMENTS_MAGASIN.
    """
    charger_django()
    from sne.documents import migration
    from sne.documents.magasins import MagasinEnPanne
    from sne.documents.rules import Magasin
    from sne.documents.selectors import count_a_migrer

    try:
        with progression("objets") as avancer:
            faits = migration.migrer(vers=Magasin(vers), avancer=avancer)
    except MagasinEnPanne as exc:
        raise Echec(f"Un des deux magasins ne répond pas ({exc}). Relancez : rien n’est perdu.") from exc
    restants = count_a_migrer(vers=Magasin(vers))
    ecrire({**asdict(faits), "restants": restants}, LIBELLES_MIGRATION, en_json=en_json)
    if faits.abimes:
        raise Echec(f"{faits.abimes} objet(s) absents ou altérés : voir « sne documents verifier ».")


@documents.command(name="tourner-cles")
@option_json
def tourner_cles(en_json: bool) -> None:
    """Chiffre de nouveau la clé de chaque objet avec la dernière de SNE_CLES_DOCUMENTS.

    Ajoutez d’abord une clé de numéro plus élevé, et redémarrez le service. Les octets des magasins ne changent pas.
    Interrompue, la commande reprend où elle en était.
    """
    charger_django()
    from django.conf import settings

    from sne.documents import rotation

    with rotation_dite("SNE_CLES_DOCUMENTS", max(settings.CLES_DOCUMENTS)) as faite:
        with progression("clés") as avancer:
            tournees = rotation.tourner_cles(avancer=avancer)
        faite.update(asdict(tournees))
    ecrire(asdict(tournees), LIBELLES_ROTATION, en_json=en_json)
    if tournees.illisibles:
        raise Echec(
            f"{tournees.illisibles} clé(s) que rien n’ouvre : remettez l’ancienne dans SNE_CLES_DOCUMENTS."
        )
