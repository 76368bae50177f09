"""Registers at size: one database for each number of applications, kept from a run to the next (filling takes long)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from sne.bench.atelier import RACINE, Atelier, Identifiants, PreparationImpossible
from sne.bench.equipe import Equipe
from sne.socle.postgres import ROLE_OWNER, Acces, ecrire_prive

PREFIXE = "sne_bench_"
GRAINE = 11  # the same people are looked for in each database


class Grands:
    """The server of the large databases, beside that of the others: nothing here is thrown away at the end."""

    def __init__(self, dossier: Path, *, dire: Callable[[str], None]) -> None:
        self.atelier = Atelier(dossier.with_name(f"{dossier.name}-nombre"))
        self.dire = dire

    @contextmanager
    def ouverts(self) -> Iterator["Grands"]:
        """Start the server on what is there already, then stop it."""
        self.atelier.serveur.arreter()
        self.atelier.serveur.demarrer()
        try:
            yield self
        finally:
            self.atelier.serveur.arreter()

    def base(self, taille: int) -> Acces:
        """A database of ``taille`` applications at least, up to date; what is missing is written, and only that."""
        nom = f"{PREFIXE}{taille}"
        self._partir_de_plus_petit(nom, taille)
        acces = self.atelier.serveur.preparer(nom)
        self.dire(f"  {taille} demandes…")
        self.atelier.preparer("migrer", acces=acces, role="owner")
        self._peupler(acces, taille)
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            connexion.execute("VACUUM ANALYZE")
        return acces

    def _peupler(self, acces: Acces, taille: int) -> None:
        """The territory of a demonstration of that size, by the demonstration; its progress shows on a terminal."""
        fait = subprocess.run(
            [sys.executable, "-m", "sne.demo.preparation", "territoire", str(taille)],
            cwd=RACINE,
            env={**os.environ, **self.atelier.variables(acces)},
            check=False,
        )
        if fait.returncode:
            raise PreparationImpossible("Les demandes n’ont pas pu être écrites : la raison est plus haut.")

    def equipe(self, acte: str, acces: Acces, *, options: Sequence[Mapping[str, Any]]) -> Equipe:
        """One client that repeats an act of :mod:`sne.bench.actes_en_nombre`."""
        return Equipe(
            f"sne.bench.actes_en_nombre:{acte}",
            variables=self.atelier.variables(acces),
            processus=1,
            fils=1,
            options=options,
            premier_rang=GRAINE,
        )

    def compte(self, acces: Acces) -> Identifiants:
        """An agent of the largest territory, opened once in each database."""
        fichier = self.atelier.dossier / f"compte-{urlsplit(acces.owner).path.strip('/')}.json"
        if not fichier.exists():
            ouvert = self.atelier.preparer("compte", acces=acces)
            ecrire_prive(fichier, json.dumps(ouvert))
        return Identifiants(**json.loads(fichier.read_text()))

    def _partir_de_plus_petit(self, nom: str, taille: int) -> None:
        """Copy the largest smaller database when this one is not there: half of the way is done."""
        with psycopg.connect(self.atelier.serveur.url_admin, autocommit=True) as connexion:
            connues = connexion.execute(
                "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIXE}[0-9]+$"]
            ).fetchall()
            tailles = [int(connue[len(PREFIXE) :]) for (connue,) in connues]
            petites = [t for t in tailles if t < taille]
            if taille in tailles or not petites:
                return
            connexion.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    *(sql.Identifier(x) for x in (nom, f"{PREFIXE}{max(petites)}", ROLE_OWNER))
                )
            )
