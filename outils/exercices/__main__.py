"""The drills: ``python -m outils.exercices chef serveur webs bascule…`` (none = all of them).

Each one strikes the production of ``outils.exercices.grappe`` under load, prints its figures, and fails on any loss.
Bars of time are fixed. Where others use this machine, one that is exceeded is neither a fault nor a success: the drill
says so, and ends with 75.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from outils.exercices.attente import (
    Impossible,
    Retard,
    a_temps,
    attendre,
    conclure,
    depasse,
    dite,
    occupation,
    trancher,
)
from outils.exercices.charge import CLIENTS, Charge, sous_charge
from outils.exercices.courrier import Courrier
from outils.exercices.foule import GRAND, PETIT, Foule
from outils.exercices.grappe import PORT, Grappe, demande_bonne, dire, lire_page
from outils.exercices.valeurs import RACINE
from outils.exercices.verdict import EFFACEES, comparer_les_documents, juger, verifier

ECART_IMPREVU = 25.0  # seconds without a write when the leader is lost
ATTENTE_PREVUE = (
    15.0  # seconds that a request may wait, in a planned change of leader too; but one that a cut met
)
RETOUR = 15.0  # seconds between writes that go on and the last failure of a page
APRES_UNE_ABSENCE = 10.0  # seconds for all to serve again
CALME = 5.0  # seconds of load before and after each blow
OUBLI = 3.0  # seconds after which nginx gives requests to a web again that had left (fail_timeout)
DOCUMENTS = 3  # received before and after the blow
CLIENTS_D_UN_DEPLOIEMENT = 5
EFFACEMENT = 60.0  # seconds until what was erased is sealed
DU_DOCUMENT = (
    "SELECT d.etat, (SELECT array_agg(o.adresse) FROM document_partie p JOIN document_objet o ON o.id = p.objet_id "
    "WHERE p.document_id = d.id) FROM document d WHERE d.id = %s::uuid"
)


def mene_sans(grappe: Grappe, nom: str) -> bool:
    """Whether a node leads, which is not this one."""
    return grappe.meneur() not in ("", nom)


def chef(grappe: Grappe, charge: Charge, coups: int) -> list[str]:
    """D1, D2: the node that leads is lost, several times in a row; the journal proves itself after each."""
    fautes = list[str]()
    for coup in range(1, coups + 1):
        nom = attendre(grappe.meneur, "un meneur")
        grappe.tuer_noeud(nom)
        attendre(partial(mene_sans, grappe, nom), "un autre meneur")
        ecrire_de_nouveau(charge)
        time.sleep(CALME)
        grappe.relever(nom)
        fautes += verifier(grappe)
        dire(f"  coup {coup} : {nom} perdu, revenu ; jusqu’ici {charge.coupure:.1f} s sans écriture au plus")
    return fautes + trop_long(charge)


def serveur(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """The processes of PostgreSQL are killed where Patroni lives on."""
    grappe.tuer_postgres(attendre(grappe.meneur, "un meneur"))
    time.sleep(2)
    attendre(grappe.meneur, "un meneur")
    ecrire_de_nouveau(charge)
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
        attendre(partial(grappe.sante, port), "les deux webs prêts")
    return []


def bascule(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """D7: a planned change of leader behind PAUSE: pages wait, none fails."""
    nom, avant = attendre(grappe.meneur, "un meneur"), len(charge.erreurs)
    grappe.pgbouncer("PAUSE")
    try:
        grappe.basculer(nom)
        attendre(lambda: grappe.meneur() not in ("", nom), "un autre meneur")
        attendre(lambda: grappe.lire("SELECT NOT pg_is_in_recovery()")[0], "un serveur où écrire")
        time.sleep(2)  # HAProxy looks once a second
    finally:
        grappe.pgbouncer("RESUME")
    time.sleep(CALME)
    return en_erreur(charge, avant) + depasse("une page a attendu", charge.plus_longue, ATTENTE_PREVUE)


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
    return depasse("de retour en", mis, APRES_UNE_ABSENCE) + [
        f"{nom} a dû être redémarré" for nom, pid in pids.items() if grappe.enfants[nom].pid != pid
    ]


def deploiement(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """D12: each web in turn leaves its place to this release, under load; no page fails, nor any file of a page."""
    if not grappe.sert_l_avant():
        return ["les webs à remplacer ne servent pas la version d’avant"]
    avant, absents = len(charge.erreurs), set[str]()
    for port in (grappe.port + 10, grappe.port + 11):
        absents |= fichiers_absents(grappe)
        grappe.remplacer(f"sne-web@{port}", "sne-web@", str(port))
        attendre(partial(grappe.sante, port), "le web prêt")
        time.sleep(OUBLI)
    absents |= fichiers_absents(grappe)
    return en_erreur(charge, avant) + [f"{fichier} n’est pas servi" for fichier in sorted(absents)]


def documents(grappe: Grappe, charge: Charge, _: int) -> list[str]:
    """D8: documents come in through PgBouncer by processes that are killed, and are erased through it; rows and bytes
    agree, no lock stays.
    """
    attendre(lambda: len(charge.joints) >= DOCUMENTS, "des documents reçus")
    recus = len(charge.joints)
    fautes = webs(grappe, charge, 0)
    attendre(lambda: len(charge.joints) >= recus + DOCUMENTS, "d’autres documents reçus")
    fautes += effacer_par_le_relais(grappe) + comparer_les_documents(grappe)
    dire(f"  {len(charge.joints)} documents reçus ; les lignes et les magasins sont comparés")
    return fautes


def effacer_par_le_relais(grappe: Grappe) -> list[str]:
    """What the clock erases through PgBouncer: the very demande that is due, its document, the bytes of it."""
    demande, document = grappe.sne_module("tests.demo.radiee", "--document", relais=True).split()[-2:]
    _, adresses = grappe.lire(DU_DOCUMENT, document)
    magasin = grappe.dossier / "documents" / "magasin"
    presentes = [a for a in adresses if (magasin / a).is_file()]
    grappe.sne_module("sne.cli.principal", "horloge", relais=True)
    fautes = a_temps(
        lambda: grappe.lire(EFFACEES, demande) == (1, 1), "l’effacement, scellé", barre=EFFACEMENT
    )
    if grappe.lire(DU_DOCUMENT, document) != ("EFFACE", None):
        fautes.append("le document de la demande effacée ne l’est pas")
    restent = [a for a in presentes if (magasin / a).exists()]
    if restent or not presentes:
        fautes.append(
            f"{len(restent)} objet(s) du document effacé sur {len(presentes)} ont encore leurs octets"
        )
    dire(f"  la demande {demande} effacée par PgBouncer, avec son document ({len(presentes)} objets)")
    return fautes


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
    f.__name__: f for f in (deploiement, bascule, foule, chef, serveur, travailleur, webs, absence, documents)
}


def trop_long(charge: Charge) -> list[str]:
    """What the bars of a loss refuse (D2)."""
    coupure = depasse("sans écriture :", charge.coupure, ECART_IMPREVU)
    attente = depasse("une page hors des coupures a attendu", charge.plus_longue_ailleurs, ATTENTE_PREVUE)
    return coupure + attente + depasse("une page échoue encore, après la reprise :", charge.traine, RETOUR)


def ecrire_de_nouveau(charge: Charge) -> None:
    """Until a write that begins now is answered: a cut that never ends would not be counted."""
    instant = time.monotonic()
    attendre(lambda: charge.reponses[-1:] > [instant], "une écriture")


def compter(charge: Charge) -> str:
    """How many failures of each kind."""
    genres = Counter(quoi for _, quoi in charge.erreurs)
    return ", ".join(f"{n} × {quoi}" for quoi, n in genres.most_common()) or "aucune"


def en_erreur(charge: Charge, avant: int) -> list[str]:
    """Pages that failed, of those asked since the load counted ``avant`` of them."""
    erreurs = [quoi for _, quoi in charge.erreurs[avant:]]
    return [f"{len(erreurs)} page(s) en erreur : {', '.join(sorted(set(erreurs)))}"] if erreurs else []


def fichiers_absents(grappe: Grappe) -> set[str]:
    """Styles and scripts that a page names and that nginx does not serve."""
    page = lire_page(f"{grappe.adresse}/connexion/", grappe.tls)
    nommes = set(re.findall(r'"(/static/[^"]+)"', page))
    assert nommes, page[:300]
    return {fichier for fichier in nommes if not demande_bonne(grappe.adresse + fichier, grappe.tls)}


def jouer(grappe: Grappe, nom: str, coups: int) -> list[str]:
    """One drill under load, its figures and its faults."""
    occupee = occupation()  # before the blow alone: what is slow after it is what is judged
    debut, fautes = time.monotonic(), list[str]()
    clients = CLIENTS_D_UN_DEPLOIEMENT if nom == deploiement.__name__ else CLIENTS
    with sous_charge(grappe, clients=clients, documents=nom == documents.__name__) as charge:
        time.sleep(CALME)
        try:
            fautes += EXERCICES[nom](grappe, charge, coups)
        except Impossible as exc:  # the next drill may be played
            fautes.append(Retard(exc))
        except (OSError, subprocess.CalledProcessError) as exc:
            fautes.append(str(exc))
        time.sleep(CALME)
    fautes += juger(grappe, [charge])
    duree = time.monotonic() - debut
    dire(
        f"{nom} : {len(charge.acquittes)} demandes acquittées, {len(charge.numeros)} numéros pris à part ; "
        f"{charge.coupure:.1f} s sans écriture au plus ; {len(charge.erreurs)} réponse(s) en erreur "
        f"({compter(charge)}), la dernière {charge.traine:.1f} s après la reprise ; page la plus longue "
        f"{charge.plus_longue:.1f} s ; {duree:.0f} s ; {clients} clients ; charge {os.getloadavg()[0]:.1f} pour "
        f"{os.cpu_count()} processeurs, pris à {occupee:.0%} avant le coup."
    )
    fautes = trancher(fautes, occupee=occupee)
    for faute in fautes:
        dire(f"  {dite(faute)}")
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
    """0 when every drill holds, 75 when a busy machine was late, 1 otherwise."""
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
        with (
            Courrier(lu.port + 70) as courrier,
            Grappe(dossier, port=lu.port, portes=False, avant=avant, smtp=courrier.url) as grappe,
        ):
            Charge.partir_apres(grappe.lire("SELECT count(*) FROM demande")[0])
            for nom in lu.noms or EXERCICES:
                fautes += jouer(grappe, nom, lu.coups)
            fautes += courrier.list_doubles()
            dire(f"{courrier.recus.total()} courriels reçus ; en double : {len(courrier.list_doubles())}.")
    except Impossible as exc:
        fautes += trancher([Retard(exc)], occupee=occupation())
        dire(str(exc))
    dire("Rien n’est perdu." if not fautes else f"{len(fautes)} faute(s) ou retard(s).")
    return conclure(fautes)


if __name__ == "__main__":
    sys.exit(main())
