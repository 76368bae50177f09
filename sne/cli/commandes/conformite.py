"""``sne conformite``: whether this interface keeps its contract, whether the software of a vendor keeps its own."""

import datetime as dt
import json
import sys
import uuid
from pathlib import Path
from typing import Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec, Groupe
from sne.cli.types import Entier


@click.group(cls=Groupe, short_help="Juge la conformité de l’interface, ou celle du logiciel d’un éditeur.")
def conformite() -> None:
    """Juge la conformité. Le statut de sortie est le nombre de points manqués."""


@conformite.command(cls=Commande, short_help="Joue des parcours contre une adresse de l’interface.")
@click.argument("base", metavar="ADRESSE")
@click.option(
    "--cle", required=True, metavar="FICHIER", type=click.Path(path_type=Path), help="Fichier de la clé."
)
@click.option("--guichet", required=True, metavar="CODE", help="Guichet de la convention.")
@click.option(
    "--corps", required=True, metavar="FICHIER", type=click.Path(path_type=Path), help="Demande en JSON."
)
@click.option(
    "--certificats",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="autorite.pem, editeur.pem, .cle.",
)
@click.option(
    "--contrat",
    "cas",
    type=Entier(1, 100_000),
    help="Tire aussi autant de messages du contrat, justes et faux.",
)
@click.option(
    "--message",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Fichier CRE en XML : joue aussi les parcours de SOAP (avec --certificats).",
)
def notre(
    base: str,
    *,
    cle: Path,
    guichet: str,
    corps: Path,
    certificats: Path | None,
    cas: int | None,
    message: Path | None,
) -> None:
    """Joue chaque parcours contre ADRESSE, qui finit par /api/v1."""
    import httpx2

    from sne.ecole import parcours_soap
    from sne.ecole.parcours import appeleur, dire, parcourir

    noms = ("autorite.pem", "editeur.pem", "editeur.cle")
    identite = (certificats / noms[0], certificats / noms[1], certificats / noms[2]) if certificats else None
    try:
        texte, demande = cle.read_text().strip(), json.loads(corps.read_text())
        fichier = message.read_bytes() if message else b""
    except (OSError, ValueError) as exc:
        raise Echec("Un fichier donné ne se lit pas. Vérifiez son nom et son contenu.") from exc
    try:
        with appeleur(base, texte, guichet, identite=identite) as appeler:
            faits = parcourir(appeler, demande)
        if fichier and identite:
            faits |= parcours_soap.parcourir(parcours_soap.Messager(base, identite), fichier)
        if cas:
            faits |= _eprouver(base, texte, guichet, identite, cas)
    except (OSError, httpx2.HTTPError) as exc:
        raise Echec("L’interface ne répond pas à cette adresse. Vérifiez-la, puis recommencez.") from exc
    click.echo(dire(faits), nl=False)
    sys.exit(sum(not tenu for tenu in faits.values()))


def _eprouver(
    base: str, cle: str, guichet: str, identite: tuple[Path, Path, Path] | None, cas: int
) -> dict[str, bool]:
    """Whether each operation keeps the contract, over messages that are drawn from it."""
    try:
        import schemathesis
        from requests import Session
    except ImportError as exc:
        raise Echec(
            "L’option --contrat demande les outils des essais. Lancez d’abord « make test »."
        ) from exc
    from sne.ecole.contrat import eprouver

    session = Session()
    session.trust_env = False
    noms = [str(chemin) for chemin in identite or ()]
    tls: dict[str, Any] = {"verify": noms[0], "cert": tuple(noms[1:])} if noms else {}
    lu = session.get(f"{base.rstrip('/')}/openapi.json", timeout=20, **tls)
    contrat = schemathesis.openapi.from_dict(lu.json())
    contrat.config.base_url = base.rstrip("/").removesuffix("/api/v1")
    entetes = {"Authorization": f"Bearer {cle}", "SNE-Guichet": guichet, "SNE-Agent": "sne-conformite"}
    fautes = eprouver(contrat, entetes, cas=cas, session=session, **tls)
    return {
        f"{nom} tient son contrat. {' '.join(sorted(set(d)))}".strip(): not d for nom, d in fautes.items()
    }


@conformite.command(cls=Commande, short_help="Juge ce que le logiciel d’un éditeur a fait dans son bac.")
@click.argument("convention", type=click.UUID, metavar="CONVENTION")
@click.option(
    "--depuis", type=click.DateTime(), help="Début de la séance ; tous les appels sans cette option."
)
@click.option(
    "--version", metavar="NUMÉRO", default="", help="Version du logiciel : écrit l’insigne s’il est conforme."
)
def leur(convention: uuid.UUID, depuis: dt.datetime | None, version: str) -> None:
    """Lit les appels de CONVENTION à l’École, dans leur ordre, et juge chaque point."""
    charger_django()
    from sne.ecole.insigne import signer_insigne
    from sne.ecole.rules.conformite import echecs, juger, rapport
    from sne.ecole.selectors.traces import list_appels
    from sne.socle.horloge import PARIS

    constats = juger(list_appels(convention, depuis=depuis.replace(tzinfo=PARIS) if depuis else None))
    click.echo(rapport(constats), nl=False)
    manques = echecs(constats)
    if version and not manques:
        click.echo(signer_insigne(convention, version, constats), nl=False)
    sys.exit(manques)
