"""Where a trial runs: certificates, files of ``deploy/`` rendered for this machine, programs that stop with it."""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from outils.exercices.attente import Impossible, attendre
from outils.exercices.valeurs import OUTILS, SECRETS, valeurs
from outils.rendre import rendre
from sne.conventions.autorite import Autorite
from sne.demo.processus import Enfant
from sne.socle.postgres import ecrire_prive

PORT = 18_400
BIBLIOTHEQUES = OUTILS / "usr/lib/x86_64-linux-gnu"
PROPRES = {**os.environ, "LD_LIBRARY_PATH": str(BIBLIOTHEQUES)}  # of a program unpacked there


@dataclass(slots=True)
class Lieu:
    """The folder of one trial. ``valeurs``: those that its files were rendered with."""

    dossier: Path
    valeurs: dict[str, Any]
    enfants: dict[str, Enfant] = field(default_factory=dict)

    @property
    def rendus(self) -> Path:
        return self.dossier / "rendus"

    def lancer(
        self,
        nom: str,
        commande: Sequence[object],
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> Enfant:
        """Start a program; what it says is in ``NOM.log``."""
        enfant = Enfant(
            nom,
            [str(mot) for mot in commande],
            {"LD_LIBRARY_PATH": str(BIBLIOTHEQUES), **variables},
            self.dossier / f"{nom}.log",
        )
        enfant.lancer()
        self.enfants[nom] = enfant
        return enfant

    def dit(self, nom: str) -> str:
        """What this program has said."""
        return (self.dossier / f"{nom}.log").read_text(errors="replace")

    def attendre_qu_il_dise(self, nom: str, mots: str, *, fois: int = 1, delai: float = 30) -> None:
        """Raises :class:`Impossible`, with what it said instead."""
        try:
            attendre(lambda: self.dit(nom).count(mots) >= fois, f"{nom} dit « {mots} »", delai=delai)
        except Impossible as exc:
            raise Impossible(f"{exc} {self.dit(nom)[-600:]}") from exc

    def arreter(self, nom: str) -> None:
        """In order, as its supervisor does."""
        self.enfants[nom].demander_arret()
        self.enfants[nom].attendre_arret()


@contextlib.contextmanager
def ouvrir(dossier: Path, **siennes: Mapping[str, Any]) -> Iterator[Lieu]:
    """A place whose files are rendered; ``siennes``: values of this trial, by table. Everything stops at the end."""
    certifier(dossier / "tls")
    for nom in ("mesures", "temps", "file", "recus"):
        (dossier / nom).mkdir(mode=0o700, exist_ok=True)
    v = valeurs(dossier, PORT, acces=dict.fromkeys(SECRETS, "essai"), socket=dossier)
    for table, autres in siennes.items():
        v[table] |= autres
    lieu = Lieu(dossier, v)
    rendre(v, lieu.rendus)
    try:
        yield lieu
    finally:
        for enfant in lieu.enfants.values():
            enfant.demander_arret()
        for enfant in lieu.enfants.values():
            enfant.attendre_arret()


def certifier(ici: Path) -> None:
    """An authority, and one certificate for every listener of this machine."""
    ici.mkdir(mode=0o755, parents=True, exist_ok=True)
    autorite = Autorite.nouvelle("Autorité d’un essai")
    service = autorite.certifier("service", hote=True)
    (ici / "ac-interne.pem").write_text(autorite.emise.pem)
    (ici / "service.pem").write_text(service.pem)
    ecrire_prive(ici / "service.key", service.cle)
