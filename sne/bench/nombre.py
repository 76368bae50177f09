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
from sne.bench.noms_des_listes import MESUREES
from sne.socle.bases import ROLE_OWNER, Acces
from sne.socle.postgres import ecrire_prive

PREFIXE = "sne_bench_"
PAR_PASSAGE = 20_000  # files examined by one process before it is told
GRAINE = 11  # the same people are looked for in each database

# Something awaited on one open file in fifty, which demonstrations are without; once, for each file.
GARNIR = """
INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, depuis, ouverte)
SELECT d.id, d.territoire, x.nature, x.liste, d.id, d.guichet_gestionnaire, d.date_depot, true
FROM demande d CROSS JOIN LATERAL (
    SELECT CASE get_byte(uuid_send(d.id), 15) & 1 WHEN 0 THEN 'PIECES' ELSE 'COURRIEL_INVALIDE' END AS nature,
        CASE get_byte(uuid_send(d.id), 15) & 1 WHEN 0 THEN 'REPONSES' ELSE 'COURRIERS' END AS liste
) x
WHERE d.statut IN ('ACTIVE', 'EXPIREE') AND get_byte(uuid_send(d.id), 14) < 5
ON CONFLICT (id) DO NOTHING
"""


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
        self._examiner(acces)
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            connexion.execute(GARNIR)
        with psycopg.connect(acces.owner, autocommit=True) as connexion:
            connexion.execute("VACUUM ANALYZE")
        return acces

    def _peupler(self, acces: Acces, taille: int) -> None:
        """The territory of a demonstration of that size, by the demonstration; its progress shows on a terminal."""
        fait = subprocess.run(
            [sys.executable, "-m", "sne.demo.preparation", str(taille), "territoire"],
            cwd=RACINE,
            env={**os.environ, **self.atelier.variables(acces)},
            check=False,
        )
        if fait.returncode:
            raise PreparationImpossible("Les demandes n’ont pas pu être écrites : la raison est plus haut.")

    def _examiner(self, acces: Acces) -> None:
        """What the service examines by itself, minute after minute, for the lists to read."""
        faits, lus = 0, PAR_PASSAGE
        while lus == PAR_PASSAGE:
            lus = int(self.atelier.preparer("examiner", acces=acces, taille=PAR_PASSAGE))
            faits += lus
            self.dire(f"    {faits} examinées")

    def equipe(self, acte: str, acces: Acces, *, options: Sequence[Mapping[str, Any]]) -> Equipe:
        """One client that repeats an act of :mod:`sne.bench.actes_en_nombre`, or reads a list."""
        return Equipe(
            f"sne.bench.{'listes_en_nombre' if acte in MESUREES else 'actes_en_nombre'}:{acte}",
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
