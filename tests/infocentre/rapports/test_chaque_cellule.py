"""What is behind a figure is that figure: every cell that opens, of every report, whatever the register lived."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine

from sne.demo.generation import locations
from sne.demo.generation.atelier import decor_du_territoire, ecrire_lot
from sne.demo.generation.menages import Generateur
from sne.infocentre.lac.actions.effacer import effacer_du_lac
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import AgregatEfface
from sne.infocentre.rapports.rules.grains import AXES, GRAINS, Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.periodes import Periode, periode_par_defaut
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.vie.actions.purger import purger_demande
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.demo.decors import JOUR
from tests.infocentre import f1
from tests.infocentre.histoires import Histoire
from tests.infocentre.rapports.chaque_cellule import TOUTES, ecarts, parcourir, portees_du_lac
from tests.infocentre.test_histoires import RECIT
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
PORTEE = Portee(Lieu(NatureLieu.TERRITOIRE, f1.TERRITOIRE), (f1.TERRITOIRE,))

TAILLE, MENAGES = 4_000, 60
TOUT = Periode(date(2025, 1, 1), date(2029, 12, 31))
UNES = (Grain.ORGANISME, Grain.COMMUNE, Grain.BAILLEUR)


def verser_tout() -> None:
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))


@pytest.mark.parametrize("grains", [UNES, pytest.param((*GRAINS, *AXES), marks=pytest.mark.longue)])
def test_each_kind_of_act_is_behind_the_figures_that_it_makes(grains: tuple[Grain, ...]) -> None:
    """Lines of some kinds, of every kind at length."""
    vecue = Histoire()
    for geste, sur in RECIT:
        vecue.jouer(geste, sur)
    verser_tout()
    ouvertes, faux = ecarts(PORTEE, TOUT, instant=f.MAINTENANT, grains=grains)
    assert faux == []
    assert ouvertes > 100


def test_what_was_erased_stays_told_behind_its_figures() -> None:
    """Its key is gone at once, its lines within the delay: the page goes on saying how much of a figure it was."""
    histoire = f1.F1()
    list(histoire.jouer())
    verser_tout()
    lire = partial(
        ecarts,
        PORTEE,
        Periode(date(2024, 1, 1), date(2024, 12, 31)),
        instant=f.MAINTENANT,
        grains=[Grain.GUICHET],
        rapports=("TB06", "R01", "R04"),  # what was housed, what is open, what came in and went out
    )
    avant = lire()
    assert avant[0]
    assert avant[1] == []
    for nom in ("d1", "d4"):
        purger_demande(
            histoire.cles[nom], acte=Acte(horloge_du_registre(f1.TERRITOIRE), f1.midi(date(2028, 12, 1)))
        )
    assert lire() == avant
    effacer_du_lac(acte=Acte(service_du_lac(), maintenant() + timedelta(days=7)), sans_attendre=True)
    assert AgregatEfface.objects.exists()
    assert lire() == avant


@pytest.mark.longue
def test_each_figure_of_a_demonstration_in_each_of_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Households as they are invented, some of them housed: every report and line of their territory, some kinds of
    lines of the places that it is in.
    """
    monkeypatch.setattr(locations, "QUOTAS", {"G0991": (8, 4), "G1011": (5, 2), "G1006": (3, 1)})
    with time_machine.travel(f1.midi(JOUR), tick=False):
        generateur = Generateur(decor_du_territoire(JOUR))
        louees = [x.rang for x in locations.list_locations(generateur, TAILLE)]
        ecrire_lot(generateur, sorted({*range(MENAGES), *louees}))
        assert locations.jouer_locations(generateur, TAILLE) == len(louees)
        tout_sceller()
        verser(acte=Acte(service_du_lac(), maintenant()))
        portees = portees_du_lac()
        assert {p.lieu.nature for p in portees} == set(NatureLieu) - {NatureLieu.DEPARTEMENT}
        lus = [
            lu
            for portee in portees
            for lu in parcourir(
                [portee],
                periode_par_defaut(JOUR),
                instant=maintenant(),
                grains=TOUTES if portee.lieu.nature is NatureLieu.TERRITOIRE else UNES,
            )
        ]
    assert [faux for lu in lus for faux in lu.faux] == []
    assert {lu.demandee.grain for lu in lus} == {*GRAINS, *AXES}
    assert sum(lu.ouvertes for lu in lus) > 2_000
