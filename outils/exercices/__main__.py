"""The drills: ``python -m outils.exercices chef serveur travailleur webs bascule foule absence`` (none = all).

Each one strikes the production of ``outils.exercices.grappe`` under load, prints its figures, and fails on any loss.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from outils.exercices.charge import Charge, sous_charge
from outils.exercices.foule import GRAND, PETIT, Foule
from outils.exercices.grappe import PORT, RACINE, Grappe, Impossible, attendre, dire
from outils.exercices.verdict import juger

ECART_IMPREVU = 25.0  # seconds without a write when the leader is lost
ATTENTE_PREVUE = 15.0  # seconds that a request may wait in a planned change of leader
RETOUR = 15.0  # seconds between writes that go on and the last failure of a page
APRES_UNE_ABSENCE = 10.0  # seconds for all to serve again
CALME = 5.0  # seconds of load before and after each blow


def chef(grappe: Grappe, charge: Charge, coups: int) -> list[str]:
    """D1, D2: the node that leads is lost, several times in a row."""
    for _ in range(coups):
        nom = attendre(grappe.meneur, "un meneur")
        grappe.tuer_noeud(nom)
        attendre(lambda nom=nom: grappe.meneur() not in ("", nom), "un autre meneur", delai=60)
        time.sleep(CALME)
        grappe.relever(nom)
    return trop_long(charge)


def serveur(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """The processes of PostgreSQL are killed where Patroni lives on."""
    grappe.tuer_postgres(attendre(grappe.meneur, "un meneur"))
    time.sleep(2)
    attendre(grappe.meneur, "un meneur", delai=60)
    return trop_long(charge)


def travailleur(grappe: Grappe, _: Charge, __: int) -> list[str]:
    """The worker is killed."""
    grappe.tuer("sne-travailleur")
    return []


def webs(grappe: Grappe, _: Charge, __: int) -> list[str]:
    """Both web processes at once."""
    ports = (grappe.port + 10, grappe.port + 11)
    for port in ports:
        grappe.tuer(f"sne-web@{port}")
    for port in ports:
        attendre(lambda port=port: grappe.sante(port), "les deux webs prêts")
    return []


def bascule(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """D7: a planned change of leader behind PAUSE: pages wait, none fails."""
    nom, avant = attendre(grappe.meneur, "un meneur"), len(charge.erreurs)
    grappe.pgbouncer("PAUSE")
    try:
        grappe.basculer(nom)
        attendre(lambda: grappe.meneur() not in ("", nom), "un autre meneur", delai=60)
        attendre(lambda: grappe.lire("SELECT NOT pg_is_in_recovery()")[0], "un serveur où écrire", delai=60)
        time.sleep(2)  # HAProxy looks once a second
    finally:
        grappe.pgbouncer("RESUME")
    time.sleep(CALME)
    fautes = (
        [f"{len(charge.erreurs) - avant} page(s) en erreur pendant la bascule"]
        if charge.erreurs[avant:]
        else []
    )
    if charge.plus_longue > ATTENTE_PREVUE:
        fautes.append(f"une page a attendu {charge.plus_longue:.1f} s")
    return fautes


def absence(grappe: Grappe, _: Charge, __: int) -> list[str]:
    """D4: no way to the database for a minute; web, sealer and jobs are back within ten seconds, nothing restarted."""
    pids = {nom: e.pid for nom, e in grappe.enfants.items() if nom.startswith("sne-")}
    grappe.retenus.add("haproxy")
    grappe.tuer("haproxy")
    time.sleep(60)
    grappe.retenus.discard("haproxy")
    retour = time.monotonic()
    attendre(lambda: grappe.sante(grappe.port + 10) and grappe.sante(grappe.port + 11), "webs prêts")
    attendre(lambda: grappe.lire(BATTENT)[0], "un travailleur qui bat, et qui scelle")
    mis = time.monotonic() - retour
    dire(f"  de retour en {mis:.1f} s")
    fautes = [f"de retour en {mis:.1f} s"] if mis > APRES_UNE_ABSENCE else []
    return fautes + [
        f"{nom} a dû être redémarré" for nom, pid in pids.items() if grappe.enfants[nom].pid != pid
    ]


def deploiement(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """D12: each web in turn leaves its place to this release, under load; none of the pages fails."""
    avant = len(charge.erreurs)
    for port in (grappe.port + 10, grappe.port + 11):
        grappe.remplacer(f"sne-web@{port}", "sne-web@", str(port))
        attendre(lambda port=port: grappe.sante(port), "le web prêt", delai=180)
    return [f"{len(charge.erreurs) - avant} page(s) en erreur"] if charge.erreurs[avant:] else []


def foule(grappe: Grappe, _: Charge, __: int) -> list[str]:
    """Two workers, two webs, the 500 connections that PgBouncer takes: none refused, territories wait alike."""
    if "sne-travailleur2" not in grappe.enfants:
        grappe.demarrer_unite("sne-travailleur", "2")
    attendre(lambda: grappe.lire(BATTENT_A_DEUX)[0], "deux travailleurs qui battent")
    venue = Foule()
    venue.venir(grappe.url("sne_runtime", port=grappe.port + 5))
    if all(len(lues) > 1 for lues in venue.attentes.values()):
        dire(
            f"  19 pages sur 20 : {venue.p95(GRAND):.3f} s au grand territoire, {venue.p95(PETIT):.3f} s au petit"
        )
    return venue.juger()


BATTENT_A_DEUX = (
    "SELECT count(*) > 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 seconds'"
)
BATTENT = "SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 seconds'"
EXERCICES: dict[str, Callable[[Grappe, Charge, int], list[str]]] = {
    f.__name__: f for f in (deploiement, bascule, foule, chef, serveur, travailleur, webs, absence)
}


def trop_long(charge: Charge) -> list[str]:
    """What the bars of a loss refuse."""
    return [f"{charge.coupure:.1f} s sans écriture"] if charge.coupure > ECART_IMPREVU else []


def jouer(grappe: Grappe, nom: str, coups: int) -> list[str]:
    """One drill under load, its figures and its faults."""
    debut = time.monotonic()
    with sous_charge(grappe) as charge:
        time.sleep(CALME)
        fautes = EXERCICES[nom](grappe, charge, coups)
        time.sleep(CALME)
    fautes += juger(grappe, [charge])
    dire(
        f"{nom} : {len(charge.acquittes)} demandes acquittées, {len(charge.numeros)} numéros pris à part ; "
        f"{charge.coupure:.1f} s sans écriture au plus ; {len(charge.erreurs)} réponse(s) en erreur ; page la plus "
        f"longue {charge.plus_longue:.1f} s ; {time.monotonic() - debut:.0f} s, charge {os.getloadavg()[0]:.1f}."
    )
    for faute in fautes:
        dire(f"  FAUTE : {faute}")
    return fautes


def extraire(revision: str) -> Path:
    """The code of an earlier release, in a folder of its own."""
    dossier = RACINE / "var" / "avant"
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    archive = subprocess.run(
        ["/usr/bin/git", "archive", revision, "sne", "config"], cwd=RACINE, check=True, capture_output=True
    )
    subprocess.run(["/bin/tar", "-x", "-C", str(dossier)], input=archive.stdout, check=True)
    return dossier


def main() -> int:
    """0 when every drill holds."""
    lecteur = argparse.ArgumentParser(prog="python -m outils.exercices")
    lecteur.add_argument("noms", nargs="*", choices=[*EXERCICES, []], default=[])
    lecteur.add_argument("--coups", type=int, default=5, help="fois que le meneur est perdu")
    lecteur.add_argument(
        "--avant", metavar="REV", help="la version que celle-ci remplace, sur le schéma d’aujourd’hui"
    )
    lecteur.add_argument("--port", type=int, default=PORT + 200)
    lecteur.add_argument("--reprendre", action="store_true", help="sur la production de la fois d’avant")
    lu = lecteur.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # everything is stopped, in order
    dossier = RACINE / "var" / "exercices"
    if not lu.reprendre:
        shutil.rmtree(dossier, ignore_errors=True)
    fautes = []
    try:
        avant = extraire(lu.avant) if lu.avant else None
        with Grappe(dossier, port=lu.port, portes=False, avant=avant) as grappe:
            Charge.partir_apres(grappe.lire("SELECT count(*) FROM demande")[0])
            for nom in lu.noms or EXERCICES:
                fautes += jouer(grappe, nom, lu.coups)
    except Impossible as exc:
        fautes.append(str(exc))
        dire(str(exc))
    return 1 if fautes else 0


if __name__ == "__main__":
    sys.exit(main())
