"""``sne journal``: does the journal still prove itself? Its checkpoints, exports, proofs, keys and retention."""

import datetime as dt
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire, ecrire_json, ecrire_lignes, option_json, progression
from sne.cli.types import Entier
from sne.preuve.parametres import ParametresPreuve
from sne.socle.acte import Acte

MONTRES = 20
JALON_MAX = 10**12
LIBELLES = {
    "entrees": "Entrées",
    "scellees": "Entrées scellées",
    "scellements": "Scellements",
    "en_attente": "Entrées en attente de scellement",
}
LIBELLES_DU_JALON = {
    "numero": "Jalon",
    "scellement": "Dernier scellement",
    "entrees": "Entrées depuis le début",
    "pose_le": "Posé le",
}
LIBELLES_DE_L_EXPORT = {
    "jusqu_au_scellement": "Dernier scellement",
    "fichiers": "Fichiers",
    "lignes": "Lignes",
    "sortie": "Écrit dans",
}
LIBELLES_DE_LA_CLE = {"numero": "Clé", "publique": "Clé publique", "apres_le_jalon": "Signe après le jalon"}
LIBELLES_DU_RETRAIT = {
    "mois": "Mois retiré, à partir du",
    "entrees": "Entrées retirées",
    "retire_le": "Retiré le",
}


@click.group(cls=Groupe)
def journal() -> None:
    """Journal des actes et des lectures."""


@journal.command()
@click.option(
    "--recues-de",
    nargs=2,
    type=(str, click.Path(exists=True, path_type=Path)),
    metavar="CELLULE EXPORT",
    help="Compare les entrées reçues d’une cellule à l’export de son journal.",
)
@option_json
def verifier(recues_de: tuple[str, Path] | None, en_json: bool) -> None:
    """Recalcule chaque empreinte, engagement, racine, maillon et jalon ; échoue s’il y a un écart.

    Ne se fie qu’à la base : « python tools/verifier_journal » vérifie un export sans elle, avec une clé reçue ailleurs.
    """
    charger_django()
    from sne.habilitations.selectors.auteurs import list_auteurs_inconnus
    from sne.journal import selectors
    from sne.journal.reprises import verifier_reprises
    from sne.journal.selectors.etat import list_verbes_inconnus
    from sne.journal.selectors.jalons import verifier_jalons
    from sne.socle.replique import lectures_en_nombre

    with lectures_en_nombre():
        ecarts = [*selectors.verifier(), *verifier_jalons()]
        ecarts += verifier_reprises(*recues_de) if recues_de else []
        etat, remarques = selectors.etat_du_journal(), [*list_verbes_inconnus(), *list_auteurs_inconnus()]
    if en_json:
        ecrire_json({**asdict(etat), "ecarts": ecarts, "remarques": remarques})
    else:
        ecrire_lignes((LIBELLES[cle], valeur) for cle, valeur in asdict(etat).items())
        for phrase in [ecart.phrase for ecart in ecarts[:MONTRES]] + remarques[:MONTRES]:
            click.echo(phrase)
    faux = [ecart for ecart in ecarts if ecart.faux_jalon]
    if len(ecarts) > len(faux):
        raise Echec(f"Le journal ne se prouve plus : {len(ecarts)} écart(s).")
    if faux:
        raise Echec(
            f"Le journal se prouve, mais quelqu’un y a mis {len(faux)} faux jalon(s). "
            "Cherchez qui, puis écartez chacun : sne journal ecarter-jalon."
        )
    if not en_json:
        click.echo("Le journal se prouve : aucun écart.")


@journal.command()
@click.option(
    "--sortie", required=True, metavar="CHEMIN", help="Dossier, ou fichier dont le nom finit par .zip."
)
@click.option("--depuis", type=Entier(1, JALON_MAX), metavar="N", help="Seulement ce qui suit ce jalon.")
@click.option(
    "--avec-valeurs", is_flag=True, help="Joint les valeurs personnelles et leurs sels, effaçables."
)
@option_json
def exporter(sortie: str, depuis: int | None, avec_valeurs: bool, en_json: bool) -> None:
    """Écrit le journal scellé, ses jalons et ses clés, pour qui veut le vérifier sans le service.

    Sans --avec-valeurs, l’export ne nomme aucun demandeur. Format : docs/journal-format.md.
    """
    charger_django()
    from sne.journal.archive import archiver
    from sne.journal.selectors.export import get_etendue
    from sne.socle.horloge import maintenant
    from sne.socle.replique import lectures_en_nombre

    chemin = Path(sortie)
    if not chemin.parent.is_dir():
        raise Echec(f"Le dossier « {chemin.parent} » n’existe pas. Créez-le d’abord.")
    if chemin.is_dir() and any(chemin.iterdir()):
        raise Echec(f"Le dossier « {chemin} » n’est pas vide. Choisissez-en un autre.")
    with lectures_en_nombre(), progression("lignes") as avancer:
        etendue = get_etendue(depuis_le_jalon=depuis or 0, avec_valeurs=avec_valeurs)
        if etendue is None:
            raise Echec(f"Le jalon n° {depuis} n’existe pas.")
        manifeste = archiver(chemin, etendue, exporte_le=maintenant(), avancer=avancer)
    fichiers = manifeste["fichiers"]
    ecrire(
        {
            "jusqu_au_scellement": manifeste["jusqu_au_scellement"],
            "fichiers": len(fichiers),
            "lignes": sum(f["lignes"] for f in fichiers),
            "sortie": str(chemin),
        },
        LIBELLES_DE_L_EXPORT,
        en_json=en_json,
    )


