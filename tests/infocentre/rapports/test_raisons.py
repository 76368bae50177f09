"""Why a demande is behind a figure: the days and the delay that its row says; only the day when it says no more."""

import pytest

from sne.infocentre.rapports.rules.raisons import colonnes_a_dire, raison

N = "\u00a0"


@pytest.mark.parametrize(
    ("mesure", "colonnes", "dits", "mots"),
    [
        ("DEPOTS_RETARD_30J", ("retard_jours",), ("2024-02-20", "41"),
         f"déposée le 10/01/2024, enregistrée le 20/02/2024{N}: 41{N}jours"),
        ("DEPOTS", ("retard_jours",), ("2024-02-01", None), "enregistrée le 01/02/2024"),
        ("ATTRIBUTIONS", ("delai_jours", "saisie"), ("2024-02-20", "8", "2024-02-28"),
         f"bail du 20/02/2024, radiée le 28/02/2024{N}: 8{N}jours"),
        ("ATTRIBUTIONS", ("delai_jours", "saisie"), ("2024-02-20", "1", "2024-02-21"),
         f"bail du 20/02/2024, radiée le 21/02/2024{N}: 1{N}jour"),
        ("ATTRIBUTIONS", ("delai_jours", "saisie"), ("2024-02-20", None, None), "bail du 20/02/2024"),
        ("RADIATIONS", ("motif",), ("2024-02-20", "RADREN"),
         f"radiée le 20/02/2024{N}: absence de renouvellement"),
        ("RADIATIONS", ("motif",), ("2024-02-20", "INCONNU"), "radiée le 20/02/2024"),
        ("EVENEMENTS", (), ("2024-02-20",), "le 20/02/2024"),
    ],
)  # fmt: skip
def test_a_reason(mesure: str, colonnes: tuple[str, ...], dits: tuple[str | None, ...], mots: str) -> None:
    assert colonnes_a_dire(mesure) == colonnes
    assert raison(mesure, dits) == mots
