"""Entry of the command ``sne``: its table of commands, and the place where refusals become exit statuses."""

import sys
from collections.abc import Sequence

import click

from sne.cli.francais import Echec, Groupe, phrase
from sne.socle.erreurs import Refus

COMMANDES = {
    "adresses": "sne.cli.commandes.adresses:adresses",
    "attestation": "sne.cli.commandes.attestation:attestation",
    "base": "sne.cli.commandes.base:base",
    "bench": "sne.cli.commandes.bench:bench",
    "cles": "sne.cli.commandes.cles:cles",
    "code": "sne.cli.commandes.code:code",
    "compte": "sne.cli.commandes.compte:compte",
    "conformite": "sne.cli.commandes.conformite:conformite",
    "controle": "sne.cli.commandes.controle:controle",
    "courriels": "sne.cli.commandes.courriels:courriels",
    "dates": "sne.cli.commandes.dates:dates",
    "demande": "sne.cli.commandes.demande:demande",
    "demo": "sne.cli.commandes.demo:demo",
    "documents": "sne.cli.commandes.documents:documents",
    "doublons": "sne.cli.commandes.doublons:doublons",
    "horloge": "sne.cli.commandes.horloge:horloge",
    "infocentre": "sne.cli.commandes.infocentre:infocentre",
    "journal": "sne.cli.commandes.journal:journal",
    "mesures": "sne.cli.commandes.mesures:mesures",
    "numero": "sne.cli.commandes.numero:numero",
    "purge": "sne.cli.commandes.purge:purge",
    "referentiels": "sne.cli.commandes.referentiels:referentiels",
    "reprendre": "sne.cli.commandes.reprendre:reprendre",
    "sante": "sne.cli.commandes.sante:sante",
    "simuler": "sne.cli.commandes.simuler:simuler",
    "decisions": "sne.cli.commandes.decisions:decisions",
    "site": "sne.cli.commandes.site:site",
    "statiques": "sne.cli.commandes.statiques:statiques",
    "suivi": "sne.cli.commandes.suivi:suivi",
    "travailler": "sne.cli.commandes.travailler:travailler",
}


@click.group(cls=Groupe, paresseuses=COMMANDES)
def sne() -> None:
    """Exploitation du système national d’enregistrement (SNE).

    Les commandes qui ont besoin de la base la trouvent dans les variables SNE_*, sinon dans la
    démonstration en cours (« make demo »).
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(executer(arguments))


def executer(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status documented in every help page."""
    try:
        resultat = sne.main(args=arguments, prog_name="sne", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as exc:
        click.echo(exc.ctx.get_help(), err=True)
        return 2
    except click.UsageError as exc:
        aide = f"\n{exc.ctx.get_usage()}" if exc.ctx else ""
        click.echo(f"sne : {phrase(exc)}{aide}", err=True)
        return 2
    except (Echec, Refus) as exc:
        click.echo(f"sne : {exc}", err=True)
        return 1
    except click.Abort:
        click.echo("sne : arrêt demandé.", err=True)
        return 1
    return resultat if isinstance(resultat, int) else 0


if __name__ == "__main__":
    main()
