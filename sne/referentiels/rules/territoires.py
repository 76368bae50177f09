"""Codes of territories: a département, except Île-de-France, which is one (CCH R441-2-6)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from sne.referentiels.rules.fichiers import lire_csv

OUTRE_MER = ("97", "98")
PARIS = ZoneInfo("Europe/Paris")


class Echelon(StrEnum):
    """Whether a territory is a département or a region: the attestation prints it."""

    DEPARTEMENTAL = "DEPARTEMENTAL"
    REGIONAL = "REGIONAL"


class NatureRattachement(StrEnum):
    """Why a code leads to another commune."""

    DELEGUEE = "DELEGUEE"
    ASSOCIEE = "ASSOCIEE"
    ANCIEN_CODE = "ANCIEN_CODE"


@cache
def fuseaux_livres() -> Mapping[str, ZoneInfo]:
    """The clock of the counters of each delivered territory, by its code."""
    return {t["code"]: ZoneInfo(t["fuseau"]) for t in lire_csv("territoires.csv")}


def departement_de_commune(code: str) -> str:
    """Département code inside an INSEE commune code: ``2B033`` → ``2B``, ``97411`` → ``974``."""
    return code[:3] if code.startswith(OUTRE_MER) else code[:2]
