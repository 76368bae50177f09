"""The database of a running demonstration as it was at an instant, beside the one that goes on.

A copy is made and stopped; later it is played until the instant, and opened as a server of its own: what an operator
does with pgBackRest (``outils/restaurer.py``), at the size of a test.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import psycopg

from sne.demo.dossier import Dossier, environnement
from sne.demo.supervision import BASE
from sne.socle.postgres import Serveur
from tests.demo.demonstration import SNE, Demonstration, attendre

RACINE = Path(__file__).resolve().parents[2]
EN_PLACE = (
    "restauration"  # name of the slot that keeps, on the server that lives, what the copy has yet to read
)


class Restauree:
    """One restoration; ``dossier`` is new. Gone at the end of the block."""

    def __init__(self, demo: Demonstration, dossier: Path) -> None:
        self.demo, self.var = demo, dossier / "var"
        self.principal = Serveur(Dossier(demo.dossier).postgres)
        self.serveur = Serveur(dossier / "postgres", jetable=True, lie=True)
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Copy the server as it is now, and stop the copy."""
        self._au_principal(f"SELECT pg_create_physical_replication_slot('{EN_PLACE}', true)")
        try:
            self.serveur.suivre(self.principal)
        finally:
            self.serveur.arreter()
        return self

    def __exit__(self, *_: object) -> None:
        self.serveur.arreter()
        self._au_principal(f"SELECT pg_drop_replication_slot('{EN_PLACE}')")

    def jouer(self, jusqu_a: str) -> None:
        """Play what was written until this instant, and no further; then it is a server of its own."""
        with (self.serveur.donnees / "postgresql.auto.conf").open("a") as reglages:
            reglages.write(f"recovery_target_time = '{jusqu_a}'\nrecovery_target_action = 'promote'\n")
        self.serveur.demarrer()
        attendre(lambda: self._lire("SELECT NOT pg_is_in_recovery()") == (True,), "restored")
        d, acces = self.demo.description, self.serveur.preparer(BASE)
        variables = environnement(
            *(Dossier(self.demo.dossier), acces),
            url=d["urls"]["accueil"],
            portail=d["urls"]["portail"].rstrip("/"),
            fc=d["fc"],
            pc=d["pc"],
            hotes=d["hotes"],
            role="owner",
            services=d["urls_des_services"],
        )
        self.env = {**self.demo.env, **variables, "SNE_DOSSIER": str(self.var)}

    def garder_les_documents(self, *, sauf: set[Path]) -> None:
        """The store as it is now, but for these files: their bytes were erased since."""
        source = self.demo.dossier / "documents"
        shutil.copytree(source, self.var / "documents")
        for fichier in sauf:
            (self.var / "documents" / fichier.relative_to(source)).unlink()

    def sne(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator, on the restored database."""
        return subprocess.run([SNE, *arguments], env=self.env, capture_output=True, text=True, check=False)

    def travailler(self) -> None:
        """Let a worker do all that it finds to do."""
        with subprocess.Popen(
            [SNE, "travailler"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as travailleur:
            try:
                attendre(lambda: self.lire(BAT)[0], "a worker that beats")
                attendre(lambda: self.lire(RESTENT) == (0,), "nothing left to do")
            finally:
                travailleur.terminate()
                travailleur.wait(timeout=60)

    def prouver_dehors(self) -> None:
        """The verifier that knows nothing of the service finds nothing to say of an export."""
        export, [cle] = (
            self.var / "export",
            self.lire("SELECT publique FROM journal_cle ORDER BY numero LIMIT 1"),
        )
        assert self.sne("journal", "exporter", "--sortie", str(export)).returncode == 0
        commande = [sys.executable, "-I", RACINE / "tools" / "verifier_journal", export, "--cle", cle]
        fait = subprocess.run(commande, capture_output=True, text=True, check=False)
        assert fait.returncode == 0, fait.stdout + fait.stderr

    def courriels(self) -> list[Path]:
        """What left from here."""
        return sorted(self.var.glob("courriels/*.eml"))

    def lire(self, ordre: str, *valeurs: object) -> tuple[Any, ...]:
        """The one row that a query gives, of the restored database."""
        with psycopg.connect(self.env["SNE_OWNER_URL"]) as connexion:
            ligne = connexion.execute(ordre, valeurs or None).fetchone()
        assert ligne is not None
        return tuple(ligne)

    def _lire(self, ordre: str) -> tuple[Any, ...] | None:
        with psycopg.connect(self.serveur.url_admin) as connexion:
            return connexion.execute(ordre).fetchone()

    def _au_principal(self, ordre: str) -> None:
        with psycopg.connect(self.principal.url_admin, autocommit=True) as connexion:
            connexion.execute(ordre)


BAT = "SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 seconds'"
RESTENT = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args ? 'entree_id' "
    "AND coalesce(scheduled_at, now()) <= now()"
)


A_L_INSTANT = (
    "SELECT now()::text, count(*), (SELECT count(*) FROM journal_entree), (SELECT count(*) FROM message), "
    "(SELECT count(*) FROM document) FROM demande"
)
EFFACEES = (
    "SELECT count(*), count(p.scellement) FROM journal_entree e LEFT JOIN journal_position p ON p.entree = e.id "
    "WHERE e.verbe = 'PURGER' AND e.demande::text = ANY(%s)"
)
ATTESTEES = "SELECT count(*) FROM attestation a JOIN demande d ON d.id = a.demande_id WHERE d.nud = %s"


def faire_effacable(demo: Demonstration) -> str:
    """A demande of the demonstration that the clock's next pass erases; its identifier."""
    fait = subprocess.run(
        [sys.executable, "-m", "tests.demo.radiee"],
        cwd=RACINE,
        env={**os.environ, **demo.env, "SNE_RUNTIME_URL": "", "SNE_OWNER_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert fait.returncode == 0, fait.stderr
    return fait.stdout.split()[-1]


def lire_json(fait: subprocess.CompletedProcess[str]) -> Any:
    """What a command that succeeded wrote."""
    assert fait.returncode == 0, fait.stdout + fait.stderr
    return json.loads(fait.stdout)
