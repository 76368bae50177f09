"""``sne site``: pages of the professionals' site as files, and those that the product is shipped with."""

import pathlib

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire, option_json
from sne.socle.acte import Acte

DOSSIER = click.Path(file_okay=False, path_type=pathlib.Path)


@click.group(cls=Groupe)
def site() -> None:
    """Site des professionnels : ses pages, en fichiers."""


@site.command()
@click.option("--auteur", metavar="ADRESSE", required=True, help="Compte qui écrit.")
@click.option(
    "--publie-par", metavar="ADRESSE", required=True, help="Compte qui publie, d’une autre personne."
)
@option_json
def livrer(auteur: str, publie_par: str, en_json: bool) -> None:
    """Met en ligne les pages, le glossaire et les synonymes livrés avec le logiciel, s’ils n’y sont pas.

    Une page qui existe n’est jamais réécrite.
    """
    charger_django()
    from sne.site_pro.actions.livrer import livrer_le_site

    faite = livrer_le_site(par=acte_de(auteur), publie_par=acte_de(publie_par))
    valeurs = {"pages": faite.pages, "laissees": faite.laissees}
    ecrire(
        valeurs,
        {"pages": "Pages mises en ligne", "laissees": "Pages laissées telles quelles"},
        en_json=en_json,
    )


@site.command()
@click.argument("dossier", type=DOSSIER)
@click.option("--compte", metavar="ADRESSE", required=True, help="Compte de celui qui propose.")
@option_json
def importer(dossier: pathlib.Path, compte: str, en_json: bool) -> None:
    """Fait un brouillon de chaque page nouvelle ou changée d’un dossier ; ne publie rien."""
    charger_django()
    from django.db import transaction

    from sne.site_pro.actions.fichiers import importer as importer_page
    from sne.site_pro.actions.fichiers import lire_dossier

    acte, comptes = acte_de(compte), {"NOUVELLE": 0, "CHANGEE": 0, "IDENTIQUE": 0}
    with transaction.atomic():
        for page in lire_dossier(dossier):
            comptes[importer_page(page, acte=acte)] += 1
    valeurs = {nom.lower(): nombre for nom, nombre in comptes.items()}
    libelles = {"nouvelle": "Pages nouvelles", "changee": "Pages changées", "identique": "Pages identiques"}
    ecrire(valeurs, libelles, en_json=en_json)


@site.command()
@click.argument("dossier", type=DOSSIER)
@click.option("--compte", metavar="ADRESSE", required=True, help="Compte de celui qui exporte.")
@option_json
def exporter(dossier: pathlib.Path, compte: str, en_json: bool) -> None:
    """Écrit dans un dossier un fichier par page en ligne."""
    charger_django()
    from sne.site_pro.actions.fichiers import exporter as exporter_pages

    dossier.mkdir(parents=True, exist_ok=True)
    nombre = 0
    for nom, texte in exporter_pages(acte=acte_de(compte)):
        (dossier / nom).write_text(texte, encoding="utf-8")
        nombre += 1
    ecrire({"pages": nombre}, {"pages": "Pages écrites"}, en_json=en_json)


def acte_de(courriel: str) -> Acte:
    """Now, by the account of that address. Raises ``Introuvable``."""
    from sne.habilitations.selectors import acteur_de, get_compte_par_courriel
    from sne.socle.horloge import jour, maintenant

    le = maintenant()
    return Acte(acteur_de(get_compte_par_courriel(courriel), le=jour(le)), le)
