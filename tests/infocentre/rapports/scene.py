"""Cells of the fictional territory, written as a pouring would: a landlord, a town hall, the portal."""

from datetime import date

from sne.infocentre.lac.models import Agregat

MOIS = date(2026, 10, 1)
COMPTES = {
    "099G0991": {
        "DEPOTS": 100,
        "DEPOTS_RETARD_30J": 10,
        "IDENTITES_FOURNIES": 75,
        "ATTRIBUTIONS": 40,
        "ATTRIBUTIONS_ETAT": 5,
        "DECISIONS_PRIORITAIRES": 3,
    },
    "099G0992": {"DEPOTS": 7, "IDENTITES_FOURNIES": 5, "ATTRIBUTIONS": 22, "ATTRIBUTIONS_ETAT": 1},
    "099G0993": {"DEPOTS": 50, "DEPOTS_RETARD_30J": 25, "IDENTITES_FOURNIES": 50},
    "099GDPUB": {"DEPOTS": 1240, "IDENTITES_FOURNIES": 1240},
}


def remplir(
    comptes: dict[str, dict[str, int]] = COMPTES, *, mois: date = MOIS, debut: date | None = None
) -> None:
    """One month of cells; ``debut``: a month long before, from which the lake is known, two years by default."""
    premier = debut or date(mois.year - 2, 1, 1)
    rows = [Agregat(territoire="099", mois=premier, ligne="099G0991", mesure="MODIFICATIONS", valeur=1)]
    for guichet, mesures in comptes.items():
        rows += [
            Agregat(territoire=guichet[:3], mois=mois, ligne=guichet, mesure=mesure, valeur=valeur)
            for mesure, valeur in mesures.items()
        ]
    Agregat.objects.bulk_create(rows)
