"""Technical lines: journald and two rsyslogd, by ``deploy/journal``, in a corner of this machine that nobody else sees.

Lines of the service’s own making, numbered, go through journald to the sender, by TLS to the receiver, whatever stops.
"""

import contextlib
import json
import logging
import logging.config
import os
import socket
import ssl
import subprocess
import sys
from collections import Counter
from pathlib import Path

from outils.alentours.lieu import BIBLIOTHEQUES, PORT, Lieu, ouvrir
from outils.exercices.attente import Impossible, attendre
from outils.exercices.grappe import dire
from outils.exercices.valeurs import OUTILS, RACINE
from sne.socle.journalisation import reglages

RELP = PORT + 62
NOMBRE = 21_000  # more than a reader of the journal lets through by default in ten minutes
PEU, LONGUE = 1_000, 400
EN_CHEMIN = (
    128  # lines that RELP has sent and that nobody has acknowledged: with both ends away they stay here alone
)
SUITE = '« à l’heure » \\ "guillemets"\n\t🏠'
ESPACE = r"""set -e
# Nothing of this machine is read: neither its kernel nor what it audits.
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/log
mount -t tmpfs tmpfs /etc/systemd
mkdir -p /run/systemd/journal /var/log/journal /etc/systemd/journald.conf.d
touch /run/systemd/journal/flushed
cp "$0" /etc/systemd/journald.conf.d/zz-sne.conf
printf "[Journal]\nAudit=no\nReadKMsg=no\n" > /etc/systemd/journald.conf.d/zzz-essai.conf
exec /usr/lib/systemd/systemd-journald
"""
RSYSLOGD = (OUTILS / "usr/sbin/rsyslogd", "-n", "-M", BIBLIOTHEQUES / "rsyslog")


def essayer(ici: Path) -> list[str]:
    """Each line arrives, whole: at once, across stops of the receiver and of the sender, in order or killed."""
    if os.geteuid() != 0:
        raise Impossible("Il faut être root : journald a ses propres dossiers, dans un espace à part.")
    with ouvrir(ici) as lieu:
        _journald(lieu)
        _recevoir(lieu)
        _envoyer(lieu)
        essai = Essai(lieu)
        essai.ecrire(NOMBRE)
        essai.attendre("d’un trait")
        lieu.arreter("recepteur")
        essai.ecrire(PEU)
        _recevoir(lieu)
        essai.attendre("récepteur arrêté, puis revenu")
        ecriture = essai.commencer(PEU)
        lieu.enfants["recepteur"].tuer_le_groupe()
        _recevoir(lieu)
        ecriture.wait()
        essai.attendre("récepteur tué au milieu")
        fautes = essai.juger() + _refus(lieu)
        lieu.arreter("recepteur")
        essai.ecrire(PEU)
        lieu.enfants["envoyeur"].tuer_le_groupe()
        _envoyer(lieu)
        _recevoir(lieu)
        essai.attendre("envoyeur tué pendant que le récepteur manque")
        return fautes + ([f"{essai.manque()} lignes perdues"] if essai.manque() > EN_CHEMIN else [])


class Essai:
    """The lines written, and those that came."""

    def __init__(self, lieu: Lieu) -> None:
        self.lieu, self.ecrites = lieu, 0

    def commencer(self, combien: int) -> subprocess.Popen[bytes]:
        """A process of the service that writes so many lines to journald, as a unit does."""
        dernier = self.ecrites + combien
        programme = ["systemd-cat", "-t", "sne-essai", sys.executable, "-m", "outils.alentours.journaux"]
        depart, self.ecrites = self.ecrites, dernier
        commande = [*_dedans(self.lieu), *programme, str(depart), str(dernier)]
        return subprocess.Popen(commande, cwd=RACINE)

    def ecrire(self, combien: int) -> None:
        """The same, to its end."""
        if self.commencer(combien).wait():
            raise Impossible("Les lignes n’ont pas été écrites.")

    def recues(self) -> list[str]:
        """Every line of the receiver’s files."""
        fichiers = (self.lieu.dossier / "recus").glob("*/*-sne-essai.jsonl")
        return [ligne for f in fichiers for ligne in f.read_text(encoding="utf-8").split("\n") if ligne]

    def sont_la(self) -> bool:
        """Whether as many came as were written."""
        lignes = sum(f.read_bytes().count(b"\n") for f in self.lieu.dossier.glob("recus/*/*-sne-essai.jsonl"))
        return lignes >= self.ecrites and len(set(self.recues())) >= self.ecrites

    def manque(self) -> int:
        """How many lines have not come."""
        return self.ecrites - len(set(self.recues()))

    def attendre(self, quoi: str) -> None:
        """Until as many came as were written, or for a minute."""
        with contextlib.suppress(Impossible):  # the count is the verdict
            attendre(self.sont_la, quoi, delai=60)
        vues = self.recues()
        dire(
            f"  {quoi} : {self.ecrites} écrites, {len(set(vues))} reçues, {len(vues) - len(set(vues))} deux fois."
        )

    def juger(self) -> list[str]:
        """What is missing, or is not what was written."""
        lues, gatees = Counter[int](), 0
        for ligne in self.recues():
            try:
                lue = json.loads(ligne)
                lues[int(lue["event"].partition(" ")[0])] += 1
                gatees += not lue["event"].endswith(SUITE) or lue["logger"] != "sne.essai"
            except (ValueError, KeyError):
                gatees += 1
        longues = [ligne for ligne in self.recues() if '"exceptions"' in ligne]
        dire(f"  La plus longue : {max(map(len, longues), default=0)} signes, entière.")
        perdues = [n for n in range(self.ecrites) if not lues[n]]
        fautes = [f"{len(perdues)} lignes perdues, dont {perdues[:3]}"] if perdues else []
        fautes += [f"{gatees} lignes abîmées"] if gatees else []
        return fautes + (["aucune ligne d’un échec"] if not longues else [])


