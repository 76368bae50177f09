"""Ten years of one application, any deposit day, any renewals: each date follows the others, and equals the law's.

The law's dates are computed here by the witness of the simulation, whose arithmetic is its own.
"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut, Transition, next_statut
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.rules.preavis import ReglesDuPreavis, du_le, est_du
from sne.registre.vie.rules.radiation import date_de_purge, reactivable_jusqu_au
from sne.registre.vie.rules.renouvellement import Fenetre, Moment, calculer_fenetre, exiger_renouvelable
from sne.simulation.calendrier import plus_mois
from sne.socle.erreurs import refus_de

DUREES = parametres_par_defaut(date(2026, 11, 24))[ParametresDemande]
PREAVIS = ReglesDuPreavis(DUREES.preavis_mois, DUREES.preavis_marge_jours, retenir=False)
JOUR = timedelta(days=1)
DIX_ANS = 120

depots = st.one_of(
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.sampled_from(
        [date(2024, 2, 29), date(2023, 2, 28), date(2023, 8, 31), date(2023, 12, 31), date(2024, 1, 30)]
    ),
)
parts = st.lists(st.floats(0, 1), min_size=1, max_size=40)
"""Where in its window each renewal falls."""


def fenetre_de(base: date) -> Fenetre:
    return calculer_fenetre(
        base,
        echeances(base, DUREES).expiration,
        durees=DUREES,
        ouverture_jours=DUREES.renouvellement_ouverture_jours,
    )


def verifier_les_dates(base: date) -> Fenetre:
    """Every date that follows from ``base`` is the law's, and they come one after the other."""
    fenetre, e = fenetre_de(base), echeances(base, DUREES)
    assert e.expiration == fenetre.expiration == plus_mois(base, 12) - JOUR
    assert e.preavis_au_plus_tard == plus_mois(e.expiration, -1)
    assert e.radiation == fenetre.fermeture + JOUR == plus_mois(base, 13)
    assert e.reactivation_jusqu_au == fenetre.reactivation_jusqu_au == plus_mois(base, 18)
    assert e.purge == plus_mois(e.radiation, 12)
    assert (
        base
        < fenetre.ouverture
        < e.preavis_au_plus_tard
        < e.expiration
        < e.radiation
        < e.reactivation_jusqu_au
        < e.purge
    )
    premier = du_le(fenetre, PREAVIS)
    assert base < premier <= e.preavis_au_plus_tard - timedelta(days=DUREES.preavis_marge_jours)
    assert not est_du(fenetre, PREAVIS, jour=premier - JOUR)
    assert est_du(fenetre, PREAVIS, jour=premier)
    return fenetre


@given(depots, parts)
def test_any_sequence_of_renewals_keeps_every_date_in_its_place(depot: date, tirages: list[float]) -> None:
    base = depot
    for part in tirages:
        fenetre = verifier_les_dates(base)
        assert fenetre.situer(fenetre.ouverture - JOUR) is Moment.TROP_TOT
        assert refus_de(exiger_renouvelable, Statut.ACTIVE, fenetre, fenetre.ouverture - JOUR)
        ouverts = (fenetre.reactivation_jusqu_au - fenetre.ouverture).days
        renouvelee = fenetre.ouverture + timedelta(days=round(part * ouverts))
        avant = Statut.ACTIVE if renouvelee <= fenetre.expiration else Statut.EXPIREE
        if renouvelee > fenetre.expiration:
            assert next_statut(Statut.ACTIVE, Transition.EXPIRER) is avant
        assert refus_de(exiger_renouvelable, avant, fenetre, renouvelee) == ""
        assert renouvelee > base
        base = renouvelee
        if base > plus_mois(depot, DIX_ANS):
            return


@given(depots, st.integers(0, 400), st.sampled_from(list(MotifRadiation)))
def test_what_is_not_renewed_ends_comes_back_in_time_or_is_erased(
    depot: date, retard: int, motif: MotifRadiation
) -> None:
    fenetre = verifier_les_dates(depot)
    radiee_le = fenetre.fermeture + JOUR + timedelta(days=retard)
    limite = reactivable_jusqu_au(motif, radiee_le, base=depot, delais=DUREES)
    effacee_le = date_de_purge(radiee_le, delais=DUREES)
    attendue = {
        MotifRadiation.RADREN: plus_mois(depot, 18),
        MotifRadiation.RADCON: plus_mois(radiee_le, 5),
    }.get(motif, plus_mois(radiee_le, 12) - JOUR)
    assert limite == attendue
    assert limite < effacee_le == plus_mois(radiee_le, 12)
    assert refus_de(exiger_renouvelable, Statut.EXPIREE, fenetre, fenetre.reactivation_jusqu_au + JOUR)
