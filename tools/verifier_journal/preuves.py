"""Une preuve d’inclusion ou de cohérence, et les horodatages des jalons."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from verifier_journal.empreintes import Illisible, feuille_de, racine_par_chemin, racines_par_chemin, sha256
from verifier_journal.lecture import Dossier
from verifier_journal.notes import Cle, Jalon, champs, cles_de_confiance, is_signe
from verifier_journal.verification import SIGNATURE, Bilan, Ecart

INCLUSION, COHERENCE = "sne-journal-inclusion/1", "sne-journal-coherence/1"


def verifier_horodatages(export: Dossier, autorite: Path | None, bilan: Bilan) -> None:
    """Chaque horodatage RFC 3161 par « openssl ts », contre le certificat de l’autorité."""
    for ligne in export.lire("jalons.jsonl"):
        if "horodatage" not in ligne:
            continue
        bilan.horodatages += 1
        if autorite is None:
            continue
        with tempfile.TemporaryDirectory() as dossier:
            note, reponse = Path(dossier, "note.txt"), Path(dossier, "reponse.tsr")
            note.write_text(ligne["note"], "utf-8")
            reponse.write_bytes(bytes.fromhex(ligne["horodatage"]))
            ordre = ["openssl", "ts", "-verify", "-data", note, "-in", reponse, "-CAfile", autorite]
            bon = subprocess.run(ordre, capture_output=True, check=False).returncode == 0
        bilan.horodatages_verifies += bon
        if not bon:
            jalon = Jalon.lire(ligne["note"])
            bilan.ecarts.append(
                Ecart(SIGNATURE, f"L’horodatage du jalon n° {jalon.numero} ne se vérifie pas.")
            )


def verifier_preuve(preuve: dict[str, Any], racine: Cle) -> str:
    """La phrase que prouve ce document. Lève :class:`Illisible` quand il ne prouve rien."""
    cles = cles_de_confiance(preuve["cles"], racine)

    def jalon(note: str) -> Jalon:
        lu = Jalon.lire(note)
        if not is_signe(note, lu.numero, cles):
            raise Illisible(f"Le jalon n° {lu.numero} n’est pas signé par une clé de confiance.")
        return lu

    if preuve["format"] == COHERENCE:
        de, a = jalon(preuve["avant"]), jalon(preuve["apres"])
        egaux = de.scellement == a.scellement and de.racine == a.racine and not preuve["chemin"]
        if not egaux and racines_par_chemin(de.scellement, a.scellement, de.racine, preuve["chemin"]) != (
            de.racine,
            a.racine,
        ):
            raise Illisible("Le journal du second jalon ne commence pas par celui du premier.")
        return f"Le journal du jalon n° {a.numero} commence par celui du jalon n° {de.numero}, inchangé."
    if preuve["format"] != INCLUSION:
        raise Illisible(f"Format inconnu : {preuve['format']}.")
    sceau, atteste = preuve["scellement"], jalon(preuve["jalon"])
    feuille = bytes.fromhex(preuve["feuille"])
    if preuve["canonique"] is not None and feuille_de(preuve["canonique"].encode()) != feuille:
        raise Illisible("Le contenu de l’entrée ne répond pas à son empreinte.")
    texte = json.loads(sceau["texte"])
    racine_du_sceau = racine_par_chemin(feuille, preuve["rang"] - 1, texte[4], preuve["chemin"])
    maillon = sha256(b"\x02", bytes.fromhex(sceau["precedent"]), racine_du_sceau, sceau["texte"].encode())
    chemin = preuve["chemin_des_scellements"]
    if racine_par_chemin(feuille_de(maillon), texte[0] - 1, atteste.scellement, chemin) != atteste.racine:
        raise Illisible("L’entrée n’est pas dans le journal que le jalon atteste.")
    instant = champs(atteste.note)["instant"]
    return f"L’entrée {preuve['entree']} est dans le journal attesté le {instant} par le jalon n° {atteste.numero}."
