"""``sne base``: address of the database, migrations, return after a restoration; cells and their territories."""

import datetime as dt
import os
from dataclasses import asdict
from pathlib import Path

import click

from sne.cli.connexion import charger_django, variables
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import ecrire, ecrire_json, option_json
from sne.cli.types import Choix, Instant
from sne.socle.bases import url_de_lecture

LIBELLES_DE_LA_REPRISE = {
    "sessions": "Sessions fermées",
    "habilitations": "Habilitations terminées de nouveau",
    "acces": "Comptes à réinitialiser par leur gestionnaire",
    "messages": "Messages tenus pour partis, peut-être",
    "documents": "Documents dont les octets n’y sont plus",
    "effacees": "Demandes effacées de nouveau",
    "suites": "Suites d’actes que le travailleur reprendra",
    "dernier_jalon": "Dernier jalon, le seul que les témoins gardent à partir d’ici",
}
LIBELLES_DES_ETAPES = {
    "PREPARER": "Les deux cellules sont prêtes.",
    "FERMER": "Le territoire est fermé : ce qui y a été fait est scellé et distribué.",
    "COMPARER": "Ses lignes sont copiées, et les deux cellules disent la même chose.",
    "BASCULER": "Il travaille dans sa nouvelle cellule, fermé {ferme} s.",
    "OUBLIER": "Ses lignes ont quitté l’ancienne ; ses entrées restent où elles ont été scellées.",
}
VARIABLES = {"runtime": "SNE_RUNTIME_URL", "owner": "SNE_OWNER_URL"}


@click.group(cls=Groupe)
def base() -> None:
    """Base de données."""


@base.command()
@click.option(
    "--role", type=Choix(*VARIABLES), default="runtime", help="Rôle : runtime (par défaut) ou owner."
)
@click.option("--lecture", is_flag=True, help="L’adresse de la copie de lecture (SNE_LECTURE_HOTE).")
@option_json
def url(role: str, lecture: bool, en_json: bool) -> None:
    """Écrit l’adresse PostgreSQL d’un rôle (pour psql…).

    Ce qui lit toute la base, pg_dump par exemple, se lance sur la copie : --lecture.
    """
    adresse = {**os.environ, **variables(os.environ, role=role)}[VARIABLES[role]]
    if lecture:
        hote = os.environ.get("SNE_LECTURE_HOTE", "")
        if not hote:
            raise Echec("Aucune copie de lecture n’est connue : donnez SNE_LECTURE_HOTE.")
        adresse = url_de_lecture(adresse, hote)
    if en_json:
        ecrire_json({"role": role, "url": adresse})
    else:
        click.echo(adresse)


@base.command()
@click.option("--verifier", is_flag=True, help="Ne fait rien : échoue si des migrations attendent.")
def migrer(verifier: bool) -> None:
    """Met les tables et les droits à jour, comme propriétaire des tables."""
    charger_django(role="owner")
    from django.core.management import call_command

    if not verifier:
        call_command("migrate", verbosity=1, interactive=False)
        return
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit as exc:
        raise Echec("Des migrations attendent : lancez « sne base migrer ».") from exc


@base.command()
@click.option("--depuis", type=Instant(), required=True, help="Instant auquel la base a été restaurée.")
@click.option("--jusqu-a", type=Instant(), help="Instant de la perte ; maintenant sans cette option.")
@click.option(
    "--perdu",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DOSSIER",
    help="Export du journal perdu : ce qui avait pris fin depuis le reprend.",
)
@click.option(
    "--attendre",
    type=click.FloatRange(min=0),
    metavar="SECONDES",
    help="Attend que la base restaurée s’ouvre : la commande se prépare pendant qu’elle est rejouée.",
)
@option_json
def rouvrir(
    depuis: dt.datetime,
    jusqu_a: dt.datetime | None,
    perdu: Path | None,
    attendre: float | None,
    en_json: bool,
) -> None:
    """Met fin à ce qu’une restauration a fait revenir, avant que personne n’entre ; comme propriétaire des tables.

    Sessions, habilitations, accès, effacements, messages peut-être partis, documents sans octets.
    Sans export du journal perdu, ouvrez une revue nationale des habilitations.
    """
    charger_django(role="owner")
    from sne.cli import reprise

    lu = reprise.lire_perdu(perdu, depuis) if perdu else reprise.Perdu()
    if attendre is not None and not reprise.attendre_la_base(attendre):
        raise Echec(f"La base restaurée ne s’est pas ouverte en {attendre:.0f} s : rien n’a été fait.")
    faite = asdict(reprise.rouvrir(depuis, lu, jusqu_a=jusqu_a))
    encore_la = faite.pop("encore_la")
    ecrire(faite, LIBELLES_DE_LA_REPRISE, en_json=en_json)
    if encore_la:
        raise Echec(
            f"{len(encore_la)} demande(s) que le journal perdu dit effacées sont revenues : "
            f"{', '.join(map(str, encore_la[:20]))}. Effacez-les à la demande de chacun, avant d’ouvrir."
        )


@base.command()
@click.argument("cellule")
@option_json
def publier(cellule: str, en_json: bool) -> None:
    """Donne l’annuaire (comptes, droits, guichets, codes) à une cellule neuve, dont les tables sont migrées et vides.

    PostgreSQL le tient ensuite à jour, dans un seul sens. Voir docs/scaling.md.
    """
    charger_django(role="owner")
    from sne.cellules.annuaire import publier as donner

    _exiger_la_cellule(cellule)
    ecrire({"tables": donner(cellule)}, {"tables": "Tables copiées"}, en_json=en_json)


@base.command()
@click.argument("territoire")
@click.option("--vers", metavar="CELLULE", help="Cellule où va le territoire ; « annuaire » est la première.")
@click.option(
    "--abandonner", is_flag=True, help="Rouvre le territoire où il était, tant qu’il n’a pas basculé."
)
def deplacer(territoire: str, vers: str | None, abandonner: bool) -> None:
    """Déplace un territoire vers une autre cellule ; coupée n’importe où, la même commande reprend.

    Il est fermé pendant la copie, lui seul : ses pages disent de patienter. Les deux journaux le racontent.
    Ce qu’il a fait est versé aux statistiques de la cellule qu’il quitte, avant que ses lignes n’en partent.
    """
    if abandonner == bool(vers):
        raise Echec("Donnez --vers CELLULE, ou --abandonner.")
    charger_django(role="owner")
    from sne.cellules import actions
    from sne.cellules.actions.trajet import Demarche
    from sne.habilitations.rules import acteur_systeme
    from sne.infocentre.lac.depart import AVANT
    from sne.socle.acte import Acte
    from sne.socle.horloge import maintenant

    demarche = Demarche(
        acte=lambda: Acte(acteur_systeme("Commande sne"), maintenant()),
        avant=AVANT,
        dire=lambda etape, ferme: click.echo(
            LIBELLES_DES_ETAPES[etape].format(ferme=f"{ferme.total_seconds():.1f}".replace(".", ","))
        ),
    )
    if vers:
        actions.deplacer(territoire, vers, demarche=demarche)
    else:
        actions.abandonner(territoire, demarche=demarche)
        click.echo(f"Le territoire {territoire} est rouvert où il était.")


def _exiger_la_cellule(cellule: str) -> None:
    from sne.cellules.routage import ANNUAIRE, cellules

    connues = [c for c in cellules() if c != ANNUAIRE]
    if cellule not in connues:
        raise Echec(
            f"La cellule « {cellule} » n’existe pas. SNE_CELLULES_OWNER nomme : {', '.join(connues) or 'aucune'}."
        )
