"""Large volumes: taking over a former system, sealing the journal."""

import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median

import psycopg

from sne.bench.atelier import RACINE
from sne.bench.chantier import LOT, Chantier
from sne.bench.rules import Cible, Ligne, Sens, debit_median, quantile, rapport
from sne.socle.bases import Acces

ENTREES_PAR_SCELLEMENT = 2_000
SANS_CONTROLE_DES_PIECES = "DROP TRIGGER pieces ON version"


def reprise(chantier: Chantier) -> list[Ligne]:
    """Taking over in batches, with the rules of imports, against the same batches already built and checked."""
    acces = chantier.copie_remplie("reprise")
    with (
        chantier.equipe("EcrireLot", acces, processus=2, fils=1) as pair,
        chantier.equipe("Reprendre", acces, processus=2, fils=1) as equipe,
    ):
        tranches = chantier.alterner(
            {
                "ecriture": partial(pair.tranche, chantier.reglages.secondes, par_seconde=20),
                "reprise": partial(equipe.tranche, chantier.reglages.secondes, par_seconde=12),
            }
        )
    chantier.atelier.jeter("reprise")
    debits = {nom: [t.debit * LOT for t in liste] for nom, liste in tranches.items()}
    return [
        Ligne(
            code="reprise",
            titre="Bulk import with all rules, two processes",
            limite=f"the same statement, rows already built: {debit_median(tranches['ecriture']) * LOT:.0f} /s",
            mesure=f"{debit_median(tranches['reprise']) * LOT:.0f} demandes/s",
            valeur=median(debits["reprise"]),
            unite="demandes/s",
            cible=Cible(Sens.AU_MOINS, 2000),
            contre=rapport(debits["reprise"], debits["ecriture"]),
            tranches={nom: [round(x) for x in liste] for nom, liste in debits.items()},
        )
    ]


def reprise_pieces(chantier: Chantier) -> list[Ligne]:
    """What a takeover pays for the check that a version forgets no document: the same without its trigger."""
    bases = {
        "avec": chantier.copie_remplie("avec_pieces"),
        "sans": chantier.copie_remplie("sans_pieces", SANS_CONTROLE_DES_PIECES),
    }
    with (
        chantier.equipe("EcrireLot", bases["avec"], processus=2, fils=1) as avec,
        chantier.equipe("EcrireLot", bases["sans"], processus=2, fils=1) as sans,
    ):
        tranches = chantier.alterner(
            {
                nom: partial(equipe.tranche, chantier.reglages.secondes, par_seconde=20)
                for nom, equipe in (("sans", sans), ("avec", avec))
            }
        )
    for nom in ("avec_pieces", "sans_pieces"):
        chantier.atelier.jeter(nom)
    debits = {nom: [t.debit * LOT for t in liste] for nom, liste in tranches.items()}
    valeur = rapport(debits["avec"], debits["sans"])
    return [
        Ligne(
            code="reprise-pieces",
            titre="Bulk import, its writes with the check of the documents of each version",
            limite=f"the same without that trigger: {debit_median(tranches['sans']) * LOT:.0f} /s",
            mesure=f"{debit_median(tranches['avec']) * LOT:.0f} demandes/s",
            valeur=valeur,
            unite="×",
            cible=Cible(Sens.AU_MOINS, 0.9),
            tranches={nom: [round(x) for x in liste] for nom, liste in debits.items()},
        )
    ]


def scellement(chantier: Chantier) -> list[Ligne]:
    """Sealing what is there, against the rate at which the peer writes entries: the sealer must outrun it."""
    acces = chantier.copie_remplie("scellement")
    rythmes = []
    with psycopg.connect(acces.runtime, autocommit=True) as connexion:
        while True:
            debut = time.perf_counter()
            ligne = connexion.execute("SELECT journal_sceller(%s)", [ENTREES_PAR_SCELLEMENT]).fetchone()
            scellees = int(ligne[0]) if ligne else 0
            if scellees <= 0:
                break
            rythmes.append(scellees / (time.perf_counter() - debut))
    verifiees = _verifier_un_export(chantier, acces)
    ecriture = chantier.pair(acces).debit
    chantier.atelier.jeter("scellement")
    valeur = median(rythmes) / ecriture
    return [
        Ligne(
            code="scellement",
            titre=f"Sealing the journal, batches of {ENTREES_PAR_SCELLEMENT} entries",
            limite=f"entries written by the peer: {ecriture:.0f} /s",
            mesure=f"{median(rythmes):.0f} entries/s (5 % of batches under {quantile(rythmes, 0.05):.0f})",
            valeur=valeur,
            unite="×",
            cible=Cible(Sens.AU_MOINS, 5.0),
            tranches={"entrees_par_seconde": [round(x) for x in rythmes]},
        ),
        Ligne(
            code="scellement-debit",
            titre="Sealing the journal, entries in a second",
            limite=f"none; an export is verified offline at {verifiees:.0f} entries/s",
            mesure=f"{median(rythmes):.0f} entries/s",
            valeur=median(rythmes),
            unite="entries/s",
            cible=Cible(Sens.AU_MOINS, 20_000),
        ),
    ]


def _verifier_un_export(chantier: Chantier, acces: Acces) -> float:
    """Entries that the stand-alone verifier reads and proves in a second, its start included."""
    variables = {**os.environ, **chantier.atelier.variables(acces)}
    sne, export = Path(sys.executable).parent / "sne", chantier.atelier.dossier / "export"
    shutil.rmtree(export, ignore_errors=True)
    for ordre in (("jalonner",), ("exporter", "--sortie", str(export))):
        subprocess.run([sne, "journal", *ordre], env=variables, check=True, capture_output=True, cwd=RACINE)
    premiere = json.loads((export / "cles.jsonl").read_text().splitlines()[0])
    cle = premiere["note"].splitlines()[2]
    debut = time.perf_counter()
    ordre_final = [sys.executable, "tools/verifier_journal", str(export), "--cle", cle, "--json"]
    dit = subprocess.run(ordre_final, cwd=RACINE, check=True, capture_output=True, text=True).stdout
    duree = time.perf_counter() - debut
    shutil.rmtree(export)
    return float(json.loads(dit)["entrees"]) / duree
