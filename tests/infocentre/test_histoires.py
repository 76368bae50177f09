"""Whatever happened, and however it was cut into pourings, the cells are what a witness counts in the register."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Agregat, Fichier
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.mesures.faits import FAITS
from sne.socle.acte import Acte
from tests.infocentre import temoin, temoin_stock
from tests.infocentre.histoires import GESTES, Histoire
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
# (what, on which, whether all that waits is poured after it)
HISTOIRES = st.lists(
    st.tuples(st.sampled_from(sorted(GESTES)), st.integers(0, 3), st.booleans()), min_size=12, max_size=30
)
type Lue = tuple[str, str, str, date, int]
COLONNES = ("axe", "ligne", "mesure", "mois", "valeur")
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
    exiger_les_temoins(list(Agregat.objects.values_list(*COLONNES)))
    assert list_ecarts() == []


def exiger_les_temoins(lues: list[Lue]) -> None:
    """These cells are what the witnesses count in the register."""
    comptees = Counter[tuple[str, str, date]]()
    for axe, ligne, mesure, mois, valeur in lues:
        if axe == "GUICHET" and mesure.partition("=")[0] in temoin.TEMOINS:
            comptees[mesure, ligne, mois] += valeur
    assert {cle: valeur for cle, valeur in comptees.items() if valeur} == temoin.compter()
    _ouvertes(lues)


def _ouvertes(lues: list[Lue]) -> None:
    """What is open at the end of each month, by counter and by trait, is what the witness finds; and what it varies by
    in a month is what came in less what went out.
    """
    mois = sorted({m for *_, m, _ in lues if m <= f.AUJOURD_HUI})
    comptees = temoin_stock.compter(mois)
    suivis = {(axe, mesure) for axe, _, mesure, _ in comptees}
    cumulees = Counter[tuple[str, str, str, date]]()
    for axe, ligne, mesure, du_mois, valeur in lues:
        for premier in mois:
            if du_mois <= premier and (axe, mesure) in suivis:
                cumulees[axe, ligne, mesure, premier] += valeur
    assert +cumulees == comptees
    soldes, flux = Counter[date](), Counter[date]()
    for axe, _, mesure, du_mois, valeur in lues:
        if axe == "GUICHET":
            soldes[du_mois] += valeur * (mesure in ("STOCK", "STOCK_ASSOCIATIONS"))
            flux[du_mois] += valeur * SOLDE.get(mesure, 0)
    assert {m: v for m, v in soldes.items() if v} == {m: v for m, v in flux.items() if v}


SOLDE = {"DEPOTS": 1, "DEPOTS_ASSOCIATIONS": 1, "REACTIVATIONS": 1, "RADIATIONS": -1}
RECIT = (
    ("identite", 0), ("impot", 0), ("modifier", 0), ("événement", 0), ("retirer l’événement", 0), ("événement", 0),
    ("décision", 0), ("dalo", 0), ("décision", 0), ("attribuer sans bail", 0), ("attribuer", 0),
    ("corriger la décision", 0), ("radier, logé", 0),
    ("corriger l’attribution", 0), ("deposer", 1), ("identite", 1), ("rejeter une pièce", 1), ("radier, renoncé", 1),
    ("attribuer", 1), ("renouveler", 1), ("décision", 1),
    ("attribuer", 1), ("radier, logé", 1), ("renouveler", 1),
    ("retirer l’attribution", 0), ("deposer", 2), ("décision", 2), ("refus du ménage", 2), ("décision", 2),
    ("doubler", 0), ("annuler", 0), ("rétablir", 0), ("décision", 3), ("renouveler", 2),
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
