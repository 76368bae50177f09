"""The service as it was at an instant: ``python -m outils.restaurer`` (the drill that an operator plays every month).

Load, an instant, more load that is lost, an erasure; then the backup is restored to that instant in another folder, on
another port, and opened again by ``sne base rouvrir``. Prints how long it took (RTO) and what the archive lacked (RPO).
"""

import re
import shutil
import sys
import time
from pathlib import Path

import psycopg

from outils.exercices.charge import sous_charge
from outils.exercices.grappe import PORT, Grappe, Impossible, attendre, dire
from outils.exercices.valeurs import OUTILS, RACINE
from outils.exercices.verdict import verifier
from sne.socle.laisse import laisse

CHARGE = 8.0  # seconds, before the instant and after
RTO_MAX = 120.0  # seconds, from the decision to a service that may be opened
COMPTES = (
    "SELECT count(*), (SELECT count(*) FROM journal_entree), (SELECT count(*) FROM attestation) FROM demande"
)
SESSIONS = "SELECT count(*) FROM django_session"
SUPPRIMES = re.compile(
    r"^(restore_command|recovery_target\S*|primary_conninfo|primary_slot_name)\s*=", re.MULTILINE
)


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
        """Copy the backup, play the archive until ``cible``, promote; only the owner may sign in afterwards."""
        shutil.rmtree(self.donnees, ignore_errors=True)
        self.donnees.mkdir(mode=0o700)
        configuration = self.donnees.parent / "restauree.conf"
        texte = (self.rendus / "pgbackrest" / "pgbackrest.conf").read_text(encoding="utf-8")
        texte = re.sub(r"(?m)^pg\d-.*\n", "", texte)
        configuration.write_text(f"{texte}pg1-path={self.donnees}\npg1-user=postgres\n", encoding="utf-8")
        ordre = ("--type=time", f"--target={cible}", "--target-action=promote", "restore")
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
        self._lancer("restauree", [*self.prefixe, *laisse("INT"), postgres, "-D", self.donnees, *options])
        attendre(lambda: self.lire("SELECT NOT pg_is_in_recovery()")[0], "la base restaurée", delai=RTO_MAX)


def exercer(grappe: Grappe) -> list[str]:
    """The drill; what is wrong, one sentence each."""
    with sous_charge(grappe):
        time.sleep(CHARGE)
    grappe.sne("journal", "jalonner")
    attendus = grappe.lire(COMPTES)
    [cible] = grappe.lire("SELECT now()::text")
    with sous_charge(grappe) as perdue:
        time.sleep(CHARGE)
    with psycopg.connect(grappe.admin, autocommit=True) as admin:
        [fin] = admin.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    debut = time.monotonic()
    attendre(lambda: fin in grappe.pgbackrest("info", "--output=json"), "le dernier journal archivé")
    archive = time.monotonic() - debut
    dire(
        f"Perdues exprès : {len(perdue.acquittes)}. RPO : 60 s au plus (archive_timeout), {archive:.1f} s ici."
    )
    restauree = Restauree(grappe, grappe.dossier / "restauree")
    debut = time.monotonic()
    restauree.restaurer(cible)
    copiee = time.monotonic() - debut
    fautes = []
    if restauree.lire(COMPTES) != attendus:
        fautes.append(f"{restauree.lire(COMPTES)} au lieu de {attendus}")
    sessions = restauree.lire(SESSIONS)[0]
    dire(restauree.sne("base", "rouvrir", "--depuis", cible))
    dire(
        f"RTO : {copiee:.1f} s jusqu’à la base ; {time.monotonic() - debut:.1f} s jusqu’au service qui peut rouvrir."
    )
    if restauree.lire(SESSIONS) != (0,):
        fautes.append("des sessions revivent")
    dire(f"{sessions} session(s) revenue(s) avec le passé, fermées.")
    return fautes + verifier(restauree, jalonner=False)


def noter(grappe: Grappe) -> None:
    """The figure that an alert reads: when a restoration was last tried, and held."""
    figure = f"sne_restauration_eprouvee_secondes {time.time():.0f}\n"
    (grappe.dossier / "mesures" / "sne-restauration.prom").write_text(figure, encoding="utf-8")


def main() -> int:
    """0 when everything came back, and nothing that should not."""
    dossier = RACINE / "var" / "exercices"
    shutil.rmtree(dossier, ignore_errors=True)
    try:
        with Grappe(dossier, port=PORT + 200, portes=False) as grappe:
            fautes = exercer(grappe)
            if not fautes:
                noter(grappe)
    except Impossible as exc:
        fautes = [str(exc)]
    for faute in fautes:
        dire(f"FAUTE : {faute}")
    return 1 if fautes else 0


if __name__ == "__main__":
    sys.exit(main())
