"""Runs a unit of systemd where there is no systemd: its command, its variables, its credentials, as it writes them."""

import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unite:
    """What a unit starts. ``apres``: what it does once its command has succeeded."""

    commande: list[str]
    variables: dict[str, str]
    apres: list[str]


def lire(fichier: Path, *, execution: Path, instance: str = "") -> Unite:
    """The unit of this file, for this ``instance``; its credentials go to a folder of their own in ``execution``."""
    droits = execution / f"{fichier.stem.rstrip('@')}-{instance or 'seul'}"
    droits.mkdir(mode=0o700, parents=True, exist_ok=True)
    texte = fichier.read_text(encoding="utf-8")
    noms = {"%i": instance, "%d": str(droits), "%t": str(execution), "%N": fichier.stem + instance, "%%": "%"}
    for signe, valeur in noms.items():
        texte = texte.replace(signe, valeur)
    lignes = [ligne.split("=", 1) for ligne in texte.splitlines() if "=" in ligne and ligne[0] not in "#["]
    variables = {"CREDENTIALS_DIRECTORY": str(droits)}
    par_cle: dict[str, list[str]] = {}
    for cle, valeur in lignes:
        par_cle.setdefault(cle, []).append(valeur)
    for nom in par_cle.get("RuntimeDirectory", []):
        (execution / nom).mkdir(mode=0o700, exist_ok=True)
    for chemin in par_cle.get("EnvironmentFile", []):
        variables |= dict(x.split("=", 1) for x in Path(chemin).read_text(encoding="utf-8").splitlines())
    for valeur in par_cle.get("Environment", []):
        variables |= dict(x.split("=", 1) for x in shlex.split(valeur))
    for valeur in par_cle.get("LoadCredentialEncrypted", []):
        nom, chemin = valeur.split(":", 1)
        (droits / nom).write_text(Path(chemin).read_text(encoding="utf-8"), encoding="utf-8")
        (droits / nom).chmod(0o600)
    for valeur in par_cle.get("UnsetEnvironment", []):
        variables = {nom: dite for nom, dite in variables.items() if nom not in valeur.split()}
    [commande] = par_cle["ExecStart"]
    [apres] = par_cle.get("ExecStartPost", [""])
    return Unite(shlex.split(commande), variables, shlex.split(apres))
