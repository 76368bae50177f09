"""Where measures run: one embedded server in ``var/bench``, a database filled once, a copy of it for each need."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from sne.socle.bases import ROLE_OWNER, Acces, url_de_base
from sne.socle.postgres import AUCUN, choisir_serveur, environnement
from sne.socle.serveur_web import VARIABLES_DU_WEB

RACINE = Path(__file__).resolve().parents[2]
DOSSIER = RACINE / "var" / "bench"
MODELE = "sne_bench"


@dataclass(frozen=True, slots=True)
class Identifiants:
    """What signs an account in. ``totp``: secret in base32."""

    courriel: str
    mot_de_passe: str
    totp: str


class PreparationImpossible(RuntimeError):
    """The database of the measures could not be prepared; the message is a French sentence."""


class Atelier:
    """The server, and the databases made on it. Durable settings: those of a real server, fsync included."""

    def __init__(self, dossier: Path = DOSSIER, *, reglages: Mapping[str, str] = AUCUN) -> None:
        self.dossier, self.reglages = dossier, reglages
        self.serveur = choisir_serveur(dossier / "postgres", lie=True, reglages=reglages)
        self.comptes: list[Identifiants] = []
        self._modele: Acces | None = None

    @contextmanager
    def ouvert(self) -> Iterator["Atelier"]:
        """Start the server on an empty folder, then stop it; what was measured before is thrown away."""
        self.serveur.arreter()
        shutil.rmtree(self.dossier, ignore_errors=True)
        self.serveur.demarrer()
        try:
            yield self
        finally:
            self.serveur.arreter()

    def modele(self) -> Acces:
        """The filled database that the others are copies of: tables, reference data, accounts."""
        if self._modele is None:
            with psycopg.connect(self.serveur.url_admin, autocommit=True) as connexion:
                connexion.execute(f"DROP DATABASE IF EXISTS {MODELE} WITH (FORCE)")
            acces = self.serveur.preparer(MODELE)
            comptes = self.preparer("remplir", acces=acces, role="owner")
            self.comptes = [Identifiants(**compte) for compte in comptes]
            self._modele = acces
        return self._modele

    def copie(self, nom: str, *ordres: str, depuis: str = "") -> Acces:
        """A copy of the model, or of the copy ``depuis``, altered by ``ordres`` (SQL, as the owner)."""
        modele, base = self.modele(), f"{MODELE}_{nom}"
        self.jeter(nom)
        with psycopg.connect(self.serveur.url_admin, autocommit=True) as connexion:
            source = f"{MODELE}_{depuis}" if depuis else MODELE
            connexion.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    *(sql.Identifier(x) for x in (base, source, ROLE_OWNER))
                )
            )
        acces = Acces(
            *(url_de_base(url, base) for url in (modele.admin, modele.owner, modele.runtime, modele.portail))
        )
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            for ordre in ordres:
                connexion.execute(sql.SQL(ordre))
        return acces

    def jeter(self, nom: str) -> None:
        """Drop a copy, to give its place back."""
        with psycopg.connect(self.serveur.url_admin, autocommit=True) as connexion:
            ident = sql.Identifier(f"{MODELE}_{nom}")
            connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(ident))

    def variables(self, acces: Acces, *, role: str = "runtime") -> dict[str, str]:
        """The environment of a process that works on this database."""
        return {
            **environnement(acces),
            "SNE_DOSSIER": str(self.dossier.resolve()),
            "SNE_OWNER_URL": acces.owner if role == "owner" else "",
            "SNE_ROLE": role,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }

    def variables_du_web(self, acces: Acces) -> dict[str, str]:
        """The environment of a web server on this database."""
        return {**self.variables(acces), **VARIABLES_DU_WEB}

    def preparer(self, etape: str, *, acces: Acces, role: str = "runtime", taille: int = 0) -> Any:
        """What a step of :mod:`sne.bench.preparation` gives. Raises :class:`PreparationImpossible`."""
        fait = subprocess.run(
            [sys.executable, "-m", "sne.bench.preparation", etape, str(taille)],
            cwd=RACINE,
            env={**os.environ, **self.variables(acces, role=role)},
            capture_output=True,
            text=True,
            check=False,
        )
        if fait.returncode:
            raise PreparationImpossible(
                f"La base de mesure n’a pas pu être préparée :\n{fait.stderr[-2000:]}"
            )
        return json.loads(fait.stdout)
