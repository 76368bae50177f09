"""Whatever happened, and however it was cut into pourings, the cells are what a witness counts in the register."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Agregat, Fichier
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.mesures.faits import FAITS
from sne.socle.acte import Acte
from tests.infocentre import temoin
from tests.infocentre.histoires import GESTES, Histoire
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
# (what, on which, whether all that waits is poured after it)
HISTOIRES = st.lists(
    st.tuples(st.sampled_from(sorted(GESTES)), st.integers(0, 3), st.booleans()), min_size=12, max_size=30
)
SANS_ECART = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def verser_tout() -> None:
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))


def vivre(histoire: list[tuple[str, int, bool]]) -> None:
    vecue = Histoire()
    for geste, sur, verse in histoire:
        vecue.jouer(geste, sur)
        if verse:
            verser_tout()
    verser_tout()
    cellules = Agregat.objects.filter(mesure__in=temoin.TEMOINS).values_list(
        "mesure", "guichet", "mois", "valeur"
    )
    assert {(m, g, mois): v for m, g, mois, v in cellules} == temoin.compter()
    assert list_ecarts() == []


RECIT = (
    ("identite", 0), ("impot", 0), ("modifier", 0), ("événement", 0), ("retirer l’événement", 0), ("événement", 0),
    ("dalo", 0), ("décision", 0), ("attribuer sans bail", 0), ("attribuer", 0), ("radier, logé", 0),
    ("corriger l’attribution", 0), ("deposer", 1), ("identite", 1), ("rejeter une pièce", 1), ("radier, renoncé", 1),
    ("attribuer", 1), ("renouveler", 1), ("attribuer", 1), ("radier, logé", 1), ("renouveler", 1),
    ("retirer l’attribution", 0), ("deposer", 2), ("doubler", 0), ("annuler", 0), ("rétablir", 0), ("renouveler", 2),
)  # fmt: skip
"""Each kind of act, in an order that the register takes; one allocation is refused, and then is not."""


def test_each_kind_of_act_poured_at_the_end_or_in_many_times() -> None:
    assert {geste for geste, _ in RECIT} == set(GESTES)
    for tous_les in (len(RECIT), 3):
        vivre([(geste, sur, not rang % tous_les) for rang, (geste, sur) in enumerate(RECIT, 1)])
    assert set(Fichier.objects.values_list("fait", flat=True)) == set(FAITS) - {"expiration"}


@given(histoire=HISTOIRES)
@settings(max_examples=2, suppress_health_check=SANS_ECART)
def test_random_histories(histoire: Any) -> None:
    vivre(histoire)


@pytest.mark.longue
@given(histoire=HISTOIRES)
@settings(max_examples=60, suppress_health_check=SANS_ECART)
def test_many_random_histories(histoire: Any) -> None:
    vivre(histoire)
