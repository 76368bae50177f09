"""A whole production on the loopback, from the very templates of ``deploy/``.

Three PostgreSQL under Patroni, their etcd, HAProxy, PgBouncer, pgBackRest, two web processes, the portal, the vendors'
door, the worker and nginx. Everything is in one folder, speaks TLS to everything else, and stops with this process.
"""

import contextlib
import itertools
import json
import os
import re
import secrets
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import tomllib
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import psycopg

from outils.exercices import unites
from outils.exercices.attente import Impossible, attendre
from outils.exercices.valeurs import (
    BASE,
    EDITEURS,
    MACHINE,
    MENAGES,
    NOEUDS,
    OUTILS,
    PROFESSIONNELS,
    RACINE,
    SECRETS,
    list_noeuds,
    valeurs,
)
from outils.rendre import DEPLOIEMENT, rendre
from sne.conventions.autorite import Autorite
from sne.demo.dossier import VARIABLE_DU_DOSSIER, Dossier, environnement
from sne.demo.empreintes import ADRESSES, LAC, SCENES, Preparation
from sne.demo.port import port_se_libere
from sne.demo.processus import MARQUE, Enfant, tuer_les_restes
from sne.socle.bases import Acces, preparer_base, url_de_role
from sne.socle.laisse import laisse
from sne.socle.postgres import SANS_ROOT, ecrire_prive

PATRONI = RACINE / ".outils" / "patroni" / "bin"
PORT, TAILLE = 18_000, 20
ARRET = 30.0  # seconds that systemd leaves to a web process (TimeoutStopSec)
DERNIERS = ("etcd", "pgbackrest")  # asked by a server until it has stopped
PAS_POUR_UN_EXERCICE = (ADRESSES, SCENES, LAC)  # nobody reads them there


