"""``sne compte``: the first person of a new service, and the way back in of who lost it."""

import secrets
from typing import Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire, option_json
from sne.socle.acte import Acte

LIBELLES = {
    "compte": "Compte",
    "autre": "Autre compte",
    "habilitation": "Habilitation",
    "mot_de_passe": "Mot de passe provisoire",
}
OCTETS = 15  # 20 signs to type once


@click.group(cls=Groupe)
def compte() -> None:
    """Comptes des personnes habilitées, quand aucun écran ne peut encore servir."""


@compte.command()
@click.argument("courriel", metavar="ADRESSE")
@click.argument("prenom", metavar="PRÉNOM")
@click.argument("nom", metavar="NOM")
@click.option(
    "--role", metavar="RÔLE", required=True, help="Rôle accordé, par exemple EXPLOITATION_NATIONALE."
)
@click.option(
    "--territoire", metavar="CODE", default="", help="Territoire où le rôle s’exerce, par exemple 099."
)
@click.option("--guichet", metavar="CODE", default="", help="Guichet où le rôle s’exerce, par exemple G0993.")
@click.option(
    "--zone",
    metavar="CODE",
    default="",
    help="Département, avec son territoire, ou région où le rôle s’exerce.",
)
@option_json
def ouvrir(courriel: str, prenom: str, nom: str, role: str, en_json: bool, **lieu: Any) -> None:
    """Ouvre un compte et lui accorde un rôle ; écrit un mot de passe provisoire à remettre en main propre."""
    charger_django()
    from django.db import transaction

    from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
    from sne.habilitations.rules import Role, acteur_systeme
    from sne.socle.horloge import maintenant

    if role not in {str(r) for r in Role}:
        raise click.BadParameter(f"{role} n’est pas un rôle : {', '.join(Role)}.", param_hint="--role")
    mot_de_passe, acteur, instant = (
        secrets.token_urlsafe(OCTETS),
        acteur_systeme("Commande sne"),
        maintenant(),
    )
    with transaction.atomic():
        nouveau = NouveauCompte(courriel, prenom, nom, mot_de_passe)
        compte_id = creer_compte(nouveau, acte=Acte(acteur, instant))
        octroi = Octroi(compte_id, Role(role), **lieu)
        habilitation = accorder_habilitation(octroi, acte=Acte(acteur, instant))
    valeurs = {"compte": compte_id, "habilitation": habilitation, "mot_de_passe": mot_de_passe}
    ecrire(valeurs, LIBELLES, en_json=en_json)


@compte.command()
@click.argument("courriel", metavar="ADRESSE")
@click.argument("autre", metavar="AUTRE")
@option_json
def lier(courriel: str, autre: str, en_json: bool) -> None:
    """Dit que deux comptes sont d’une même personne : elle ne décide plus de ce qu’elle a saisi avec l’autre.

    Un lien ne se retire pas.
    """
    charger_django()
    from sne.habilitations.actions import lier_comptes
    from sne.habilitations.rules import acteur_systeme
    from sne.habilitations.selectors import get_compte_par_courriel
    from sne.socle.horloge import maintenant

    un, deux = get_compte_par_courriel(courriel).id, get_compte_par_courriel(autre).id
    lier_comptes(un, deux, acte=Acte(acteur_systeme("Commande sne"), maintenant()))
    ecrire({"compte": un, "autre": deux}, LIBELLES, en_json=en_json)


@compte.command()
@click.argument("courriel", metavar="ADRESSE")
@option_json
def reinitialiser(courriel: str, en_json: bool) -> None:
    """Mot de passe oublié ou téléphone perdu : donne un mot de passe provisoire et oublie l’application.

    Les sessions ouvertes se ferment. La prochaine connexion relie une nouvelle application.
    """
    charger_django()
    from sne.habilitations.actions import reinitialiser_acces
    from sne.habilitations.rules import acteur_systeme
    from sne.habilitations.selectors import get_compte_par_courriel
    from sne.socle.horloge import maintenant

    compte_id, mot_de_passe = get_compte_par_courriel(courriel).id, secrets.token_urlsafe(OCTETS)
    acteur = acteur_systeme("Commande sne")
    reinitialiser_acces(compte_id, mot_de_passe=mot_de_passe, acte=Acte(acteur, maintenant()))
    ecrire({"compte": compte_id, "mot_de_passe": mot_de_passe}, LIBELLES, en_json=en_json)
