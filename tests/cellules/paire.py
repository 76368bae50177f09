"""Two cells for a test: two servers, the directory published to the other one, Django on both as either role."""

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend

from config.settings.base import base_de_donnees
from sne.cellules.annuaire import publier
from sne.cellules.places import Sort, tables_qui
from sne.cellules.routage import ANNUAIRE, alias
from sne.referentiels import selectors
from sne.socle import replique
from sne.socle.bases import ROLE_OWNER, ROLE_PORTAIL, ROLE_RUNTIME, Acces
from sne.socle.postgres import Serveur, dossier_des_binaires
from tests import bases

NORD = "nord"
FIXES = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "effacement",
)  # what a migration writes
# What was acknowledged is not lost with the server, which a disposable one would not promise.
REGLAGES = {"wal_level": "logical", "synchronous_commit": "on"}
PERMETTRE = (
    f"ALTER ROLE {ROLE_OWNER} REPLICATION",
    f"GRANT pg_create_subscription TO {ROLE_OWNER}",
    f"GRANT SET ON PARAMETER session_replication_role TO {ROLE_OWNER}",
)


@dataclass
class Paire:
    """The two servers by the name of their cell, and their addresses."""

    serveurs: dict[str, Serveur] = field(default_factory=dict)
    acces: dict[str, Acces] = field(default_factory=dict)
    role: str = "runtime"

    def servir(self, role: str) -> None:
        """Django's connections to both, as ``runtime`` (the service), ``portail`` or ``owner`` (who moves)."""
        for cellule, acces in self.acces.items():
            nom = alias(cellule)
            reglages = {**connections.settings[DEFAULT_DB_ALIAS], **base_de_donnees(getattr(acces, role))}
            connections.settings[nom] = reglages
            if (
                nom != DEFAULT_DB_ALIAS and hasattr(connections._connections, nom)
            ) or nom == DEFAULT_DB_ALIAS:
                connections[nom].close()
            connections[nom] = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, alias=nom)
        selectors.oublier()

    @contextmanager
    def en(self, role: str) -> Iterator[None]:
        """As this role, until the end."""
        avant, self.role = self.role, role
        self.servir(role)
        try:
            yield
        finally:
            self.role = avant
            self.servir(avant)

    def en_owner(self) -> AbstractContextManager[None]:
        """As whoever moves a territory."""
        return self.en("owner")

    def lire(self, cellule: str, ordre: str, *valeurs: object) -> object:
        """One value, outside Django."""
        with psycopg.connect(self.acces[cellule].owner, autocommit=True) as c:
            lu = c.execute(ordre, valeurs).fetchone()
        assert lu is not None
        return lu[0]


def _vide(dossier: Path, url_modele: str, url_admin: str) -> None:
    """The schema of the template, and what its migrations wrote."""
    pg_dump, schema, fixes = (
        dossier_des_binaires() / "pg_dump",
        dossier / "schema.dump",
        dossier / "fixes.dump",
    )
    subprocess.run(
        [pg_dump, "-Fc", "--schema-only", "-f", schema, url_modele], check=True, capture_output=True
    )
    tables = [f"--table={t}" for t in FIXES]
    subprocess.run([pg_dump, "-Fc", "-a", *tables, "-f", fixes, url_modele], check=True, capture_output=True)
    bases.restaurer(schema, url_admin)
    bases.restaurer(fixes, url_admin)


def _fermer_l_annuaire_ailleurs(nord: Acces) -> None:
    """What is of the directory alone is neither read nor written in the other cell: whoever goes there hears so.

    But RPLS: the lake of each cell asks its own for vintages, and another cell has none.
    """
    tables = ", ".join(t for t in tables_qui(Sort.ANNUAIRE) if not t.startswith("rpls_"))
    with psycopg.connect(nord.owner, autocommit=True) as owner:
        owner.execute(f"REVOKE ALL ON {tables} FROM {ROLE_RUNTIME}, {ROLE_PORTAIL}".encode())


@contextmanager
def deux_cellules(dossier: Path) -> Iterator[Paire]:
    """Both run, the directory is published; Django serves as it did before at the end."""
    avant, reglages_d_avant = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
    lecture = connections.settings.pop(replique.LECTURE, None)  # that of another server, when there is one
    paire = Paire()
    with ExitStack() as fin:
        for cellule in (ANNUAIRE, NORD):
            serveur = Serveur(dossier / cellule, jetable=True, lie=True, reglages=REGLAGES)
            serveur.demarrer()
            fin.callback(serveur.arreter)
            paire.serveurs[cellule], paire.acces[cellule] = serveur, serveur.preparer("sne")
            with psycopg.connect(serveur.url_admin, autocommit=True) as admin:
                for ordre in PERMETTRE:
                    admin.execute(ordre)
        archive = bases.archiver_le_modele(dossier / "modele.dump")
        bases.restaurer(archive, paire.acces[ANNUAIRE].admin)
        with bases.modele_lu() as url:
            _vide(dossier, url, paire.acces[NORD].admin)
        cellules, settings.CELLULES = settings.CELLULES, {NORD: paire.acces[NORD].runtime}
        try:
            with paire.en_owner():
                publier(NORD)
            _fermer_l_annuaire_ailleurs(paire.acces[NORD])
            yield paire
        finally:
            for nom in (DEFAULT_DB_ALIAS, alias(NORD)):
                connections[nom].close()
            del connections[alias(NORD)], connections.settings[alias(NORD)]
            connections.settings[DEFAULT_DB_ALIAS], connections[DEFAULT_DB_ALIAS] = reglages_d_avant, avant
            if lecture:
                connections.settings[replique.LECTURE] = lecture
            settings.CELLULES = cellules
            selectors.oublier()
