"""Lines of imports: households that are nobody else's."""

from typing import Any

from tests.api.conftest import demande


def deposer(cle: str, rang: int = 0, **autres: Any) -> dict[str, Any]:
    """A line that registers the household of this rank."""
    corps = demande(**autres)
    identite = corps["contenu"]["demandeur"]["identite"]
    annee, mois, jour = rang // 336 % 40, rang // 28 % 12, rang % 28
    identite["date_naissance"] = f"{1960 + annee}-{1 + mois:02}-{1 + jour:02}"
    identite["nom_naissance"] = "".join("bcdfglmnrs"[int(c)] + "aeiou"[int(c) % 5] for c in f"{rang:05}")
    return {"cle": cle, "operation": "deposer", "corps": corps}
