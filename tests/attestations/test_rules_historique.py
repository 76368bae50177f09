"""The copy of a history as its template receives it: month by month, the newest first, as it was told."""

import json
from datetime import date

from sne.attestations.rules.historique import DonneesHistorique, LigneImprimee, presenter_historique


def ligne(jour: date, phrase: str) -> LigneImprimee:
    return LigneImprimee(jour, "Mardi", phrase, "", "", (("Loyer", "900", "800", ""),), ("Référence",))


def test_months_in_words_with_their_lines() -> None:
    lignes = tuple(
        ligne(jour, f"{rang}.")
        for rang, jour in enumerate((date(2026, 11, 2), date(2026, 11, 1), date(2025, 11, 3)))
    )
    lu = json.loads(
        presenter_historique(DonneesHistorique("0990619004127G0993", "Élodie", date(2026, 11, 24), lignes))
    )
    assert [(m["titre"], [x["phrase"] for x in m["lignes"]]) for m in lu["mois"]] == [
        ("Novembre\u00a02026", ["0.", "1."]),
        ("Novembre\u00a02025", ["2."]),
    ]
    assert (lu["nombre"], lu["numero"].replace("\u00a0", " ")) == (3, "099 0619 004127 G0993")
    assert lu["mois"][0]["lignes"][0]["changements"] == [["Loyer", "900", "800", ""]]
    assert not lu["mois"][0]["lignes"][0]["attente"]