class Grappe:
    """One production, in one folder; ``portes``: with the portal and the vendors' door too."""

    def __init__(
        self,
        dossier: Path,
        *,
        port: int = PORT,
        taille: int = TAILLE,
        portes: bool = True,
        avant: Path | None = None,
        smtp: str = "",
    ) -> None:
        self.dossier, self.port, self.taille, self.portes = dossier.resolve(), port, taille, portes
        self.demo = Dossier(self.dossier)
        self.rendus = self.dossier / "rendus"
        self.socket = Path(tempfile.gettempdir()) / f"sne-production-{port}"
        self.prefixe = SANS_ROOT if os.geteuid() == 0 else []
        self.enfants: dict[str, Enfant] = {}
        # Code of the webs that this release replaces; what it loads is compiled beside (``sert_l_avant``).
        self.avant = {"PYTHONPATH": str(avant), "PYTHONDONTWRITEBYTECODE": ""} if avant else {}
        self.smtp = smtp  # URL of the mail server; none: each message is a file
        self.retenus: set[str] = set()  # that fell, and must not be started again yet
        self._fin = threading.Event()
        self._veilleur = threading.Thread(target=self._veiller, daemon=True)

    # -- what it is -------------------------------------------------------------------------------------------
    @property
    def adresse(self) -> str:
        return f"https://{PROFESSIONNELS}:{self.port}"

    @cached_property
    def acces(self) -> dict[str, str]:
        """A password for each role of the database, made once and kept."""
        fichier = self.dossier / "acces.toml"
        if not fichier.exists():
            ecrire_prive(fichier, "".join(f'{nom} = "{secrets.token_urlsafe(24)}"\n' for nom in SECRETS))
        return tomllib.loads(fichier.read_text())

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """Believes the authority of this production alone."""
        return ssl.create_default_context(cafile=str(self.dossier / "tls" / "ac-interne.pem"))

    def url(self, role: str, *, port: int | None = None) -> str:
        """The database, as this role; through HAProxy unless ``port`` says otherwise."""
        suite = f"sslmode=verify-full&sslrootcert={self.dossier}/tls/ac-interne.pem"
        nue = f"postgresql://127.0.0.1:{port or self.port + 3}/{BASE}?{suite}"
        return url_de_role(nue, role, self.acces[role])

    def lire(self, ordre: str, *valeurs: object) -> tuple[Any, ...]:
        """The one row of this query, as the owner."""
        with psycopg.connect(self.url("sne_owner"), connect_timeout=3) as connexion:
            ligne = connexion.execute(ordre, valeurs or None).fetchone()
        assert ligne is not None
        return tuple(ligne)

    def meneur(self) -> str:
        """The name of the node that leads, empty when none does."""
        for noeud in list_noeuds(self.port):
            if self._rest(noeud, "primary"):
                return str(noeud["nom"])
        return ""

    def suiveurs(self) -> int:
        """How many nodes follow it, streaming."""
        return sum(self._rest(noeud, "replica") for noeud in list_noeuds(self.port))

    def _rest(self, noeud: Mapping[str, Any], quoi: str) -> bool:
        return demande_bonne(f"https://127.0.0.1:{noeud['rest']}/{quoi}", self.tls)

    def sante(self, port: int) -> bool:
        """Whether this web process says that it may be given requests."""
        return demande_bonne(f"http://127.0.0.1:{port}/sante/pret")

    # -- start ------------------------------------------------------------------------------------------------
    def __enter__(self) -> Self:
        try:
            self._demarrer()
        except BaseException:
            self.arreter()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.arreter()

    def _demarrer(self) -> None:
        for dossier in (
            "",
            "tls",
            "secrets",
            "mesures",
            "execution/verrous",
            "journaux",
            "postgres",
            "depots",
        ):
            (self.dossier / dossier).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        tuer_les_restes(self.dossier)
        if not port_se_libere("127.0.0.1", self.port):
            raise Impossible(
                f"Le port {self.port} est déjà pris : donnez-en un autre, --port {self.port + 100}."
            )
        self._certifier()
        rendre(valeurs(self.dossier, self.port, acces=self.acces, socket=self.socket), self.rendus)
        dire("etcd et Patroni…")
        for noeud in list_noeuds(self.port):
            nom = noeud["nom"]
            variables = lire_variables(self.rendus / "etcd" / f"etcd-{nom}.env")
            self.lancer(f"etcd-{nom}", [OUTILS / "usr/bin/etcd"], variables)
        ecrire_prive(self.dossier / "secrets" / "PGPASS", f"*:*:*:postgres:{self.acces['postgres']}\n")
        for machine in ("pgbackrest", *(f"noeud-{nom}" for nom in NOEUDS)):
            self.demarrer_unite("pgbackrest@", machine, {"PATH": f"{OUTILS}/usr/bin:{os.environ['PATH']}"})
        for noeud in list_noeuds(self.port):
            self._lancer_noeud(str(noeud["nom"]))
        self._veilleur.start()
        haproxy = [OUTILS / "usr/sbin/haproxy", "-db", "-f", self.rendus / "haproxy" / "haproxy.cfg"]
        self.lancer("haproxy", haproxy)
        attendre(self.meneur, "un serveur qui mène")
        attendre(lambda: self.suiveurs() == len(NOEUDS) - 1, "deux copies qui suivent")
        dire("Base de données…")
        self._preparer()
        self._premiere_sauvegarde()
        dire("Web, travailleur, nginx…")
        self._portes()

    def _lancer_noeud(self, nom: str) -> None:
        commande = [
            *self.prefixe,
            *laisse("TERM"),
            PATRONI / "patroni",
            self.rendus / "patroni" / f"patroni-{nom}.yml",
        ]
        self.lancer(nom, commande, {"PATH": f"{OUTILS}/usr/bin:{os.environ['PATH']}"})

    def _portes(self) -> None:
        self.lancer(
            "pgbouncer",
            [
                *self.prefixe,
                *laisse("TERM"),
                OUTILS / "usr/sbin/pgbouncer",
                self.rendus / "pgbouncer/pgbouncer.ini",
            ],
        )
        self.demarrer_unite("sne-travailleur")
        webs = ["sne-web@"] * 2 + (["sne-portail@", "sne-editeurs@"] if self.portes else [])
        ports = list(zip(webs, itertools.count(self.port + 10)))
        for nom, port in ports:
            self.demarrer_unite(nom, str(port), self.avant if nom == "sne-web@" else {})
        for nom, port in ports:
            attendre(partial(self.sante, port), f"{nom}{port} prêt")
        nginx = [
            OUTILS / "usr/sbin/nginx",
            "-e",
            "stderr",
            "-g",
            "daemon off;",
            "-c",
            self.rendus / "nginx/sne.conf",
        ]
        self.lancer("nginx", nginx)
        attendre(lambda: demande_bonne(f"{self.adresse}/connexion/", self.tls), "la page de connexion")

    def demarrer_unite(
        self, nom: str, instance: str = "", variables: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Start this unit of ``deploy/``, with variables besides."""
        [fichier] = self.rendus.glob(f"*/{nom}.service")
        unite = unites.lire(fichier, execution=self.dossier / "execution", instance=instance)
        autres = {MARQUE: str(self.dossier), VARIABLE_DU_DOSSIER: str(self.dossier)}
        # granian looks where it works before it looks in PYTHONPATH
        la = ["/usr/bin/env", "--chdir", variables["PYTHONPATH"]] if "PYTHONPATH" in variables else []
        self.lancer(f"{nom}{instance}", [*la, *unite.commande], {**unite.variables, **autres, **variables})

    def sert_l_avant(self) -> bool:
        """Whether the webs to be replaced have loaded the release before, where one is given."""
        compiles = Path(self.avant.get("PYTHONPATH", "")) / "config" / "__pycache__"
        return not self.avant or any(compiles.glob("asgi.*.pyc"))

    def lancer(
        self, nom: str, commande: Sequence[object], variables: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Start a process, watched, which stops with this production."""
        bibliotheques = (
            {} if nom.startswith("sne-") else {"LD_LIBRARY_PATH": f"{OUTILS}/usr/lib/x86_64-linux-gnu"}
        )
        propres = {MARQUE: str(self.dossier), **bibliotheques, **variables}
        enfant = Enfant(
            nom, [str(mot) for mot in commande], propres, self.dossier / "journaux" / f"{nom}.log"
        )
        enfant.lancer()
        self.enfants[nom] = enfant
        self.retenus.discard(nom)

    def _certifier(self) -> None:
        """An authority, and one certificate for every listener of this machine."""
        ici = self.dossier / "tls"
        if (ici / "service.pem").exists():
            return
        autorite = Autorite.nouvelle("Autorité de la production locale")
        service = autorite.certifier(MACHINE, hote=True)
        (ici / "ac-interne.pem").write_text(autorite.emise.pem)
        (ici / "service.pem").write_text(service.pem)
        ecrire_prive(ici / "service.key", service.cle)

    def _preparer(self) -> None:
        """Roles, database, tables, a small territory, statics; only what is not done yet."""
        admin = url_de_role(
            self.url("sne_owner").replace(f"/{BASE}?", "/postgres?"), "postgres", self.acces["postgres"]
        )
        self.admin = admin
        attendre(lambda: preparer_base(admin, BASE, self.acces), "HAProxy mène à la base")
        self._ecrire_environnement()
        acces = Acces("", self.url("sne_owner"), self.url("sne_runtime"), self.url("sne_portail"))
        preparation = Preparation(self.demo, acces, donnees=self.dossier / "postgres", taille=self.taille)
        for role, suite in itertools.groupby(preparation.etapes_a_faire(), key=lambda etape: etape.role):
            etapes = [etape for etape in suite if etape not in PAS_POUR_UN_EXERCICE]
            if etapes:
                noms = [etape.nom for etape in etapes]
                self.sne_module("sne.demo.preparation", str(self.taille), *noms, role=role)
                preparation.noter(*etapes)
        publier = ("sne.cli.principal", "statiques", "publier", str(self.dossier / "publie"))
        if self.avant:  # as the operator of that release did
            executer([sys.executable, "-P", "-m", *publier], {**self.environnement(), **self.avant})
        self.sne_module(*publier)

    def _ecrire_environnement(self) -> None:
        acces = Acces(
            "",
            self.url("sne_owner"),
            self.url("sne_runtime", port=self.port + 5),
            self.url("sne_portail", port=self.port + 5),
        )
        menages = f"https://{MENAGES}:{self.port}" if self.portes else ""
        variables = environnement(
            self.demo,
            acces,
            url=f"{self.adresse}/",
            portail=menages,
            fc="",
            pc="",
            hotes=f"{PROFESSIONNELS},{MENAGES},{EDITEURS}",
            role="runtime",
            services="",
        )
        variables |= {"SNE_HTTPS": "true", "SNE_PROXYS": "1", "SNE_ANTIVIRUS": "clamd", "SNE_POOL_MAX": "4"}
        variables |= {
            "SNE_FC_CLIENT": "",
            "SNE_PC_CLIENT": "",
            "SNE_BAN_URL": "",
            "SNE_ENTREPRISES_URL": "",
            "SNE_DRM_URL": "",
        }
        variables |= {"SNE_DIRECTE_URL": self.url("sne_runtime"), "SNE_OWNER_URL": "", "SNE_ANALYTIQUE": ""}
        variables |= {"SNE_SMTP_URL": self.smtp, "SNE_PORTAIL_DIRECTE_URL": self.url("sne_portail")}
        self.variables = variables
        for nom in credentiels():
            ecrire_prive(self.dossier / "secrets" / nom, variables.get(nom, ""))
        clair = {
            nom: v
            for nom, v in variables.items()
            if nom not in credentiels() and nom != "DJANGO_SETTINGS_MODULE"
        }
        ecrire_prive(self.dossier / "environnement", "".join(f"{nom}={v}\n" for nom, v in clair.items()))

    def _premiere_sauvegarde(self) -> None:
        self.pgbackrest("stanza-create")
        if not list(self.dossier.glob("depots/backup/*/latest")):
            self.pgbackrest("backup", "--type=full")

    # -- commands ---------------------------------------------------------------------------------------------
    def pgbackrest(self, *arguments: str, configuration: Path | None = None) -> str:
        """A command of pgBackRest; what it wrote. Raises ``subprocess.CalledProcessError``."""
        fichier = configuration or self.rendus / "pgbackrest" / "pgbackrest.conf"
        commande = [
            *self.prefixe,
            OUTILS / "usr/bin/pgbackrest",
            f"--config={fichier}",
            f"--stanza={BASE}",
            *arguments,
        ]
        env = {
            **os.environ,
            "PGPASSWORD": self.acces["postgres"],
            "LD_LIBRARY_PATH": f"{OUTILS}/usr/lib/x86_64-linux-gnu",
        }
        return executer(commande, env)

    def basculer(self, meneur: str) -> None:
        """Ask this leader to leave its place, as « patronictl switchover » does, by its own interface."""
        prouve = ssl.create_default_context(cafile=str(self.dossier / "tls" / "ac-interne.pem"))
        prouve.load_cert_chain(self.dossier / "tls" / "service.pem", self.dossier / "tls" / "service.key")
        [rest] = [noeud["rest"] for noeud in list_noeuds(self.port) if noeud["nom"] == meneur]
        corps = json.dumps({"leader": meneur}).encode()
        with urllib.request.urlopen(
            f"https://127.0.0.1:{rest}/switchover", corps, timeout=60, context=prouve
        ):
            pass

    def pgbouncer(self, ordre: str) -> None:
        """A command of PgBouncer's console."""
        url = self.url("pgbouncer", port=self.port + 5).replace(f"/{BASE}?", "/pgbouncer?")
        with psycopg.connect(url, autocommit=True) as console:
            console.pgconn.exec_(ordre.encode())

    def environnement(self, role: str = "runtime", *, relais: bool = False) -> dict[str, str]:
        """The variables of an operator's command: round PgBouncer, unless ``relais``, as the web goes."""
        propre = {c: v for c, v in os.environ.items() if not c.startswith(("SNE_", "DJANGO_"))}
        directes = {"SNE_RUNTIME_URL": self.url("sne_runtime"), "SNE_DIRECTE_URL": ""}
        return {
            **propre,
            **self.variables,
            **({} if relais else directes),
            "SNE_OWNER_URL": self.url("sne_owner"),
            "SNE_ROLE": role,
            VARIABLE_DU_DOSSIER: str(self.dossier),
        }

    def sne(self, *arguments: str) -> str:
        """An operator's command; what it wrote. Raises ``subprocess.CalledProcessError``."""
        return self.sne_module("sne.cli.principal", *arguments)

    def sne_module(self, module: str, *arguments: str, role: str = "runtime", relais: bool = False) -> str:
        """A module of the project, run as this role."""
        return executer([sys.executable, "-m", module, *arguments], self.environnement(role, relais=relais))

    # -- blows ------------------------------------------------------------------------------------------------
    def tuer(self, nom: str) -> None:
        """Kill a process and its children with -9; it is started again unless it is held (``retenus``)."""
        self.enfants[nom].tuer_le_groupe()

    def tuer_noeud(self, nom: str) -> None:
        """As a machine that is lost: Patroni and every process of its PostgreSQL at once. It is held."""
        self.retenus.add(nom)
        self.enfants[nom].tuer_le_groupe()
        self.tuer_postgres(nom)

    def tuer_postgres(self, nom: str) -> None:
        """Every process of this server, Patroni left alive."""
        donnees = self.dossier / "postgres" / nom
        maitre = int((donnees / "postmaster.pid").read_text().split()[0])
        if Path(f"/proc/{maitre}/cwd").resolve() != donnees:  # long gone, its number is another's
            return
        enfants = Path(f"/proc/{maitre}/task/{maitre}/children").read_text().split()
        for pid in (maitre, *map(int, enfants)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def remplacer(self, nom: str, unite: str, instance: str) -> None:
        """Stop a process as its supervisor does, then start this release in its place."""
        self.retenus.add(nom)
        self.enfants[nom].demander_arret()
        attendre(lambda: not self.enfants[nom].vit(), f"{nom} a fini ses pages", delai=ARRET)
        self.enfants[nom].attendre_arret()
        self.demarrer_unite(unite, instance)

    def relever(self, nom: str) -> None:
        """A node that was lost comes back."""
        self.retenus.discard(nom)
        attendre(lambda: self.suiveurs() == len(NOEUDS) - 1, f"{nom} suit de nouveau")

    def _veiller(self) -> None:
        while not self._fin.wait(0.2):
            for nom, enfant in list(self.enfants.items()):
                if nom not in self.retenus:
                    enfant.surveiller()

    def _arretes(self, noms: Sequence[str]) -> bool:
        return not any(self.enfants[nom].vit() for nom in noms)

    def arreter(self) -> None:
        """Stop everything in order: doors, worker, databases, consensus."""
        self._fin.set()
        if self._veilleur.is_alive():
            self._veilleur.join()
        ordre = sorted(
            self.enfants,
            key=lambda nom: (nom.startswith(DERNIERS), nom in NOEUDS, nom in ("haproxy", "pgbouncer")),
        )
        for _, groupe in itertools.groupby(ordre, key=lambda nom: (nom.startswith(DERNIERS), nom in NOEUDS)):
            noms = list(groupe)
            for nom in noms:
                self.enfants[nom].demander_arret()
            with contextlib.suppress(Impossible):
                attendre(partial(self._arretes, noms), "arrêtés", delai=ARRET)
            for nom in noms:
                self.enfants[nom].attendre_arret()
                with contextlib.suppress(FileNotFoundError):  # stopped in order: Patroni had the time
                    self.tuer_postgres(nom)
        self.enfants = {}


def credentiels() -> set[str]:
    """Variables that the units take as credentials, and where they take them from."""
    lus = "".join(f.read_text(encoding="utf-8") for f in (DEPLOIEMENT / "systemd").glob("*.service.j2"))
    lignes = [
        ligne for ligne in lus.splitlines() if "for secret in" in ligne or ligne.startswith("LoadCredential")
    ]
    return set(re.findall(r"SNE_[A-Z0-9_]+", "\n".join(lignes)))


def lire_variables(fichier: Path) -> dict[str, str]:
    """A file of ``NAME=value`` lines."""
    lignes = fichier.read_text(encoding="utf-8").splitlines()
    return dict(ligne.split("=", 1) for ligne in lignes if "=" in ligne and not ligne.startswith("#"))


def demande_bonne(url: str, tls: ssl.SSLContext | None = None) -> bool:
    """Whether this address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=10, context=tls) as reponse:
            return bool(reponse.status == 200)
    except (OSError, ValueError):
        return False


def lire_page(url: str, tls: ssl.SSLContext) -> str:
    """The text of this page."""
    with urllib.request.urlopen(url, timeout=60, context=tls) as reponse:
        return str(reponse.read().decode())


def executer(commande: Sequence[object], env: Mapping[str, str]) -> str:
    """Run a command to its end. Raises ``subprocess.CalledProcessError``, whose words are written first."""
    fait = subprocess.run(
        [str(mot) for mot in commande], env=dict(env), capture_output=True, text=True, check=False
    )
    if fait.returncode:
        sys.stderr.write(fait.stdout + fait.stderr)
        fait.check_returncode()
    return fait.stdout


def dire(phrase: str) -> None:
    """One line to whoever watches."""
    sys.stderr.write(f"{phrase}\n")
