"""The service as it was at an instant: ``python -m outils.restaurer [--reprendre]`` (an operator plays it each month).

Load, an instant, more load that is lost, an erasure, an account's way in changed, bytes that went; then the backup is
restored to that instant in another folder, on another port, opened again by ``sne base rouvrir``, and its worker works:
a mail server counts what leaves. Prints how long it took (RTO) and what the archive lacked (RPO). Last, the repository
is damaged, which « pgbackrest verify » and « sne sante » must say. Ends with 75 where a busy machine alone was late.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import psycopg

from outils.exercices import unites
from outils.exercices.attente import (
    Impossible,
    Retard,
    attendre,
    conclure,
    depasse,
    dite,
    occupation,
    trancher,
)
from outils.exercices.charge import Charge, sous_charge
from outils.exercices.courrier import Courrier
from outils.exercices.grappe import PORT, Grappe, dire, executer
from outils.exercices.valeurs import OUTILS, RACINE
from outils.exercices.verdict import EFFACEES, attestees, controles, list_traces, verifier
from sne.socle.laisse import laisse

CHARGE = 8.0  # seconds, before the instant and after
RTO = 10.0  # seconds, from the decision to a service that may be opened, at the size of the demonstration
A_L_INSTANT = (
    "SELECT now()::text, count(*), (SELECT count(*) FROM journal_entree), (SELECT count(*) FROM attestation), "
    "(SELECT count(*) FROM document) FROM demande"
)
A_ENVOYER = "SELECT count(*) FROM message WHERE etat = 'A_ENVOYER' AND canal <> 'LETTRE' AND prochain_essai_le <= now()"
BATTENT = "SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 seconds'"
RESTENT = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args ? 'entree_id'"
ARRIVEE = "SELECT pg_get_wal_replay_pause_state()"
SESSIONS = "SELECT count(*) FROM django_session"


class Restauree(Grappe):
    """The restored server alone, as an operator's commands see it."""

    def __init__(self, grappe: Grappe, dossier: Path) -> None:
        super().__init__(grappe.dossier, port=grappe.port)
        self.variables, self.donnees, self.acces = grappe.variables, dossier, grappe.acces
        self.prise = grappe.port + 60

    def url(self, role: str, *, port: int | None = None) -> str:
        """This server, whoever asks."""
        return super().url(role, port=port or self.prise)

    def restaurer(self, cible: str) -> None:
        """Copy the backup, play the archive until ``cible``, and stop there: it may be read, nobody writes."""
        shutil.rmtree(self.donnees, ignore_errors=True)
        self.donnees.mkdir(mode=0o700)
        configuration = self.donnees.parent / "restauree.conf"
        texte = (self.rendus / "pgbackrest" / "pgbackrest.conf").read_text(encoding="utf-8")
        texte = re.sub(r"(?m)^pg\d-.*\n", "", texte)
        configuration.write_text(f"{texte}pg1-path={self.donnees}\npg1-user=postgres\n", encoding="utf-8")
        ordre = ("--type=time", f"--target={cible}", "--target-action=pause", "restore")
        self.pgbackrest(*ordre, configuration=configuration)
        reglages = {"port": self.prise, "archive_mode": "off", "unix_socket_directories": self.socket}
        reglages |= {
            "listen_addresses": "127.0.0.1",
            "max_connections": 120,
            "max_wal_senders": 10,
            "ssl": "on",
        }
        reglages |= {
            f"ssl_{n}_file": f"{self.dossier}/tls/{f}"
            for n, f in (("cert", "service.pem"), ("key", "service.key"))
        }
        reglages |= {"max_replication_slots": 10, "hba_file": self.donnees / "pg_hba.conf"}
        options = [mot for nom, valeur in reglages.items() for mot in ("-c", f"{nom}={valeur}")]
        fichier = self.donnees / "postgresql.conf"
        fichier.write_text("shared_buffers = 64MB\nsynchronous_standby_names = ''\n", encoding="utf-8")
        postgres = OUTILS / "usr/lib/postgresql/17/bin/postgres"
        self.lancer("restauree", [*self.prefixe, *laisse("INT"), postgres, "-D", self.donnees, *options])
        attendre(lambda: self.lire(ARRIVEE) == ("paused",), "la base restaurée")

    def ouvrir(self) -> None:
        """Let it take writes."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute("SELECT pg_wal_replay_resume()")

    @contextmanager
    def commande(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """An operator's command that goes on meanwhile; what it writes is read at its end."""
        mots = [sys.executable, "-m", "sne.cli.principal", *arguments]
        with subprocess.Popen(mots, env=self.environnement(), stdout=subprocess.PIPE, text=True) as faite:
            try:
                yield faite
            finally:
                faite.kill()

    def travailler(self) -> None:
        """Let a worker do all that it finds to do here."""
        self.lancer(
            "sne-travailleur-restauree",
            [sys.executable, "-m", "sne.cli.principal", "travailler"],
            self.environnement(),
        )
        attendre(lambda: self.lire(BATTENT)[0], "un travailleur qui bat")
        attendre(lambda: self.lire(RESTENT) == (0,), "plus rien à faire")
        self.enfants["sne-travailleur-restauree"].demander_arret()
        self.enfants["sne-travailleur-restauree"].attendre_arret()


