"""``sne courriels relever``: read the e-mails that came back, returns and answers."""

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
}
CLES = {
    "NOTE": "notes",
    "SANS_EFFET": "sans_effet",
    "JETON_INVALIDE": "jetons_invalides",
    "PRIS": "reponses",
    "ECARTE": "automatiques",
    "A_RATTACHER": "a_rattacher",
    "AUTRE": "autres",
}
DE_L_ASSISTANCE = frozenset({"PRIS", "ECARTE", "A_RATTACHER"})
TRAITES = "traites"


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
    """
    charger_django()
    from sne.assistance.handlers import recevoir_reponse
    from sne.notifications.handlers import recevoir_retour
    from sne.registre.pieces.selectors.documents import get_limites
    from sne.socle.horloge import aujourd_hui, maintenant

    comptes = dict.fromkeys(LIBELLES, 0)
    for fichier in _fichiers(dossier):
        octets = fichier.read_bytes()
        reception = str(
            recevoir_reponse(octets, survenu_le=maintenant(), limites=lambda: get_limites(aujourd_hui()))
        )
        if reception == "AUTRE":
            reception = str(recevoir_retour(octets, survenu_le=maintenant()))
        comptes["lus"] += 1
        comptes[CLES[reception]] += 1
        if reception in DE_L_ASSISTANCE:
            fichier.unlink()
        elif reception != "AUTRE":
            _ranger(fichier)
    ecrire(comptes, LIBELLES, en_json=en_json)


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
