"""Registers at size: one database for each number of applications, kept from a run to the next."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from sne.bench.atelier import RACINE, Atelier, Identifiants, PreparationImpossible
from sne.bench.doubles import doubler
from sne.bench.equipe import Equipe
from sne.bench.noms_des_listes import MESUREES
from sne.demo.generation.doubles import SOUCHE
from sne.socle.bases import ROLE_OWNER, Acces
from sne.socle.postgres import AUCUN, ecrire_prive

PREFIXE = "sne_bench_"
REMPLIE = "remplie"  # comment of a database that was filled to its end
PAR_PASSAGE = 20_000  # files examined by one process before it is told
EN_ENTIER = 5_000_000  # beyond, a machine has no room for what only an opened file reads:
LES_DERNIERES = 100_000  # the newest alone have it, those that are opened
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

    def __init__(
        self, atelier: Atelier, *, dire: Callable[[str], None], reglages: Mapping[str, str] = AUCUN
    ) -> None:
        dossier = atelier.dossier.with_name(f"{atelier.dossier.name}-nombre")
        self.atelier = Atelier(dossier, reglages={**atelier.reglages, **reglages})
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
        """A database of ``taille`` applications, up to date; filled when it is not there."""
        nom = f"{PREFIXE}{taille}"
        self.dire(f"  {taille} demandes…")
        if self._finie(nom):
            acces = self.atelier.serveur.preparer(nom)
            self.atelier.preparer("migrer", acces=acces, role="owner")
            return acces
        acces = self._souche(min(taille, SOUCHE))
        if taille <= SOUCHE:
            return acces
        self._copier(urlsplit(acces.owner).path.strip("/"), nom)
        acces = self.atelier.serveur.preparer(nom)
        entieres = LES_DERNIERES if taille > EN_ENTIER else None
        self.agrandir(acces, taille, self.tirer(acces), entieres=entieres)
        self._finir(nom)
        return acces

    def tirer(self, acces: Acces) -> dict[str, Any]:
        """The draws that people are mixed from."""
        return dict(self.atelier.preparer("tirer_une_nation", acces=acces))

    def agrandir(
        self,
        acces: Acces,
        taille: int,
        tirages: Mapping[str, Any],
        *,
        apres: int = 0,
        entieres: int | None = None,
    ) -> None:
        """Double what is there; ``apres``: turns of another register, of other people; ``entieres``: how many of the
        newest can be opened, all unless it is said.
        """
        doubler(
            acces,
            taille=taille,
            tirages=tirages,
            variables=self.atelier.variables(acces),
            dire=self.dire,
            apres=apres,
            entieres=entieres,
        )

    def _souche(self, taille: int) -> Acces:
        """What the application writes by itself: the households that the others double, examined, with what happened
        to some of them and what somebody waits for.
        """
        nom = f"{PREFIXE}{taille}"
        acces = self.atelier.serveur.preparer(nom)
        if not self._finie(nom):
            self.atelier.preparer("migrer", acces=acces, role="owner")
            self._peupler(acces, taille)
            self._examiner(acces)
            self.atelier.preparer("raconter", acces=acces, taille=taille)
            with psycopg.connect(acces.owner, autocommit=True) as connexion:
                connexion.execute(GARNIR)
                connexion.execute("VACUUM ANALYZE")
            self._finir(nom)
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

    def _finie(self, nom: str) -> bool:
        """Whether that database was filled to its end: one that was cut is filled anew."""
        with psycopg.connect(self.atelier.serveur.url_admin, autocommit=True) as connexion:
            lu = connexion.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [nom]
            ).fetchone()
        return lu == (REMPLIE,)

    def _finir(self, nom: str) -> None:
        with psycopg.connect(self.atelier.serveur.url_admin, autocommit=True) as connexion:
            connexion.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(nom), sql.Literal(REMPLIE))
            )

    @contextmanager
    def copie(self, acces: Acces, nom: str) -> Iterator[Acces]:
        """A database like that one, for what changes it; thrown away at the end."""
        self._copier(urlsplit(acces.owner).path.strip("/"), nom)
        try:
            yield self.atelier.serveur.preparer(nom)
        finally:
            self._jeter(nom)

    def _jeter(self, nom: str) -> None:
        with psycopg.connect(self.atelier.serveur.url_admin, autocommit=True) as connexion:
            connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))

    def _copier(self, depuis: str, nom: str) -> None:
        self._jeter(nom)
        base, modele, owner = map(sql.Identifier, (nom, depuis, ROLE_OWNER))
        with psycopg.connect(self.atelier.serveur.url_admin, autocommit=True) as connexion:
            connexion.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(base, modele, owner))