@journal.command()
@click.argument("entree", type=click.UUID, metavar="ENTREE")
def preuve(entree: uuid.UUID) -> None:
    """Écrit la preuve qu’une entrée est dans le journal attesté par un jalon (un objet JSON)."""
    charger_django()
    from sne.journal.selectors.preuves import get_inclusion

    document = get_inclusion(entree)
    if document is None:
        raise Echec(
            "Aucun jalon ne couvre cette entrée. Vérifiez son identifiant, ou attendez le prochain jalon."
        )
    ecrire_json(document)


@journal.command()
@click.argument("avant", type=Entier(1, JALON_MAX), metavar="AVANT")
@click.argument("apres", type=Entier(1, JALON_MAX), metavar="APRES")
def coherence(avant: int, apres: int) -> None:
    """Écrit la preuve que le journal d’un jalon commence par celui d’un jalon plus ancien (un objet JSON)."""
    charger_django()
    from sne.journal.selectors.preuves import get_coherence

    document = get_coherence(avant, apres)
    if document is None:
        raise Echec("Donnez les numéros de deux jalons posés, le plus ancien d’abord.")
    ecrire_json(document)


@journal.command()
@option_json
def jalonner(en_json: bool) -> None:
    """Pose tout de suite un jalon signé, si quelque chose a été scellé depuis le dernier."""
    charger_django()
    from sne.habilitations.rules import acteur_systeme
    from sne.journal.actions.jalonner import jalonner as poser
    from sne.socle.horloge import maintenant

    jalon = poser(acte=Acte(acteur_systeme("Commande sne"), maintenant()))
    if jalon is None:
        raise Echec("Rien n’a été scellé depuis le dernier jalon.")
    ecrire(_lire(jalon, LIBELLES_DU_JALON), LIBELLES_DU_JALON, en_json=en_json)


@journal.command(name="ecarter-jalon")
@click.argument("numero", type=Entier(1, JALON_MAX), metavar="NUMERO")
@click.option("--motif", required=True, metavar="PHRASE", help="Pourquoi, gardé par le journal.")
@option_json
def ecarter_jalon(numero: int, motif: str, en_json: bool) -> None:
    """Écarte un faux jalon, que la clé en service n’a pas signé, comme propriétaire des tables.

    Sa ligne reste, l’acte est au journal ; « sne journal verifier » ne le compte plus. Refuse un jalon signé.
    """
    charger_django(role="owner")
    from sne.habilitations.rules import acteur_systeme
    from sne.journal.actions.jalonner import ecarter_jalon as ecarter
    from sne.socle.horloge import maintenant

    acteur = acteur_systeme("Commande sne")
    jalon = ecarter(numero, motif=motif, acte=Acte(acteur, maintenant()))
    ecrire(_lire(jalon, LIBELLES_DU_JALON), LIBELLES_DU_JALON, en_json=en_json)


@journal.command(name="tourner-cle")
@option_json
def tourner_cle(en_json: bool) -> None:
    """Met en service la dernière clé de SNE_CLES_JOURNAL, signée par la précédente.

    Ajoutez d’abord la nouvelle clé, sous un numéro plus élevé, et gardez l’ancienne jusqu’à la fin de la commande.
    """
    charger_django()
    from sne.habilitations.rules import acteur_systeme
    from sne.journal.actions.jalonner import tourner_cle as tourner
    from sne.socle.horloge import maintenant

    cle = tourner(acte=Acte(acteur_systeme("Commande sne"), maintenant()))
    ecrire(_lire(cle, LIBELLES_DE_LA_CLE), LIBELLES_DE_LA_CLE, en_json=en_json)


@journal.command()
@click.argument("mois", type=click.DateTime(["%Y-%m"]), metavar="AAAA-MM")
@option_json
def retirer(mois: dt.datetime, en_json: bool) -> None:
    """Retire un mois entier du journal au bout de sa conservation, comme propriétaire des tables.

    Refuse un mois trop récent, mal scellé, ou qu’aucun jalon ne couvre. Les empreintes restent : le journal se prouve.
    """
    charger_django(role="owner")
    from sne.habilitations.rules import acteur_systeme
    from sne.journal.actions.retirer import retirer_mois
    from sne.referentiels.selectors import get_parametres
    from sne.socle.horloge import aujourd_hui, maintenant

    retrait = retirer_mois(
        mois.date(),
        conservation_mois=get_parametres(aujourd_hui())[ParametresPreuve].journal_conservation_mois,
        acte=Acte(acteur_systeme("Commande sne"), maintenant()),
    )
    ecrire(_lire(retrait, LIBELLES_DU_RETRAIT), LIBELLES_DU_RETRAIT, en_json=en_json)


def _lire(objet: object, libelles: dict[str, str]) -> dict[str, Any]:
    return {nom: getattr(objet, nom) for nom in libelles}
