"""Past operations through the control of identity, by the operator's own command, on files of this row."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens

DEMANDES, ACTES = 10_000, 6
CIBLE = 20_000.0  # operations a second
DEBUT = datetime(2024, 1, 8, 10, tzinfo=UTC)
NOMS = ("MARTIN", "DIALLO", "LEFEBVRE", "NGUYEN", "BENALI", "MOREAU")


def rejeu(chantier: Chantier) -> list[Ligne]:
    """Two worlds: one demande in three changes its identity, then all of them; the slower one is the row's."""
    debits = {
        "un_sur_trois": _debits(chantier, sur=3),
        "tous": _debits(chantier, sur=1),
    }
    mesures = {nom: median(valeurs) for nom, valeurs in debits.items()}
    return [
        Ligne(
            code="rejeu",
            titre=f"Replay of {DEMANDES * ACTES} past operations, reading and writing of CSV included",
            limite="none; one demande in three changes its identity: "
            f"{mesures['un_sur_trois']:.0f} operations/s",
            mesure=f"all of them change it: {mesures['tous']:.0f} operations/s",
            valeur=min(mesures.values()),
            unite="operations/s",
            cible=Cible(Sens.AU_MOINS, CIBLE),
            tranches={nom: [round(v) for v in valeurs] for nom, valeurs in debits.items()},
        )
    ]


def _debits(chantier: Chantier, *, sur: int) -> list[float]:
    """Operations a second, as the command says them, once for each slice."""
    dossier = chantier.atelier.dossier / f"rejeu-{sur}"
    dossier.mkdir(parents=True, exist_ok=True)
    _ecrire(dossier / "demandes.csv", _demandes())
    _ecrire(dossier / "operations.csv", _operations(sur))
    _ecrire(dossier / "identites.csv", _identites(sur))
    return [_rejouer(dossier) for _ in range(chantier.reglages.tours)]


def _rejouer(dossier: Path) -> float:
    fichiers = [f"--{nom}={dossier / nom}.csv" for nom in ("demandes", "operations", "identites", "sortie")]
    commande = [sys.executable, "-m", "sne.cli.principal", "controle", "rejouer", *fichiers]
    dit = subprocess.run(commande, check=True, capture_output=True, text=True).stdout
    return float(json.loads(dit)["operations_par_seconde"])


def _demandes() -> Iterable[Mapping[str, str]]:
    for rang in range(DEMANDES):
        yield {
            "dls": f"d{rang}",
            "territoire": "099",
            "guichet": f"G{rang % 40:04d}",
            "date_depot": f"{2018 + rang % 5}-0{1 + rang % 9}-15",
        }


def _operations(sur: int) -> Iterable[Mapping[str, str]]:
    for rang in range(DEMANDES):
        for acte in range(ACTES):
            change = acte == ACTES - 1 and rang % sur == 0
            yield {
                "operation": f"o{rang}-{acte}",
                "dls": f"d{rang}",
                "horodatage": (DEBUT + timedelta(days=17 * acte, minutes=rang % 400)).isoformat(),
                "type": "modification",
                "canal": "guichet",
                "guichet": f"G{rang % 40:04d}",
                "agent": f"a{rang % 240}",
                "champs": "courriel,telephone" if change else "revenus",
            }


def _identites(sur: int) -> Iterable[Mapping[str, str]]:
    for rang in range(0, DEMANDES, sur):
        yield {
            "operation": f"o{rang}-{ACTES - 1}",
            "dls": f"d{rang}",
            **_traits("avant", NOMS[rang % len(NOMS)], "1987-03-14"),
            **_traits("apres", NOMS[(rang + 1) % len(NOMS)], "1990-06-02"),
        }


def _traits(cote: str, nom: str, naissance: str) -> Mapping[str, str]:
    traits = {"nom_naissance": nom, "nom_usage": "", "prenoms": "Élodie", "sexe": "F", "nir": ""}
    return {f"{cote}_{trait}": valeur for trait, valeur in {**traits, "date_naissance": naissance}.items()}


def _ecrire(fichier: Path, lignes: Iterable[Mapping[str, str]]) -> None:
    with fichier.open("w", newline="") as sortie:
        toutes = list(lignes)
        ecrivain = csv.DictWriter(sortie, toutes[0].keys())
        ecrivain.writeheader()
        ecrivain.writerows(toutes)
