"""After each blow: nothing acknowledged is lost or given twice, each is attested once, the journal proves itself."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from outils.exercices.attente import a_temps
from outils.exercices.charge import Charge
from outils.exercices.grappe import Grappe, executer

RACINE = Path(__file__).resolve().parents[2]

VONT = {"travailleur", "tâches", "tâches périodiques"}
"""Checks of ``sne sante`` that must be good again: every periodic task within three of its intervals, no job late."""
EFFACEES = (
    "SELECT count(*), count(p.scellement) FROM journal_entree e LEFT JOIN journal_position p ON p.entree = e.id "
    "WHERE e.verbe = 'PURGER' AND e.demande::text = %s"
)
ATTESTEE, SCELLE, DETENU, REPARTIE = (
    60.0,
    60.0,
    60.0,
    180.0,
)  # seconds, once nobody asks for anything any more
ATTENDENT = (
    "SELECT count(*) FROM procrastinate_jobs j WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now() "
    "AND greatest(j.scheduled_at, (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)) "
    "< now() - interval '60 seconds'"
)
TENUS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"  # one that stays would stay for ever


def juger(grappe: Grappe, charges: list[Charge]) -> list[str]:
    """What is wrong, one sentence each; empty when all holds."""
    acquittes = [n for charge in charges for n in charge.acquittes]
    sondes = [n for charge in charges for n in charge.numeros]
    fautes = [f"donné {k} fois : {n}" for n, k in Counter([*acquittes, *sondes]).items() if k > 1]
    fautes += [f"un client a renoncé : {raison}" for charge in charges for raison in charge.abandons]
    presents, distincts = grappe.lire(
        "SELECT count(*), count(DISTINCT nud) FROM demande WHERE nud = ANY(%s)", acquittes
    )
    if presents != len(acquittes) or distincts != presents:
        fautes.append(f"{len(acquittes)} demandes acquittées, {presents} retrouvées")
    fautes += a_temps(
        lambda: attestees(grappe, acquittes)[1] == len(acquittes), "chacune attestée", barre=ATTESTEE
    )
    fautes += a_temps(lambda: scellees(grappe), "chaque acte scellé", barre=SCELLE)
    fautes += a_temps(lambda: grappe.lire(TENUS) == (0,), "plus un verrou de session", barre=DETENU)
    fautes += a_temps(lambda: reparties(grappe), "chaque tâche périodique repartie", barre=REPARTIE)
    attestations, siennes = attestees(grappe, acquittes)  # one without any is late, above
    if attestations != siennes:
        fautes.append("une demande a deux attestations")
    mots = {mot for charge in charges for mot in charge.mots} | set(acquittes)
    return [*fautes, *verifier(grappe), *list_traces(grappe, mots)]


def list_traces(grappe: Grappe, mots: set[str]) -> list[str]:
    """Logs of any process, PostgreSQL’s too, that hold the name or a number of somebody."""
    fautes = []
    for fichier in sorted((grappe.dossier / "journaux").iterdir()):
        texte = fichier.read_text(encoding="utf-8", errors="replace")
        nommes = sum(mot in texte for mot in mots)
        fautes += [f"{fichier.name} nomme {nommes} personne(s) ou numéro(s)"] if nommes else []
    return fautes


def attestees(grappe: Grappe, numeros: list[str]) -> tuple[int, int]:
    """Attestations of these demandes, and demandes attested."""
    return grappe.lire(
        "SELECT count(*), count(DISTINCT a.demande_id) FROM attestation a "
        "JOIN demande d ON d.id = a.demande_id WHERE d.nud = ANY(%s)",
        numeros,
    )


def scellees(grappe: Grappe) -> bool:
    """Whether no act waits for its seal."""
    return bool(json.loads(grappe.sne("journal", "verifier", "--json"))["en_attente"] == 0)


def reparties(grappe: Grappe) -> bool:
    """Whether what comes back by itself does, no job fails, and none that could run waits for a minute (D3)."""
    dits = controles(grappe)
    return all(dits[nom]["bon"] for nom in VONT) and grappe.lire(ATTENDENT) == (0,)


def controles(grappe: Grappe, **variables: str) -> dict[str, dict[str, Any]]:
    """What ``sne sante`` says, by check; others may be bad: no antivirus is here."""
    dit = subprocess.run(
        [sys.executable, "-m", "sne.cli.principal", "sante", "--json"],
        env=grappe.environnement() | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return {c["nom"]: c for c in json.loads(dit.stdout)["controles"]}


def comparer_les_documents(grappe: Grappe) -> list[str]:
    """Rows and bytes agree. A folder where a killed process worked is no difference: it is swept each hour."""
    dit = subprocess.run(
        [sys.executable, "-m", "sne.cli.principal", "documents", "verifier", "--json"],
        env=grappe.environnement(),
        capture_output=True,
        text=True,
        check=False,
    )
    ecarts = [a for a in json.loads(dit.stdout)["anomalies"] if a["genre"] != "TRAVAIL_ABANDONNE"]
    return [f"document, {ecart['genre']} : {ecart['lieu']}" for ecart in ecarts]


def verifier(grappe: Grappe, *, jalonner: bool = True) -> list[str]:
    """Both verifiers: the service's own, and the one that knows nothing of it, on an export.

    ``jalonner``: after a checkpoint of what was just sealed; where no worker seals, there is nothing new to sign.
    """
    fautes = []
    try:
        grappe.sne("journal", "verifier")
    except subprocess.CalledProcessError:
        fautes.append("« sne journal verifier » trouve un écart")
    if jalonner:
        with contextlib.suppress(subprocess.CalledProcessError):  # the worker has just signed what was sealed
            grappe.sne("journal", "jalonner")
    [cle] = grappe.lire("SELECT publique FROM journal_cle ORDER BY numero LIMIT 1")
    with tempfile.TemporaryDirectory() as dossier:
        grappe.sne("journal", "exporter", "--sortie", f"{dossier}/export")
        try:
            executer(
                [sys.executable, "-I", RACINE / "tools/verifier_journal", f"{dossier}/export", "--cle", cle],
                {},
            )
        except subprocess.CalledProcessError:
            fautes.append("le vérificateur extérieur trouve un écart")
    return fautes
