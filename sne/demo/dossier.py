"""Files of a demonstration: secrets made once, and the description that it publishes while it runs."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sne.socle.bases import Acces
from sne.socle.postgres import ecrire_prive

RACINE = Path(__file__).resolve().parents[2]
DOSSIER_USUEL = RACINE / "var"
NORD = "nord"  # the second cell, when there is one
VARIABLE_DU_DOSSIER = "SNE_DEMO_DOSSIER"
CLIENT_FC = "sne-demonstration"
CLIENT_PC = "sne-demonstration-professionnels"


class DejaEnMarche(RuntimeError):
    """A demonstration already runs in this folder; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The folder of one demonstration (``var/`` unless told otherwise)."""

    racine: Path

    @property
    def description(self) -> Path:
        return self.racine / "demo.json"

    @property
    def postgres(self) -> Path:
        return self.racine / "postgres"

    @property
    def nord(self) -> Path:
        """Of the server of the second cell, when there is one."""
        return self.racine / "postgres-nord"

    @property
    def editeurs(self) -> Path:
        """Files of the vendors' door: ``autorite.pem``, ``serveur.*``, ``editeur.*``, ``cle.txt``."""
        return self.racine / "editeurs"

    @property
    def adresses(self) -> Path:
        """Fictional addresses, as the nation publishes true ones."""
        return self.racine / "adresses.csv"

    @property
    def usagers(self) -> Path:
        """Households who may sign in at the simulated provider, with the civil status of their file."""
        return self.racine / "usagers.json"

    def journal(self, nom: str) -> Path:
        """Log of one process."""
        return self.racine / "journaux" / f"{nom}.log"

    @property
    def ecole(self) -> Path:
        """Folder of the École that this demonstration may start."""
        return self.racine / "ecole"

    def lire_description(self) -> dict[str, Any] | None:
        """The description published by the running demonstration; ``None`` when none runs."""
        try:
            description = dict(json.loads(self.description.read_text()))
            os.kill(description["processus"]["superviseur"], 0)
        except (FileNotFoundError, ProcessLookupError):  # never started, stopped, or killed
            return None
        return description

    def secrets(self) -> dict[str, str]:
        """Keys of this demonstration, made once and kept: without them nothing stored can be read."""
        fichier = self.racine / "secrets.json"
        if not fichier.exists():
            ecrire_prive(fichier, json.dumps(_nouveaux_secrets(), indent=2))
        return dict(json.loads(fichier.read_text()))

    @contextmanager
    def verrou(self) -> Iterator[None]:
        """Held by the supervisor for its whole life. Raises :class:`DejaEnMarche`."""
        self.racine.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.racine / "demo.verrou").open("a+") as fichier:
            try:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DejaEnMarche(self._phrase_deja_en_marche()) from None
            yield

    @contextmanager
    def place_du_serveur(self) -> Iterator[None]:
        """Held by the process that starts the server again, or puts another in its place: one after the other."""
        with (self.racine / "serveur.verrou").open("a+") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            yield

    def _phrase_deja_en_marche(self) -> str:
        description = self.lire_description()
        if not description:
            return (
                f"Une démonstration démarre déjà dans {self.racine}. Attendez son adresse dans son terminal."
            )
        pid, url = description["processus"]["superviseur"], description["urls"]["accueil"]
        return f"La démonstration tourne déjà : {url} (processus {pid}). Ctrl-C l’arrête dans son terminal."


def dossier_de_la_demo() -> Dossier:
    """The folder named by ``SNE_DEMO_DOSSIER``, else ``var/`` of the project."""
    return Dossier(Path(os.environ.get(VARIABLE_DU_DOSSIER) or DOSSIER_USUEL).resolve())


