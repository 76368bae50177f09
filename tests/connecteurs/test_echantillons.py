"""Documented answers of the three services (people, companies and addresses are fictional) are read as they should be.

Those of the DRM are of the assumed contract. What the simulator says has the names that the documented answers have.
"""

import json
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sne.connecteurs.ban.rules import Nature, lire_adresses
from sne.connecteurs.drm.rules.lecture import Demandee, lire_reponse
from sne.connecteurs.drm.rules.mois import ETATS
from sne.connecteurs.entreprises.rules.lecture import lire_entreprises
from tests.connecteurs.conftest import Simulateur

ECHANTILLONS = Path(__file__).parent / "echantillons"
DEMANDEE = Demandee(
    *("285045999912303", "SPECIMEN", ("AMELIE", "ROSE"), date(1985, 4, 12), "F"),
    debut=date(2024, 2, 1),
    fin=date(2024, 4, 1),
)


def octets(nom: str) -> bytes:
    return (ECHANTILLONS / f"{nom}.json").read_bytes()


@pytest.mark.parametrize(
    ("nom", "natures"),
    [
        ("ban_search_housenumber", [Nature.NUMERO]),
        ("ban_search_autocomplete", [Nature.VOIE, Nature.NUMERO]),
        ("ban_search_municipality", [Nature.COMMUNE]),
        ("ban_search_empty", []),
    ],
)
def test_addresses(nom: str, natures: list[Nature]) -> None:
    assert [a.nature for a in lire_adresses(octets(nom))] == natures


@pytest.mark.parametrize(
    ("nom", "texte", "sirets"),
    [
        ("recherche_entreprises_search", "office fictif", ["99900000300015"]),
        ("recherche_entreprises_search", "99900000300015", ["99900000300015"]),
        ("recherche_entreprises_search", "99900000300023", []),
        ("recherche_entreprises_empty", "99900000300023", []),
    ],
)
def test_companies(nom: str, texte: str, sirets: list[str]) -> None:
    lues = lire_entreprises(octets(nom), texte=texte)
    assert [e.siret for lue in lues for e in lue.etablissements] == sirets


@pytest.mark.parametrize(
    ("nom", "statut", "etats"),
    [
        ("drm_sync_ok", 200, ["AUCUNE_DONNEE", "MONTANT", "MONTANT"]),
        ("drm_sync_zero", 200, ["ZERO_CONFIRME", "AUCUNE_DONNEE", "AUCUNE_DONNEE"]),
        ("drm_sync_no_data", 200, ["AUCUNE_DONNEE"] * 3),
        ("drm_identity_mismatch", 409, ["DISCORDANCE_IDENTITE"] * 3),
        ("drm_unknown_nir", 404, ["AUCUNE_DONNEE"] * 3),
    ],
)
def test_resources(nom: str, statut: int, etats: list[str]) -> None:
    mois = lire_reponse(statut, octets(nom), demandee=DEMANDEE, le=date(2024, 5, 14))
    assert [ETATS[type(m)] for m in mois] == etats


def noms(valeur: Any, ici: str = "") -> set[str]:
    """Every name of an answer, with its place."""
    if isinstance(valeur, dict):
        return {f"{ici}.{c}" for c in valeur}.union(*(noms(v, f"{ici}.{c}") for c, v in valeur.items()))
    return set().union(*(noms(v, f"{ici}[]") for v in valeur)) if isinstance(valeur, list) else set()


@pytest.mark.parametrize(
    ("adresse", "corps", "nom"),
    [
        ("ban/search?q=10+rue+des+specimens", None, "ban_search_housenumber"),
        ("entreprises/search?q=office", None, "recherche_entreprises_search"),
        ("drm/v1/ressources-mensuelles", DEMANDEE.corps(), "drm_sync_ok"),
    ],
)
def test_the_simulator_speaks_as_they_do(
    simulateur: Simulateur, adresse: str, corps: dict[str, object] | None, nom: str
) -> None:
    envoi = json.dumps(corps).encode() if corps else None
    with urllib.request.urlopen(f"{simulateur.url}/{adresse}", envoi) as lue:
        dit = json.load(lue)
    assert noms(dit) <= noms(json.loads(octets(nom)))
    assert urllib.parse.urlsplit(simulateur.url).hostname == "127.0.0.1"
