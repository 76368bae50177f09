"""A demonstration in two cells: a second server, the directory published to it, the fictional territory moved there by
the ordinary commands, once.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from sne.demo.dossier import NORD, RACINE
from sne.demo.empreintes import SCHEMA, empreinte
from sne.socle.bases import ROLE_OWNER, Acces
from sne.socle.postgres import Serveur, ecrire_prive

TERRITOIRE = "099"
REGLAGES = {"wal_level": "logical"}
"""Of the directory's server, which publishes."""
PERMETTRE = (
    f"ALTER ROLE {ROLE_OWNER} REPLICATION",
    f"GRANT pg_create_subscription TO {ROLE_OWNER}",
    f"GRANT SET ON PARAMETER session_replication_role TO {ROLE_OWNER}",
)
MIGRER = ("base", "migrer")
PUBLIER = ("base", "publier", NORD)
VERSER = ("infocentre", "verser")
DEPLACER = ("base", "deplacer")

Commander = Callable[[tuple[str, ...], Mapping[str, str]], None]
"""Runs an operator's command with these variables besides, until it is done."""


class DeuxiemeCellule:
    """The server beside that of the directory, and how far it was prepared; ``territoire``: the one that goes there."""

    def __init__(self, dossier: Path, territoire: str = TERRITOIRE) -> None:
        self.serveur = Serveur(dossier, lie=True)
        self.fichier = dossier / "preparation.json"
        self.territoire = territoire

    def demarrer(self, base: str) -> Acces:
        """Its server runs, with a database; its addresses."""
        self.serveur.demarrer()
        return self.serveur.preparer(base)

    @property
    def a_le_territoire(self) -> bool:
        """Whether it was moved here."""
        return "territoire" in self._fait()

    def preparer(
        self, annuaire: Acces, nord: Acces, commander: Commander, *, dire: Callable[[str], None]
    ) -> None:
        """Its tables, the directory, then the territory: what is done is not done again."""
        fait = self._fait()
        la_bas = {"SNE_RUNTIME_URL": nord.runtime, "SNE_OWNER_URL": nord.owner}
        autres = {"SNE_CELLULES_OWNER": f"{NORD}={nord.owner}"}
        schema = empreinte(RACINE, SCHEMA.sources)
        if fait.get("schema") != schema:
            for acces in (annuaire, nord):
                with psycopg.connect(acces.admin, autocommit=True) as admin:
                    for ordre in PERMETTRE:
                        admin.execute(ordre)
            dire("Tables et annuaire de la deuxième cellule…")
            commander(MIGRER, la_bas)
            commander(PUBLIER, autres)
            self._noter(fait | {"schema": schema})
        if not fait.get("territoire"):
            dire(f"Déplacement du territoire {self.territoire}…")
            commander((*DEPLACER, self.territoire, "--vers", NORD), autres)
            self._noter({"schema": schema, "territoire": self.territoire})

    def _fait(self) -> dict[str, str]:
        return dict(json.loads(self.fichier.read_text())) if self.fichier.exists() else {}

    def _noter(self, fait: Mapping[str, str]) -> None:
        ecrire_prive(self.fichier, json.dumps(fait))


def adresses(acces: Acces) -> dict[str, str]:
    """What the description says of a cell: never whose address is the administrator's."""
    return {nom: url for nom, url in asdict(acces).items() if nom != "admin"}


def dans_la_cellule(annuaire: Mapping[str, str], nord: Mapping[str, str]) -> dict[str, Any]:
    """The variables of a process of the second cell, that of its worker for one: its database, then the directory."""
    return {
        "SNE_CELLULE": NORD,
        "SNE_CELLULES": f"annuaire={annuaire['runtime']}",
        "SNE_RUNTIME_URL": nord["runtime"],
    }
