"""Counters and tables of the tests of reports."""

from typing import Any

from sne.referentiels.rules import CategorieOrganisme, FicheGuichet, TypeOrganisme
from sne.referentiels.rules.periodes import TOUJOURS


def fiche(territoire: str, code: str, **champs: Any) -> FicheGuichet:
    """A counter of an office of dwellings, unless said otherwise."""
    portail = code == "GDPUB"
    valeurs: dict[str, Any] = {
        "libelle": f"Guichet {code}",
        "organisme": "PGP" if portail else "200000001",
        "organisme_nom": "Portail" if portail else "Office du Val",
        "type_organisme": TypeOrganisme.PGP if portail else TypeOrganisme.BAILLEUR,
        "categorie": CategorieOrganisme.PGP if portail else CategorieOrganisme.OPH,
        "voie": "",
        "code_postal": "",
        "commune": "" if portail else "99001",
        "horaires": "",
        "courriel": "",
        "telephone": "",
        "saisit_directement": True,
        "systeme_interface": False,
        "fictif": True,
        "periode": TOUJOURS,
    }
    return FicheGuichet(territoire=territoire, code=code, **(valeurs | champs))
