"""``sne code``: the six-digit code of a demonstration account, for those who have no authenticator at hand."""

import base64
import time

import click
from django_otp.oath import TOTP

from sne.cli.connexion import description_de_la_demo
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire, option_json

LIBELLES = {"code": "Code", "secondes": "Valable encore (secondes)"}


@click.command(cls=Commande, short_help="Code à six chiffres d’un compte de démonstration.")
@click.argument("courriel", metavar="ADRESSE")
@option_json
def code(courriel: str, en_json: bool) -> None:
    """Code à six chiffres d’un compte de la démonstration en cours."""
    comptes = {c["courriel"]: c for c in description_de_la_demo()["comptes"]}
    if courriel not in comptes:
        raise Echec(f"Ce compte n’existe pas. Comptes : {', '.join(comptes)}.")
    totp = TOTP(base64.b32decode(comptes[courriel]["totp"]))
    totp.time = time.time()
    valeurs = {"code": f"{totp.token():06d}", "secondes": 30 - int(totp.time) % 30}
    ecrire(valeurs, LIBELLES, en_json=en_json)
