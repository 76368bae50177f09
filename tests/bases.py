"""Databases of the tests: one template per state of migrations and data, one copy per worker, used as runtime role."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from sne.socle.bases import ROLE_OWNER, url_de_base
from sne.socle.postgres import dossier_des_binaires
from sne.socle.replique import ECRITURE, LECTURE

RACINE = Path(__file__).resolve().parents[1]
SOURCES = (
    "sne/*/migrations/*.py",
    "sne/*/models.py",
    "sne/*/models/*.py",
    "sne/*/*/models.py",
    "sne/*/*/models/*.py",
    "sne/*/apps.py",
    "sne/referentiels/**/*",
    "sne/*/parametres.json",
    "sne/*/*/parametres.json",
    "sne/*/gardes.sql",
    "sne/*/*/gardes.sql",
    "sne/registre/*/attentes.py",  # the verbs that the database follows
    "sne/socle/gardes.py",
    "sne/socle/droits.py",
    "uv.lock",
)


def marque_des_sources() -> str:
    """Hash of everything the template is made from."""
    somme = hashlib.sha256()
    for motif in SOURCES:
        for fichier in sorted(RACINE.glob(motif)):
            if fichier.is_file() and "__pycache__" not in fichier.parts:
                somme.update(fichier.read_bytes())
    return somme.hexdigest()[:12]


def administrer(ordre: str, *noms: str) -> None:
    """One statement as the owner, on the maintenance database; ``{}`` are identifiers."""
    with psycopg.connect(url_de_base(os.environ["SNE_OWNER_URL"], "postgres"), autocommit=True) as connexion:
        connexion.execute(sql.SQL(ordre).format(*(sql.Identifier(n) for n in noms)))


def modele() -> str:
    """Name of the template database, built once by whoever comes first (other workers wait)."""
    nom = f"sne_modele_{marque_des_sources()}"
    url = os.environ["SNE_OWNER_URL"]
    with psycopg.connect(url_de_base(url, "postgres"), autocommit=True) as connexion:
        connexion.execute("SELECT pg_advisory_lock(hashtext('sne:modele-des-essais'))")
        deja = connexion.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [nom]
        ).fetchone()
        if not deja:
            ident = sql.Identifier(nom)
            connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(ident))
            connexion.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(ident))
            remplir(nom)
            connexion.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(ident))
    return nom


def remplir(nom: str) -> None:
    """Migrate and load reference and demonstration data, as the owner, in a process of its own."""
    environnement = {
        **os.environ,
        "SNE_ROLE": "owner",
        "SNE_OWNER_URL": url_de_base(os.environ["SNE_OWNER_URL"], nom),
        "SNE_RUNTIME_URL": url_de_base(os.environ["SNE_RUNTIME_URL"], nom),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.test"),
    }
    fait = subprocess.run(
        [sys.executable, "-c", "from tests.remplissage import remplir; remplir()"],
        cwd=RACINE,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode:
        raise RuntimeError(f"the template database could not be filled:\n{fait.stdout}\n{fait.stderr}")


@contextmanager
def modele_lu() -> Iterator[str]:
    """URL of a copy of the template, to be read: PostgreSQL copies no base in which somebody else is, and the other
    worker copies the template all along.
    """
    nom = f"sne_lu_{os.getpid()}"
    copier(nom, modele())
    try:
        yield url_de_base(os.environ["SNE_OWNER_URL"], nom)
    finally:
        jeter(nom)


def archiver_le_modele(fichier: Path) -> Path:
    """The template in an archive, for a server of one's own."""
    with modele_lu() as url:
        outil("pg_dump", "-Fc", "-f", str(fichier), url)
    return fichier


def restaurer(archive: Path, url_admin: str) -> None:
    """An archive of the template into an empty database, its tables the owner's."""
    outil("pg_restore", "--no-owner", f"--role={ROLE_OWNER}", "-d", url_admin, str(archive))


def outil(nom: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs."""
    fait = subprocess.run(
        [dossier_des_binaires() / nom, *arguments], capture_output=True, text=True, check=False
    )
    if fait.returncode:
        raise RuntimeError(f"{nom}: {fait.stderr[-2000:]}")


def copier(nom: str, depuis: str) -> None:
    """A fresh copy of a template, replacing the one of that name."""
    administrer("DROP DATABASE IF EXISTS {} WITH (FORCE)", nom)
    administrer("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", nom, depuis)


def jeter(nom: str) -> None:
    """Drop a copy."""
    administrer("DROP DATABASE IF EXISTS {} WITH (FORCE)", nom)


@contextmanager
def base_a_part(nom: str, *, servie_avant: str) -> Iterator[str]:
    """Serve a fresh copy of the template under another name meanwhile, then the former one again."""
    copier(nom, modele())
    _servir(nom)
    try:
        yield nom
    finally:
        _servir(servie_avant)
        jeter(nom)


def _servir(nom: str) -> None:
    for alias in {ECRITURE, LECTURE} & set(connections):  # the replica, when there is one
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = nom
