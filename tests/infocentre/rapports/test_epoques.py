"""A counter that changes hands: its past stays with the body that it had, or follows it, as is asked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sne.infocentre.lac.actions.guichets import noter_les_guichets
from sne.infocentre.lac.models import GuichetDate
from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.selectors.detail import get_ligne
from sne.infocentre.rapports.selectors.series import list_points
from sne.infocentre.rapports.selectors.tableau import Demandee, assembler
from sne.infocentre.rapports.selectors.versions import get_rapport
from tests.infocentre.rapports.scene import remplir
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
MAIRIE, AVANT = "099G0993", "999000029"
DEUX_MOIS = Periode(date(2026, 9, 1), date(2026, 10, 31))
PORTEE = Portee(Lieu(NatureLieu.TERRITOIRE, "099"), ("099",))


def lire(
    *, actuels: bool, grain: Grain = Grain.ORGANISME, periode: Periode = DEUX_MOIS
) -> dict[str, tuple[int, ...]]:
    demandee = Demandee(get_rapport("R01").versions[1], PORTEE, periode, grain, actuels=actuels)
    flux = Demandee(get_rapport("R04").versions[1], PORTEE, periode, grain, actuels=actuels)
    lues: dict[str, tuple[int, ...]] = {}
    for d, code in ((demandee, "DEMANDES_ACTIVES"), (flux, "NOUVELLES_DEMANDES")):
        tableau = assembler(d, instant=f.MAINTENANT).tableau
        rang = next(i for i, c in enumerate(tableau.colonnes) if c.code == code)
        for ligne in tableau.lignes:
            lues[ligne.cle] = (*lues.get(ligne.cle, ()), ligne.cellules[rang].numerateur or 0)
    return lues


def test_each_month_with_the_body_of_its_first_day(lac: Path) -> None:
    assert noter_les_guichets(date(2026, 1, 5)) > 0
    assert noter_les_guichets(date(2026, 1, 6)) == 0, "nothing changed"
    courant = GuichetDate.objects.get(guichet=MAIRIE)
    GuichetDate.objects.filter(id=courant.id).update(au=date(2026, 9, 14))
    GuichetDate.objects.create(
        guichet=MAIRIE, du=date(2026, 9, 15), organisme=AVANT, organisme_nom="Autre", type_organisme="BAILLEUR",
        categorie=GuichetDate.objects.get(guichet="099G0991").categorie, commune=courant.commune,
    )  # fmt: skip
    remplir({MAIRIE: {"DEPOTS": 5, "STOCK": 5}}, mois=date(2026, 9, 1))
    remplir({MAIRIE: {"DEPOTS": 7, "STOCK": 3}}, mois=date(2026, 10, 1), debut=date(2023, 1, 1))
    siege, autre = f"ORGANISME:099-{courant.organisme}", f"ORGANISME:099-{AVANT}"
    epoque = lire(actuels=False)
    assert (epoque[siege], epoque[autre]) == ((0, 5), (8, 7)), (
        "September began at the town hall, October elsewhere"
    )
    assert lire(actuels=False, periode=Periode(date(2026, 9, 1), date(2026, 9, 30)))[siege] == (5, 5)
    assert lire(actuels=True)[siege] == (8, 12)
    assert lire(actuels=False, grain=Grain.GUICHET)[f"GUICHET:{MAIRIE}"] == (8, 12)
    assert lire(actuels=False)["TOTAL:"] == lire(actuels=True)["TOTAL:"] == (8, 12)
    demandee = Demandee(get_rapport("R04").versions[1], PORTEE, DEUX_MOIS, Grain.ORGANISME)
    choisie = get_ligne(demandee, autre)
    assert MAIRIE not in (choisie.guichets or ())
    assert [x.periode.debut for x in choisie.epoques] == [date(2026, 9, 15)]
    for actuels, dessines in ((False, [0, 7]), (True, [0, 0])):
        des_bailleurs = replace(demandee, type_organisme="BAILLEUR", actuels=actuels)
        matiere = assembler(des_bailleurs, instant=f.MAINTENANT).matiere
        nouvelles = next(d for d in matiere.definitions if d.code == "NOUVELLES_DEMANDES")
        points = list_points(des_bailleurs, nouvelles, matiere)
        assert [cellule.numerateur for _, cellule in points[-2:]] == dessines, "drawn as the table counts"


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (None, None, DEUX_MOIS),
        (date(2026, 9, 1), None, DEUX_MOIS),
        (date(2026, 9, 2), None, Periode(date(2026, 10, 1), date(2026, 10, 31))),
        (None, date(2026, 9, 14), Periode(date(2026, 9, 1), date(2026, 9, 30))),
        (None, date(2026, 10, 31), DEUX_MOIS),
        (date(2026, 10, 2), None, None),
        (None, date(2026, 8, 31), None),
    ],
)
def test_months_that_began_in_some_days(
    debut: date | None, fin: date | None, attendu: Periode | None
) -> None:
    assert DEUX_MOIS.parmi(debut, fin) == attendu
