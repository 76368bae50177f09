"""``sne cles``: the key of the NIR, of drafts, messages and second factors, changed for another."""

from dataclasses import asdict

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.rotation import rotation_dite
from sne.cli.sortie import ecrire, option_json, progression

LIBELLES = {"faites": "Valeurs chiffrées de nouveau", "illisibles": "Valeurs qu’aucune clé n’ouvre"}


@click.group(cls=Groupe)
def cles() -> None:
    """Clé des numéros de sécurité sociale, des brouillons, des messages et des seconds facteurs."""


@cles.command()
@option_json
def tourner(en_json: bool) -> None:
    """Chiffre de nouveau, avec la dernière clé de SNE_CLE_NIR_CHIFFREMENT, ce qu’une autre a chiffré.

    Chiffre aussi les secrets des seconds facteurs enregistrés par une version qui ne les chiffrait pas.

    Donnez d’abord les deux clés, numérotées (1:ancienne,2:nouvelle), et redémarrez le service. Interrompue, la commande
    reprend où elle en était. L’ancienne clé peut partir quand aucune sauvegarde ne s’en sert plus.
    """
    charger_django(role="owner")
    from django.conf import settings

    from sne.socle import cles as rotation

    with rotation_dite("SNE_CLE_NIR_CHIFFREMENT", max(settings.CLES_NIR)) as faite:
        with progression("valeurs") as avancer:
            tournees = rotation.tourner(avancer=avancer)
        faite.update(asdict(tournees))
    ecrire(asdict(tournees), LIBELLES, en_json=en_json)
    if tournees.illisibles:
        raise Echec(
            f"{tournees.illisibles} valeur(s) qu’aucune clé n’ouvre : remettez l’ancienne dans SNE_CLE_NIR_CHIFFREMENT."
        )
