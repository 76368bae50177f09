"""The table of deadlines that the project was given, row by row, through each rule that says one of them."""

from datetime import date, timedelta

import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.rules.preavis import ReglesDuPreavis, du_le, est_du
from sne.registre.vie.rules.radiation import date_de_purge, reactivable_jusqu_au
from sne.registre.vie.rules.renouvellement import Moment, calculer_fenetre

JOUR = timedelta(days=1)
TABLE = [
    # deposit or renewal, last day, notice at the latest, struck off, last return, erased
    ("2023-10-01", "2024-09-30", "2024-08-30", "2024-11-01", "2025-04-01", "2025-11-01"),
    ("2024-02-29", "2025-02-27", "2025-01-27", "2025-03-29", "2025-08-29", "2026-03-29"),
    ("2024-04-15", "2025-04-14", "2025-03-14", "2025-05-15", "2025-10-15", "2026-05-15"),
]


@pytest.mark.parametrize("ligne", TABLE, ids=[ligne[0] for ligne in TABLE])
def test_each_rule_says_the_day_of_the_table(ligne: tuple[str, ...]) -> None:
    base, expiration, preavis, radiation, retour, purge = map(date.fromisoformat, ligne)
    durees = parametres_par_defaut(base)[ParametresDemande]
    fenetre = calculer_fenetre(
        base,
        echeances(base, durees).expiration,
        durees=durees,
        ouverture_jours=durees.renouvellement_ouverture_jours,
    )
    assert [fenetre.situer(j) for j in (expiration, expiration + JOUR, radiation - JOUR, radiation)] == [
        Moment.OUVERT,
        Moment.EXPIREE,
        Moment.EXPIREE,
        Moment.TROP_TARD,
    ]
    regles = ReglesDuPreavis(durees.preavis_mois, durees.preavis_marge_jours, retenir=False)
    assert du_le(fenetre, regles) <= preavis
    assert est_du(fenetre, regles, jour=preavis)
    assert est_du(fenetre, regles, jour=radiation - JOUR)
    assert not est_du(fenetre, regles, jour=radiation)
    assert reactivable_jusqu_au(MotifRadiation.RADREN, radiation, base=base, delais=durees) == retour
    assert date_de_purge(radiation, delais=durees) == purge
