"""``sne infocentre``: the lake poured, its files verified, its cells proved; RPLS and outlines of communes loaded."""

import io
from dataclasses import asdict
from pathlib import Path

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Entier, Fichier
from sne.socle import moteur
from sne.socle.acte import Acte

MONTRES = 20


@click.group(cls=Groupe)
def infocentre() -> None:
    """Lac des statistiques : faits versés, fichiers, cellules."""


@infocentre.command()
@option_json
def verser(en_json: bool) -> None:
    """Verse au lac ce qui a été scellé depuis la dernière fois, comme chaque heure.

    Peut être arrêtée et relancée : ce qui est versé ne l’est pas deux fois.
    """
    _exiger_le_moteur()
    charger_django()
    from sne.infocentre.lac.actions.verser import service_du_lac
    from sne.infocentre.lac.actions.verser import verser as verser_au_lac
    from sne.infocentre.lac.selectors import get_fraicheur
    from sne.socle.horloge import maintenant

    faits = verser_au_lac(acte=Acte(service_du_lac(), maintenant()))
    if en_json:
        ecrire_json({"versements": faits, "scellement": get_fraicheur().scellement})
        return
    lignes: dict[str, int] = {}
    for fait in faits:
        for nom, nombre in fait.lignes.items():
            lignes[nom] = lignes.get(nom, 0) + nombre
    ecrire_lignes(
        [("Dernier scellement versé", get_fraicheur().scellement), *((n, v) for n, v in lignes.items() if v)]
    )


@infocentre.command()
@option_json
def verifier(en_json: bool) -> None:
    """Relit chaque fichier du lac ; échoue s’il en manque un, ou si l’un n’est plus celui qui a été versé."""
    charger_django()
    from sne.infocentre.lac.selectors.preuve import list_fichiers_abimes

    abimes = list_fichiers_abimes()
    if en_json:
        ecrire_json({"abimes": abimes})
    for phrase in () if en_json else abimes[:MONTRES]:
        click.echo(phrase)
    if abimes:
        raise Echec(f"{len(abimes)} fichier(s) du lac en défaut : remettez-les d’une sauvegarde.")
    if not en_json:
        click.echo("Chaque fichier du lac est celui qui a été versé.")


@infocentre.command()
@option_json
def prouver(en_json: bool) -> None:
    """Recompte chaque cellule d’après les fichiers et les demandes effacées ; échoue s’il y a un écart.

    Ne corrige rien : un écart se comprend d’abord.
    """
    _exiger_le_moteur()
    charger_django()
    from sne.infocentre.lac.selectors.preuve import list_ecarts

    ecarts = list_ecarts()
    if en_json:
        ecrire_json({"ecarts": [asdict(e) for e in ecarts]})
    for e in () if en_json else ecarts[:MONTRES]:
        click.echo(
            f"{e.territoire}, {e.axe} {e.ligne}, {e.mois}, {e.mesure} : {e.cellule} en cellule, {e.lac} au lac"
        )
    if ecarts:
        raise Echec(f"{len(ecarts)} cellule(s) ne se prouvent pas.")
    if not en_json:
        click.echo("Chaque cellule se prouve.")


@infocentre.command("charger-rpls")
@click.argument("fichier", type=Fichier(lu=True))
@click.option(
    "--millesime", type=Entier(2012, 2100), required=True, help="Année du 1er janvier que décrit le fichier."
)
@click.option("--rejets", type=Fichier(), help="Fichier où écrire les lignes rejetées (FICHIER.rejets.csv).")
@option_json
def charger_rpls(fichier: Path, millesime: int, rejets: Path | None, en_json: bool) -> None:
    """Charge un extrait RPLS (CSV) : ce que les bailleurs déclarent de leurs logements au 1er janvier.

    Un millésime déjà chargé n’est pas écrasé : le nouveau fichier prend le rang suivant, et c’est lui qui compte. Le
    même fichier, donné deux fois, ne fait rien. Trop de lignes rejetées font refuser le fichier en entier.
    """
    charger_django(role="owner")
    from sne.habilitations.rules import acteur_systeme
    from sne.infocentre.rpls.actions import charger_rpls as charger
    from sne.socle.horloge import maintenant

    dits = io.StringIO()
    vers = rejets or fichier.with_name(f"{fichier.name}.rejets.csv")
    try:
        with fichier.open("rb") as lu:
            acte = Acte(acteur_systeme("Commande sne"), maintenant())
            bilan = charger(lu, millesime=millesime, rejets=dits, acte=acte)
    finally:
        if dits.getvalue().count("\n") > 1:
            vers.write_text(dits.getvalue(), encoding="utf-8-sig", newline="")
            click.echo(f"Lignes rejetées écrites dans {vers}.", err=True)
    if en_json:
        ecrire_json(asdict(bilan))
        return
    if not bilan.nouveau:
        click.echo(f"Ce fichier est déjà le dernier chargé du millésime {millesime} : rien n’a été changé.")
        return
    ecrire_lignes(
        [
            ("Millésime", bilan.millesime),
            ("Rang", bilan.rang),
            ("Lignes", bilan.lignes),
            ("Rejets", bilan.rejets),
        ]
    )


@infocentre.command("charger-contours")
@click.argument("fichier", type=Fichier(lu=True))
@click.option(
    "--source",
    metavar="SOURCE",
    required=True,
    help="Qui l’a établi, et quand : « IGN, ADMIN EXPRESS 2026 ».",
)
@click.option(
    "--licence",
    metavar="SOURCE",
    default="Licence Ouverte 2.0",
    help="Licence du fichier (Licence Ouverte 2.0).",
)
@option_json
def charger_contours(fichier: Path, source: str, licence: str, en_json: bool) -> None:
    """Charge les contours des communes (GeoJSON, en degrés) que dessinent les cartes des rapports.

    Ceux d’ADMIN EXPRESS ou de geo.api.gouv.fr, pour toute la France ou un département. Chaque département complet est
    remplacé d’un coup ; les autres ne changent pas. La source et la licence sont écrites sous chaque carte.
    """
    charger_django(role="owner")
    from sne.infocentre.contours.actions import charger_contours as charger
    from sne.socle.horloge import maintenant

    with fichier.open("rb") as lu:
        fait = charger(lu, source=source, licence=licence, le=maintenant())
    if en_json:
        ecrire_json(asdict(fait))
        return
    for departement, communes in fait.departements.items():
        click.echo(f"{departement:<3}  {communes} commune(s)")
    for departement, communes in fait.incomplets.items():
        click.echo(f"{departement:<3}  {communes} commune(s) seulement : non remplacé")
    if fait.inconnues:
        click.echo(f"{fait.inconnues} contour(s) d’aucune commune d’aujourd’hui, ignoré(s).")


def _exiger_le_moteur() -> None:
    if not moteur.est_installe():
        raise Echec(moteur.ABSENT)
