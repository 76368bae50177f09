"""What is delivered with the service: indicators, reports, decisions taken before it; written once, by a migration."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from sne.infocentre.rapports.rules.vie import NatureDecision, SortColonne
from sne.socle.acteur import SYSTEME
from sne.socle.horloge import debut_du_jour


def lire_catalogue() -> Any:
    """``{indicateurs: […], rapports: [{code, question, phrase, versions: [{numero, colonnes, decisions}]}]}``."""
    return json.loads((files(__package__) / "catalogue.json").read_text(encoding="utf-8"))


def livrer(apps: Any, _: Any) -> None:
    """Insert the catalogue. Runs as the owner, before the guards that ask for a journal entry are installed."""
    catalogue, debut = lire_catalogue(), debut_du_jour(date(2015, 3, 23))
    indicateur = apps.get_model("infocentre", "Indicateur")
    commun = {"version": 1, "auteur": SYSTEME, "survenu_le": debut, "clos_le": debut, "issue": "VALIDEE"}
    indicateur.objects.bulk_create(indicateur(**commun, **lu) for lu in catalogue["indicateurs"])
    for rang, lu in enumerate(catalogue["rapports"], 1):
        rapport = apps.get_model("infocentre", "Rapport").objects.create(
            code=lu["code"], rang=rang, question=lu["question"], phrase=lu["phrase"]
        )
        precedente: Any = None
        for version in lu["versions"]:
            precedente = _livrer_version(apps, rapport, version, precedente)


def _livrer_version(apps: Any, rapport: Any, lue: Any, precedente: Any) -> Any:
    decisions = [
        d | {"prend_effet_le": debut_du_jour(date.fromisoformat(d["prend_effet_le"]))}
        for d in lue["decisions"]
    ]
    version = apps.get_model("infocentre", "RapportVersion").objects.create(
        rapport=rapport,
        numero=lue["numero"],
        colonnes=lue["colonnes"],
        phrase=lue["phrase"],
        auteur=SYSTEME,
        survenu_le=decisions[0]["prend_effet_le"],
    )
    for decision in decisions:
        apps.get_model("infocentre", "RapportDecision").objects.create(
            version=version,
            nature=NatureDecision(decision["nature"]).value,
            nom=decision.get("nom", ""),
            prend_effet_le=decision["prend_effet_le"],
            auteur=SYSTEME,
            proposee_le=decisions[0]["prend_effet_le"],
            clos_le=decisions[0]["prend_effet_le"],
            issue="VALIDEE",
        )
    if precedente is not None:
        correspondance = apps.get_model("infocentre", "Correspondance")
        correspondance.objects.bulk_create(
            correspondance(ancienne=precedente, nouvelle=version, **passage)
            for passage in correspondances(precedente.colonnes, lue["colonnes"])
        )
    return version


def correspondances(anciennes: list[dict[str, Any]], nouvelles: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What becomes of each column from one version to the next: kept in the same definition, in another, or not; new.

    A column that is shown only by a dated parameter (``si``) is not kept for sure: it is said to be left out.
    """
    sures = {c["indicateur"]: c["version"] for c in nouvelles if not c.get("si")}
    avant = {c["indicateur"]: c["version"] for c in anciennes}
    passages = []
    for code, definition in avant.items():
        garde = SortColonne.IDENTIQUE if sures.get(code) == definition else SortColonne.MODIFIEE
        sort, apres = (garde, code) if code in sures else (SortColonne.SUPPRIMEE, "")
        passages.append({"colonne_ancienne": code, "colonne_nouvelle": apres, "sort": sort.value})
    return passages + [
        {"colonne_ancienne": "", "colonne_nouvelle": code, "sort": SortColonne.NOUVELLE.value}
        for code in sures
        if code not in avant
    ]