def exercer(grappe: Grappe, courrier: Courrier, fautes: list[str]) -> None:
    """The drill; what is wrong is added to ``fautes`` as it is seen, one sentence each: a wait that fails later hides
    none of them.
    """
    compte = "restauree@exemple.fr"
    ouverture = ("Nadia", "Ferrand", "--role", "AGENT_GUICHET", "--territoire", "099", "--guichet", "G0993")
    grappe.sne("compte", "ouvrir", compte, *ouverture)
    radiee = grappe.sne_module("tests.demo.radiee").split()[-1]
    with sous_charge(grappe):
        time.sleep(CHARGE)
    grappe.sne("journal", "jalonner")
    with arrete(grappe, "sne-travailleur"):  # acts that are neither sealed nor told at that instant
        anciens = list_octets(grappe)
        with sous_charge(grappe, documents=True) as gardee:
            time.sleep(CHARGE)
        cible, *attendus = grappe.lire(A_L_INSTANT)
        perdus = list_octets(grappe) - anciens
    with sous_charge(grappe) as perdue:
        time.sleep(CHARGE)
    grappe.sne("compte", "reinitialiser", compte)
    grappe.sne("horloge")
    attendre(lambda: grappe.lire(EFFACEES, radiee) == (1, 1), "l’effacement, scellé")
    attendre(
        lambda: attestees(grappe, gardee.acquittes)[1] == len(gardee.acquittes), "chacun attesté, et écrit"
    )
    attendre(lambda: grappe.lire(A_ENVOYER) == (0,), "chaque message parti")
    octets = {fichier: fichier.read_bytes() for fichier in perdus}
    for fichier in octets:  # as an erasure does
        fichier.unlink()
    perdu = grappe.dossier / "perdu"
    grappe.sne("journal", "exporter", "--sortie", str(perdu))
    dire(
        f"Perdues exprès : {len(perdue.acquittes)}. RPO : 60 s au plus (archive_timeout), {archiver(grappe):.1f} s ici."
    )
    grappe.retenus.add("sne-travailleur")
    grappe.tuer("sne-travailleur")
    restauree = Restauree(grappe, grappe.dossier / "restauree")
    try:
        attendu = Attendu(cible, attendus, radiee, len(gardee.joints), perdu)
        rouvrir(restauree, courrier, attendu, fautes)
    finally:
        restauree.arreter()
    dit = executer_unite(grappe, "sauvegarder")  # what the host of the repositories does by itself
    if "standby" in dit:  # pgBackRest warns when it finds none
        fautes.append(f"la sauvegarde n’a pas été prise sur une réplique : {dit}")
    dire(executer_unite(grappe, "eprouver").strip().rpartition("\n")[2])
    fautes += list_traces(grappe, gardee.mots | perdue.mots)
    with servis(grappe.dossier / "mesures") as adresse:
        fautes += dire_les_sauvegardes(grappe, adresse, bonnes=True)
        with abime(grappe, fautes):
            with contextlib.suppress(subprocess.CalledProcessError):  # as it must
                executer_unite(grappe, "eprouver")
            fautes += dire_les_sauvegardes(grappe, adresse, bonnes=False)
    for fichier, contenu in octets.items():  # the next drill finds this production whole
        fichier.write_bytes(contenu)


