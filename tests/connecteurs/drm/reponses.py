"""Answers of the DRM, in the assumed shapes; the persons are fictional."""

import json
from datetime import date
from typing import Any

from sne.connecteurs.drm.rules.lecture import Demandee

NIR = "285045999912303"
LE = date(2026, 5, 14)
DEBUT, FIN = date(2026, 2, 1), date(2026, 4, 1)
DEMANDEE = Demandee(NIR, "SPECIMEN", ("AMELIE", "ROSE"), date(1985, 4, 12), "F", DEBUT, FIN)


def ligne(montant: str = "1452.30", **changes: Any) -> dict[str, Any]:
    """One declared line."""
    nature = {"nature": "SALAIRE", "libelle": "Salaire et assimilé", "source": "DSN"}
    return {**nature, "montant_net_verse": montant, "devise": "EUR", **changes}


def present(mois: str, total: str, *lignes: dict[str, Any]) -> dict[str, Any]:
    """A month with lines."""
    return {"mois": mois, "statut": "PRESENT", "total_net_verse": total, "ressources": list(lignes)}


def vide(mois: str, statut: str = "AUCUNE_DONNEE") -> dict[str, Any]:
    """A month without any."""
    return {"mois": mois, "statut": statut, "total_net_verse": None, "ressources": []}


def reponse(*mois: dict[str, Any], **changes: Any) -> bytes:
    """A whole answer."""
    donnees = {
        "nir": NIR,
        "identite_concordante": True,
        "date_extraction": "2026-05-14",
        "periode": {"debut": "2026-02", "fin": "2026-04"},
        "mois": list(mois),
        **changes,
    }
    return json.dumps({"data": donnees, "links": {}, "meta": {"provider": "CNAV"}}).encode()


def erreur(code: str) -> bytes:
    """A refusal."""
    return json.dumps(
        {"errors": [{"code": code, "title": "x", "detail": "x", "source": None, "meta": {}}]}
    ).encode()


OK = reponse(
    vide("2026-04", "NON_REMONTE"),
    present("2026-03", "1452.30", ligne()),
    present(
        "2026-02", "1662.30", ligne(), ligne("210.00", nature="INDEMNITES_JOURNALIERES", source="PASRAU")
    ),
)
ZERO = reponse(present("2026-04", "0.00", ligne("0.00")), vide("2026-03"), vide("2026-02"))
RIEN = reponse(vide("2026-04"), vide("2026-03"), vide("2026-02"))
