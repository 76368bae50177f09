"""What must be prepared again before a start: each step keeps the fingerprint of its sources."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from sne.demo.dossier import RACINE, Dossier
from sne.socle.bases import Acces
from sne.socle.postgres import ecrire_prive


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of the preparation, the database role it runs as, its sources (glob patterns)."""

    nom: str
    libelle: str
    role: str
    sources: tuple[str, ...]


SCHEMA = Etape(
    "schema",
    "Tables et droits",
    "owner",
    (
        "uv.lock",
        "sne/*/migrations/*.py",
        "sne/*/gardes*",
        "sne/*/*/gardes.sql",
        "sne/*/models*",
        "sne/*/models/*.py",
        "sne/*/*/models.py",
        "sne/*/*/models/*.py",
    ),
)
REFERENTIELS = Etape("referentiels", "Communes, nomenclatures, guichets", "owner", ("sne/referentiels/**/*",))
ADRESSES = Etape(
    "adresses",
    "Adresses",
    "owner",
    (
        "sne/connecteurs/adresses/*.py",
        "sne/demo/generation/adresses.py",
        "sne/demo/generation/donnees/voies.csv",
        "sne/referentiels/donnees/demonstration/communes.csv",
    ),
)
COMPTES = Etape("comptes", "Comptes", "runtime", ("sne/demo/comptes.py", "sne/habilitations/rules*"))
EDITEURS = Etape(
    "editeurs",
    "Logiciel d’un éditeur",
    "runtime",
    ("sne/demo/editeurs.py", "sne/conventions/autorite.py"),
)
TERRITOIRE = Etape("territoire", "Territoire fictif", "runtime", ())
SCENES = Etape("scenes", "Pièces et changements d’identité de quelques dossiers", "runtime", ())
LAC = Etape("lac", "Lac des statistiques", "runtime", ())
STATISTIQUES = Etape("statistiques", "Statistiques de la base", "owner", ())
LOCATIONS = Etape("locations", "Logements attribués", "runtime", ())
RPLS = Etape("rpls", "Millésimes de RPLS", "owner", ())
RAPPORTS = Etape("rapports", "Abonnements, versions et données ouvertes", "runtime", ())
SITE = Etape("site", "Site des professionnels", "runtime", ())
STATIQUES = Etape(
    "statiques",
    "Fichiers statiques",
    "runtime",
    ("uv.lock", "sne/*/static/**/*", "sne/socle/statiques.py", "sne/socle/logique.py"),
)
ETAPES = (SCHEMA, REFERENTIELS, ADRESSES, COMPTES, EDITEURS, TERRITOIRE, SCENES, STATIQUES, STATISTIQUES, LAC)
SUITES = (SITE, LOCATIONS, RPLS, RAPPORTS)  # once the doors answer: nobody waits for them
SUITES_DES = 2_000  # demandes: a smaller territory has not enough households to let to, but has its site
PAR_TAILLE = (TERRITOIRE, SCENES, STATISTIQUES, LAC, *SUITES)  # done once for a size, and for smaller ones


class Preparation:
    """What was already prepared in one folder and its database; ``cles_perdues``: with other keys than today's."""

    def __init__(self, dossier: Dossier, acces: Acces, *, donnees: Path, taille: int) -> None:
        self.dossier, self.acces, self.taille = dossier, acces, taille
        self.fichier = donnees / "preparation.json"  # beside the data: they come and go together
        etat = self._lire()
        connue = etat.get("migrations") == self._migrations()
        self.faites: dict[str, str] = etat["etapes"] if connue else {}
        self.cles_perdues = connue and etat["cles"] != self._cles()

    def etapes_a_faire(self) -> Iterator[Etape]:
        """The steps whose sources changed, in order; all of them in a database that we did not prepare."""
        for etape in ETAPES:
            if not self._faite(etape):
                yield etape

    def suites_a_faire(self) -> list[Etape]:
        """What is still to be played once the doors answer."""
        suites = SUITES if self.taille >= SUITES_DES else (SITE,)
        return [etape for etape in suites if etape.nom not in self.faites]

    @property
    def taille_faite(self) -> int:
        """Applications that a finished preparation already wrote."""
        return int(self.faites.get(TERRITOIRE.nom, "0"))

    def noter(self, *etapes: Etape) -> None:
        """Remember that these steps were done, and how many migrations the database then holds."""
        for etape in etapes:
            taille = etape in PAR_TAILLE
            self.faites[etape.nom] = str(self.taille) if taille else empreinte(RACINE, etape.sources)
        contenu = {"migrations": self._migrations(), "cles": self._cles(), "etapes": self.faites}
        ecrire_prive(self.fichier, json.dumps(contenu, indent=2))

    def _faite(self, etape: Etape) -> bool:
        if etape in PAR_TAILLE:
            return int(self.faites.get(etape.nom, "-1")) >= self.taille
        return self.faites.get(etape.nom) == empreinte(RACINE, etape.sources)

    def _cles(self) -> str:
        """Fingerprint of the keys that the data were written with."""
        return hashlib.sha256(json.dumps(self.dossier.secrets(), sort_keys=True).encode()).hexdigest()[:16]

    def _lire(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.fichier.read_text()))
        except FileNotFoundError:
            return {}

    def _migrations(self) -> int:
        """How many migrations the database says it has; -1 when it has no such table."""
        with psycopg.connect(self.acces.owner) as connexion:
            (table,) = connexion.execute("SELECT to_regclass('django_migrations')::text").fetchone() or (
                None,
            )
            if table is None:
                return -1
            (nombre,) = connexion.execute("SELECT count(*) FROM django_migrations").fetchone() or (-1,)
            return int(nombre)


def empreinte(racine: Path, motifs: tuple[str, ...]) -> str:
    """SHA-256 of the names and contents of the files that match ``motifs`` under ``racine``."""
    condense = hashlib.sha256()
    fichiers = {f for motif in motifs for f in racine.glob(motif) if f.is_file() and f.suffix != ".pyc"}
    for fichier in sorted(fichiers):
        condense.update(str(fichier.relative_to(racine)).encode() + b"\0")
        condense.update(hashlib.sha256(fichier.read_bytes()).digest())
    return condense.hexdigest()
