"""Whether an attestation already issued says the persons and the seniority of the demande as it stands. Pure."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu


def dit_encore(
    donnees: Mapping[str, Any], *, nom_naissance: str, nom_usage: str, prenoms: str, date_depot: date
) -> bool:
    """Whether what is printed (``donnees``, as stored) names this holder, with this seniority."""
    attendus = {"nom_naissance": nom_naissance, "nom_usage": nom_usage, "prenoms": prenoms}
    noms = all(donnees[cle] == unicodedata.normalize("NFC", nom).strip() for cle, nom in attendus.items())
    return noms and bool(donnees["date_depot"] == str(date_depot))


def personnes_dites(contenu: Contenu) -> tuple[object, ...]:
    """Who the summary of a full attestation names: every adult's civil status, except the NIR, and every dependant."""
    adultes = (adulte.identite.model_copy(update={"nir": None}) for _, adulte in arbre.adultes(contenu))
    charges = ((p.nom, p.prenoms, p.date_naissance) for p in contenu.foyer.personnes_a_charge)
    return (*adultes, *charges)