def _journald(lieu: Lieu) -> None:
    conf = RACINE / "deploy" / "journal" / "journald.conf"
    commande = ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", ESPACE, conf]
    lieu.lancer("journald", commande, {"SYSTEMD_LOG_TARGET": "console", "LD_LIBRARY_PATH": ""})
    pid = lieu.enfants["journald"].pid
    attendre(Path(f"/proc/{pid}/root/run/systemd/journal/stdout").exists, "journald écoute", delai=20)


def _dedans(lieu: Lieu) -> list[str]:
    """Before a command that lives where this journald does."""
    return ["nsenter", f"--mount=/proc/{lieu.enfants['journald'].pid}/ns/mnt", f"--wdns={RACINE}"]


def _envoyer(lieu: Lieu) -> None:
    conf = lieu.rendus / "journal" / "rsyslog.conf"
    lieu.lancer("envoyeur", [*_dedans(lieu), *RSYSLOGD, "-f", conf, "-i", lieu.dossier / "envoyeur.pid"])


def _recevoir(lieu: Lieu) -> None:
    conf = lieu.rendus / "journal" / "recepteur.conf"
    lieu.lancer("recepteur", [*RSYSLOGD, "-f", conf, "-i", lieu.dossier / "recepteur.pid"])


def _refus(lieu: Lieu) -> list[str]:
    """Who has no certificate of this authority, and who speaks an older TLS, sends nothing."""
    tls = lieu.dossier / "tls"
    sans = ssl.create_default_context(cafile=str(tls / "ac-interne.pem"))
    vieux = ssl.create_default_context(cafile=str(tls / "ac-interne.pem"))
    vieux.maximum_version = ssl.TLSVersion.TLSv1_2
    vieux.load_cert_chain(tls / "service.pem", tls / "service.key")
    quoi = {"sans certificat": sans, "en TLS 1.2": vieux}
    return [f"le récepteur écoute qui vient {nom}" for nom, ctx in quoi.items() if _ecoute(ctx)]


def _ecoute(contexte: ssl.SSLContext) -> bool:
    """Whether the receiver answers the first words of RELP."""
    try:
        with (
            socket.create_connection(("127.0.0.1", RELP), timeout=5) as nue,
            contexte.wrap_socket(nue, server_hostname="localhost") as prise,
        ):
            offre = b"relp_version=0\nrelp_software=essai\ncommands=syslog"
            prise.sendall(b"1 open %d %s\n" % (len(offre), offre))
            return bool(prise.recv(100))
    except OSError:
        return False


def _ecrire(depuis: int, jusqu_a: int) -> None:
    """Lines as the service writes them, numbered; the last one of a failure that went through many places."""
    logging.config.dictConfig(reglages())
    journal = logging.getLogger("sne.essai")
    for n in range(depuis, jusqu_a - 1):
        journal.info("%d %s", n, SUITE)
    try:
        _profond(LONGUE)
    except RecursionError:
        journal.exception("%d %s", jusqu_a - 1, SUITE)


def _profond(reste: int) -> None:
    if not reste:
        raise RecursionError
    _profond(reste - 1)


if __name__ == "__main__":
    _ecrire(int(sys.argv[1]), int(sys.argv[2]))