def environnement(
    dossier: Dossier,
    acces: Acces,
    *,
    url: str,
    portail: str,
    fc: str,
    pc: str,
    hotes: str,
    role: str,
    services: str,
) -> dict[str, str]:
    """The ``SNE_*`` variables of one process; the owner's URL goes to ``role="owner"`` only.

    ``portail``: address of the households' portal; ``fc``, ``pc``: issuers where they and professionals sign in;
    ``services``: where the simulated services of the State are; none with a final slash.
    """
    cles = dossier.secrets()
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "SNE_ROLE": role,
        "SNE_RUNTIME_URL": acces.runtime,
        "SNE_OWNER_URL": acces.owner if role == "owner" else "",
        "SNE_PORTAIL_RUNTIME_URL": acces.portail,
        "SNE_SECRET_KEY": cles["secret_key"],
        "SNE_CLE_NIR_CHIFFREMENT": cles["cle_nir_chiffrement"],
        "SNE_CLE_NIR_EMPREINTE": cles["cle_nir_empreinte"],
        "SNE_CLES_DOCUMENTS": f"1:{_cle_tiree(cles, b'documents')}",
        "SNE_CLES_JOURNAL": f"1:{_cle_tiree(cles, b'journal')}",
        "SNE_URL_PUBLIQUE": url.rstrip("/"),
        "SNE_URL_PORTAIL": portail,
        "SNE_URL_MENAGES": portail,
        "SNE_FC_EMETTEUR": fc,
        "SNE_FC_CLIENT": CLIENT_FC,
        "SNE_FC_SECRET": secret_de_connexion(dossier, CLIENT_FC),
        "SNE_FC_AIDANTS": "aidants-connect-fictif",
        "SNE_PC_EMETTEUR": pc,
        "SNE_PC_CLIENT": CLIENT_PC,
        "SNE_PC_SECRET": secret_de_connexion(dossier, CLIENT_PC),
        "SNE_HOTES": hotes,
        "SNE_DOSSIER": str(dossier.racine),
        "SNE_TELEPHONE": "0 800 00 00 00",
        "SNE_HTTPS": "false",
        "SNE_DEMONSTRATION": "true",
        "SNE_BAN_URL": f"{services}/ban",
        "SNE_ENTREPRISES_URL": f"{services}/entreprises",
        "SNE_DRM_URL": f"{services}/drm",
        "SNE_DRM_CLE": _cle_tiree(cles, b"drm"),
        **_antivirus(),
    }


def secret_de_connexion(dossier: Dossier, client: str) -> str:
    """What this demonstration and a provider of identity that it plays prove themselves with to each other."""
    return _cle_tiree(dossier.secrets(), client.encode())


def _antivirus() -> dict[str, str]:
    """The clamd that the caller names; a workstation has none: a demonstration says so instead of waiting for it."""
    clamd = os.environ.get("SNE_CLAMD", "")
    return {"SNE_ANTIVIRUS": "clamd" if clamd else "aucun", "SNE_CLAMD": clamd}


def publier(dossier: Dossier, description: Mapping[str, Any]) -> None:
    """Write ``demo.json`` atomically, readable by its owner only."""
    ecrire_prive(dossier.description, json.dumps(description, ensure_ascii=False, indent=2))


def _nouveaux_secrets() -> dict[str, str]:
    return {
        "secret_key": secrets.token_urlsafe(64),
        "cle_nir_chiffrement": secrets.token_hex(32),
        "cle_nir_empreinte": secrets.token_hex(32),
        "graine_des_comptes": secrets.token_hex(32),
    }


def _cle_tiree(cles: Mapping[str, str], usage: bytes) -> str:
    """Derived, so that the folder of an earlier demonstration has one too."""
    return hmac.digest(bytes.fromhex(cles["graine_des_comptes"]), usage, hashlib.sha256).hex()


def secret_de_compte(dossier: Dossier, courriel: str) -> tuple[str, str]:
    """Password and TOTP secret (base32) of a demo account, derived from the folder's secret: stable."""
    graine = bytes.fromhex(dossier.secrets()["graine_des_comptes"])
    tirage = hmac.digest(graine, courriel.encode(), hashlib.sha256)
    return _mot_de_passe(tirage[:10]), base64.b32encode(tirage[12:32]).decode()


def _mot_de_passe(octets: bytes) -> str:
    """Four readable blocks of four signs, without look-alikes (0/O, 1/l)."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    nombre = int.from_bytes(octets)
    signes = "".join(alphabet[(nombre >> (5 * i)) % 32] for i in range(16))
    return "-".join(signes[i : i + 4] for i in range(0, 16, 4))