@contextmanager
def servis(dossier: Path) -> Iterator[str]:
    """The figures of this folder at an address, as node_exporter gives them."""

    class Chiffres(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.writelines(fichier.read_bytes() for fichier in sorted(dossier.glob("*.prom")))

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with HTTPServer(("127.0.0.1", 0), Chiffres) as serveur:
        fil = threading.Thread(target=serveur.serve_forever)
        fil.start()
        yield f"http://127.0.0.1:{serveur.server_address[1]}/metrics"
        serveur.shutdown()
        fil.join()


def dire_les_sauvegardes(grappe: Grappe, adresse: str, *, bonnes: bool) -> list[str]:
    """D11: what ``sne sante`` says of the backups."""
    lu = controles(grappe, SNE_SAUVEGARDES_URL=adresse)["sauvegardes"]
    dire(f"Sauvegardes, dit « sne sante » ({'bon' if lu['bon'] else 'mauvais'}) : {lu['constat']}.")
    return [] if lu["bon"] is bonnes else ["« sne sante » se trompe sur les sauvegardes"]


@dataclass(frozen=True, slots=True)
class Attendu:
    """What the restored service must be: the instant, its counts, and what has to end again."""

    cible: str
    comptes: list[Any]
    effacee: str
    documents: int
    perdu: Path


def rouvrir(restauree: "Restauree", courrier: Courrier, attendu: Attendu, fautes: list[str]) -> None:
    """Restore, open again, let a worker work; what is wrong is added to ``fautes``, one sentence each."""
    debut = time.monotonic()
    options = ("--depuis", attendu.cible, "--perdu", str(attendu.perdu), "--attendre", "900", "--json")
    with restauree.commande(
        "base", "rouvrir", *options
    ) as commande:  # it gets ready while the base is played
        restauree.restaurer(attendu.cible)
        rejouee = time.monotonic() - debut
        if [*restauree.lire(A_L_INSTANT)][1:] != attendu.comptes:
            fautes.append(f"{restauree.lire(A_L_INSTANT)[1:]} au lieu de {attendu.comptes}")
        sessions, partis = restauree.lire(SESSIONS)[0], courrier.recus.total()
        restauree.ouvrir()
        rouverte = json.loads(commande.communicate()[0])
    duree = time.monotonic() - debut
    dire(
        f"RTO : {rejouee:.1f} s jusqu’à la base ; {duree:.1f} s jusqu’au service qui peut rouvrir ; "
        f"charge {os.getloadavg()[0]:.1f} pour {os.cpu_count()} processeurs."
    )
    fautes += depasse("service qui peut rouvrir :", duree, RTO)
    dire(f"{sessions} session(s) revenue(s) avec le passé, fermées. Rouvert : {rouverte}.")
    voulu = {"acces": 1, "effacees": 1, "documents": attendu.documents, "suites": 0}
    fautes += [f"{nom} : {rouverte[nom]} au lieu de {n}" for nom, n in voulu.items() if rouverte[nom] != n]
    if restauree.lire(SESSIONS) != (0,):
        fautes.append("des sessions revivent")
    restauree.travailler()
    if restauree.lire(EFFACEES, attendu.effacee) != (1, 1):
        fautes.append("la demande effacée ne l’est pas de nouveau")
    fautes += courrier.list_doubles()
    if courrier.recus.total() != partis:
        fautes.append(f"{courrier.recus.total() - partis} courriel(s) parti(s) de la base restaurée")
    dire(f"{partis} courriels reçus avant la perte, {courrier.recus.total() - partis} après.")
    restauree.sne("documents", "verifier", "--tailles")
    fautes += verifier(restauree, jalonner=False)


def executer_unite(grappe: Grappe, nom: str) -> str:
    """Do what a unit of pgBackRest does, its figure included; what it wrote. Raises ``CalledProcessError``."""
    fichier = grappe.rendus / "pgbackrest" / f"{nom}.service"
    unite = unites.lire(fichier, execution=grappe.dossier / "execution")
    env = {**os.environ, **unite.variables, "PATH": f"{OUTILS}/usr/bin:{os.environ['PATH']}"}
    env["LD_LIBRARY_PATH"] = f"{OUTILS}/usr/lib/x86_64-linux-gnu"
    dit = executer([*grappe.prefixe, *unite.commande], env)
    executer([*grappe.prefixe, *unite.apres], env)
    return dit


def archiver(grappe: Grappe) -> float:
    """Seconds until what was just written is in the repository."""
    with psycopg.connect(grappe.admin, autocommit=True) as admin:
        [fin] = admin.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    debut = time.monotonic()
    attendre(lambda: fin in grappe.pgbackrest("info", "--output=json"), "le dernier journal archivé")
    return time.monotonic() - debut


def list_octets(grappe: Grappe) -> set[Path]:
    """Files of the store of documents."""
    return {fichier for fichier in (grappe.dossier / "documents").rglob("*") if fichier.is_file()}


@contextmanager
def arrete(grappe: Grappe, nom: str) -> Iterator[None]:
    """This process does nothing until the end of the block."""
    pid = grappe.enfants[nom].pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def abime(grappe: Grappe, fautes: list[str]) -> Iterator[None]:
    """D11: a repository lost in part is known by ``pgbackrest verify``; whole again at the end of the block."""
    if "error" in verifier_depot(grappe):
        fautes.append("« pgbackrest verify » trouve à redire à un dépôt entier")
    archive = max((grappe.dossier / "depots" / "archive").rglob("*.zst"), key=lambda f: f.stat().st_size)
    entiere = archive.read_bytes()
    archive.write_bytes(entiere[:-1000])
    dit = verifier_depot(grappe)
    dire(f"Dépôt abîmé exprès : {' '.join(dit.split())[:200]}")
    if "error" not in dit:
        fautes.append("« pgbackrest verify » ne voit pas un dépôt abîmé")
    try:
        yield
    finally:
        archive.write_bytes(entiere)


def verifier_depot(grappe: Grappe) -> str:
    """What ``pgbackrest verify`` says, whatever its status."""
    try:
        return grappe.pgbackrest("verify", "--output=text")
    except subprocess.CalledProcessError as exc:
        return f"error {exc.stdout}{exc.stderr}"


def main() -> int:
    """0 when everything came back, and nothing that should not; 75 when a busy machine was late, 1 otherwise."""
    dossier = RACINE / "var" / "exercices"
    if "--reprendre" not in sys.argv:  # else on the production of the last drills
        shutil.rmtree(dossier, ignore_errors=True)
    fautes, occupee = list[str](), occupation()
    try:
        with (
            Courrier(PORT + 270) as courrier,
            Grappe(dossier, port=PORT + 200, portes=False, smtp=courrier.url) as grappe,
        ):
            Charge.partir_apres(grappe.lire("SELECT count(*) FROM demande")[0])
            exercer(grappe, courrier, fautes)
    except Impossible as exc:
        fautes.append(Retard(exc))
    except subprocess.CalledProcessError as exc:
        fautes.append(str(exc))
    fautes = trancher(fautes, occupee=occupee)
    for faute in fautes:
        dire(dite(faute))
    return conclure(fautes)


if __name__ == "__main__":
    sys.exit(main())
