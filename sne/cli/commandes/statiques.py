"""``sne statiques``: style sheets, scripts and images of a release, beside those of the releases before."""

import json
import pathlib
import shutil
import time

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire, option_json

GARDES = 30 * 86_400  # seconds: a page of the release before, left open, still finds its style
LIBELLES = {"publies": "Fichiers publiés", "retires": "Fichiers de plus de trente jours retirés"}


@click.group(cls=Groupe)
def statiques() -> None:
    """Fichiers de style, scripts et images des pages."""


@statiques.command()
@click.argument("dossier", type=click.Path(file_okay=False, path_type=pathlib.Path))
@option_json
def publier(dossier: pathlib.Path, en_json: bool) -> None:
    """Ajoute au DOSSIER du serveur de fichiers ceux de cette version, à côté de ceux des versions d’avant.

    À lancer avant de démarrer une nouvelle version. Rien d’une version en service n’est retiré : un fichier part
    trente jours après sa dernière publication.
    """
    charger_django()
    from django.conf import settings
    from django.core.management import call_command

    source, cible = pathlib.Path(settings.STATIC_ROOT), dossier / "static"
    avant = {nom: publie for nom, publie in _noms(source).items() if (cible / publie).is_file()}
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    if avant:
        _garder_les_noms(source, avant)
    fichiers = [p.relative_to(source) for p in source.rglob("*") if p.is_file()]
    for fichier in fichiers:
        (cible / fichier).parent.mkdir(parents=True, exist_ok=True)
        partiel = cible / fichier.with_name(f"{fichier.name}.part")
        shutil.copyfile(source / fichier, partiel)  # dated now: published again, it stays
        partiel.replace(cible / fichier)
    limite = time.time() - GARDES
    vieux = [p for p in cible.rglob("*") if p.is_file() and p.stat().st_mtime < limite]
    for fichier in vieux:
        fichier.unlink()
    ecrire({"publies": len(fichiers), "retires": len(vieux)}, LIBELLES, en_json=en_json)


def _noms(source: pathlib.Path) -> dict[str, str]:
    """Under which name each file of the release that was published last is served."""
    manifeste = source / "staticfiles.json"
    return dict(json.loads(manifeste.read_text())["paths"]) if manifeste.is_file() else {}


def _garder_les_noms(source: pathlib.Path, avant: dict[str, str]) -> None:
    """A process of the release before that starts again meanwhile still finds the files that this one no longer has."""
    manifeste = source / "staticfiles.json"
    lu = json.loads(manifeste.read_text())
    lu["paths"] = avant | lu["paths"]
    manifeste.write_text(json.dumps(lu, ensure_ascii=False))
