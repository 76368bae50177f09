"""``sne courriels relever``: read the e-mails that came back, returns and answers."""

import logging
from collections.abc import Iterator
from pathlib import Path

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire, option_json
from sne.cli.types import Dossier

LIBELLES = {
    "lus": "Courriels lus",
    "notes": "Retours notés",
    "sans_effet": "Retours déjà connus ou sans effet",
    "jetons_invalides": "Retours ignorés, adresse de retour non reconnue",
    "reponses": "Réponses ajoutées à une demande d’assistance",
    "automatiques": "Réponses automatiques, écartées",
    "a_rattacher": "Réponses à rattacher, que le niveau 2 regarde",
    "autres": "Autres courriels, laissés en place",
    "illisibles": "Courriels illisibles, laissés en place",
}
CLES = {
    "NOTE": "notes",
    "SANS_EFFET": "sans_effet",
    "JETON_INVALIDE": "jetons_invalides",
    "PRIS": "reponses",
    "ECARTE": "automatiques",
    "A_RATTACHER": "a_rattacher",
    "AUTRE": "autres",
    "ILLISIBLE": "illisibles",
}
DE_L_ASSISTANCE = frozenset({"PRIS", "ECARTE", "A_RATTACHER"})
EN_PLACE = frozenset({"AUTRE", "ILLISIBLE"})
TRAITES = "traites"
lignes = logging.getLogger("sne.courriels")


@click.group(cls=Groupe)
def courriels() -> None:
    """Courriels envoyés aux ménages, et ceux qui en reviennent."""


@courriels.command()
@click.argument("dossier", type=Dossier())
@option_json
def relever(dossier: Path, en_json: bool) -> None:
    """Lit les courriels revenus dans DOSSIER : une boîte « maildir », ou des fichiers .eml.

    Un retour lu est rangé (« cur » d’une boîte, « traites » d’un dossier) et ne compte qu’une fois.
    Celui dont l’adresse de retour n’est pas de nous est ignoré. Une réponse à une demande d’assistance lui est ajoutée,
    puis le courriel est effacé de la boîte : seul son texte est gardé, sans numéro de sécurité sociale.
    Un courriel qui ne peut pas être lu reste en place, et n’empêche pas de lire les autres.
    """
    charger_django()
    comptes = dict.fromkeys(LIBELLES, 0)
    for fichier in _fichiers(dossier):
        reception = _recevoir(fichier)
        comptes["lus"] += 1
        comptes[CLES[reception]] += 1
        if reception in DE_L_ASSISTANCE:
            fichier.unlink()
        elif reception not in EN_PLACE:
            _ranger(fichier)
    ecrire(comptes, LIBELLES, en_json=en_json)


def _recevoir(fichier: Path) -> str:
    """What became of one e-mail. Anybody writes to this box: one that breaks what reads it stops no other.

    What is lost with the database is of no e-mail: it ends the command.
    """
    from django.db import InterfaceError, OperationalError

    from sne.assistance.handlers import recevoir_reponse
    from sne.notifications.handlers import recevoir_retour
    from sne.registre.pieces.selectors.documents import get_limites
    from sne.socle.horloge import aujourd_hui, maintenant

    octets = fichier.read_bytes()
    try:
        reception = recevoir_reponse(
            octets, survenu_le=maintenant(), limites=lambda: get_limites(aujourd_hui())
        )
        if reception == "AUTRE":
            reception = recevoir_retour(octets, survenu_le=maintenant())
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        lignes.exception("an e-mail could not be read, left in place")
        return "ILLISIBLE"
    return str(reception)


def _fichiers(dossier: Path) -> Iterator[Path]:
    """New e-mails, in the order of their names."""
    nouveaux = dossier / "new"
    if nouveaux.is_dir():
        yield from sorted(f for f in nouveaux.iterdir() if f.is_file())
    else:
        yield from sorted(f for f in dossier.glob("*.eml") if f.is_file())


def _ranger(fichier: Path) -> None:
    """Seen, in the manner of the box: a crash before it only reads the same return again."""
    if fichier.parent.name == "new":
        fichier.rename(fichier.parent.parent / "cur" / f"{fichier.name}:2,S")
        return
    traites = fichier.parent / TRAITES
    traites.mkdir(exist_ok=True)
    fichier.rename(traites / fichier.name)
