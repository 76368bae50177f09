"""A place left without whoever has to be there: noted with the act, listed in its perimeter, closed once mended."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from sne.habilitations.actions import constater_carences, retirer_habilitation
from sne.habilitations.models import Carence, Compte, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.carences import GenreCarence, Lieu, Tenue, carences
from sne.habilitations.selectors import compter_carences, list_carences
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f

SANS_RESPONSABLE, SANS_PERSONNE, SANS_GESTIONNAIRE = GenreCarence
GUICHET, TERRITOIRE = Lieu("099", "G0993"), Lieu("099")
AGENT, RESPONSABLE, GT = Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET, Role.GESTIONNAIRE_TERRITORIAL


@pytest.mark.parametrize(
    ("tenues", "attendu"),
    [
        ([], set()),
        ([Tenue(Lieu(""), Role.DPO, False)], set()),  # the nation is not a place to hold
        ([Tenue(GUICHET, RESPONSABLE, True), Tenue(TERRITOIRE, GT, True)], set()),
        (
            [Tenue(GUICHET, AGENT, True), Tenue(GUICHET, RESPONSABLE, False), Tenue(TERRITOIRE, GT, True)],
            {(GUICHET, SANS_RESPONSABLE)},
        ),
        (
            [Tenue(GUICHET, AGENT, False), Tenue(TERRITOIRE, GT, True)],
            {(GUICHET, SANS_RESPONSABLE), (GUICHET, SANS_PERSONNE)},
        ),
        ([Tenue(GUICHET, RESPONSABLE, True)], {(TERRITOIRE, SANS_GESTIONNAIRE)}),
    ],
)
def test_what_is_lacking(tenues: list[Tenue], attendu: set[tuple[Lieu, GenreCarence]]) -> None:
    assert carences(tenues) == attendu


def ouvertes() -> set[tuple[str, str]]:
    return set(Carence.objects.filter(comblee_le=None).values_list("guichet", "genre"))


def retirer(compte: Compte) -> None:
    tenue = Habilitation.objects.get(compte=compte, fin=None)
    retirer_habilitation(tenue.id, motif=MotifRetrait.SECURITE, acte=Acte(f.SYSTEME, maintenant()))


@pytest.mark.django_db
class TestPlaces:
    """What the acts leave behind them."""

    def test_the_last_manager_leaves_a_lack_and_the_next_one_mends_it(self) -> None:
        responsable, agent = f.creer_responsable(), f.creer_agent()
        f.creer_gestionnaire()
        retirer(responsable)
        assert ouvertes() == {("G0993", SANS_RESPONSABLE)}
        retirer(agent)
        assert ouvertes() == {("G0993", SANS_RESPONSABLE), ("G0993", SANS_PERSONNE)}
        assert Entree.objects.filter(verbe="CONSTATER_CARENCE", territoire="099").count() == 2
        f.creer_agent()
        assert ouvertes() == {("G0993", SANS_RESPONSABLE)}
        f.creer_responsable()
        assert ouvertes() == set()
        assert Entree.objects.filter(verbe="COMBLER_CARENCE").count() == 2

    def test_two_managers_lack_nobody_when_one_goes(self) -> None:
        premier, _, _ = f.creer_responsable(), f.creer_responsable(), f.creer_gestionnaire()
        retirer(premier)
        assert ouvertes() == set()

    def test_the_territory_lacks_its_manager_until_one_is_named(self) -> None:
        gt, _ = f.creer_gestionnaire(), f.creer_responsable()
        retirer(gt)
        assert ouvertes() == {("", SANS_GESTIONNAIRE)}
        f.creer_gestionnaire()
        assert ouvertes() == set()

    def test_an_end_that_a_date_brings_is_seen_by_the_pass_of_that_day(self) -> None:
        f.creer_gestionnaire()
        compte, demain = f.creer_personne(), aujourd_hui() + timedelta(days=1)
        f.habiliter(compte, RESPONSABLE, territoire="099", guichet="G0993", fin=demain)
        assert constater_carences("099", survenu_le=maintenant()) == (0, 0)
        assert constater_carences("099", survenu_le=maintenant() + timedelta(days=1)) == (2, 0)
        assert constater_carences("099", survenu_le=maintenant() + timedelta(days=1)) == (0, 0)
        assert constater_carences("", survenu_le=maintenant()) == (0, 0)

    def test_an_account_switched_off_holds_nothing(self) -> None:
        responsable, _ = f.creer_responsable(), f.creer_gestionnaire()
        Compte.objects.filter(id=responsable.id).update(actif=False)
        f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=responsable.id)
        assert constater_carences("099", survenu_le=maintenant()) == (2, 0)

    def test_each_sees_those_of_their_perimeter(self) -> None:
        f.creer_agent(territoire="02B", guichet="GD2B1")
        responsable, voisin = f.creer_responsable(), f.creer_responsable(guichet="G0991")
        gt, agent = f.creer_gestionnaire(), f.creer_agent()
        retirer(voisin)
        constater_carences("02B", survenu_le=maintenant())
        le: date = aujourd_hui()

        def vues(compte: Compte) -> set[tuple[str, str]]:
            lues = list_carences(f.acteur(compte), le=le)
            assert len(lues) == compter_carences(f.acteur(compte), le=le)
            return {(c.territoire, c.guichet) for c in lues}

        assert vues(gt) == {("099", "G0991")}
        assert vues(responsable) == vues(agent) == set()
        assert vues(f.creer_exploitation()) == {("099", "G0991"), ("02B", "GD2B1"), ("02B", "")}
        assert list_carences(f.acteur(gt), le=le)[0].lieu.endswith("(G0991)")

    def test_the_database_keeps_a_lack_once_and_closed(self) -> None:
        f.creer_agent()
        constater_carences("099", survenu_le=maintenant())
        with pytest.raises(DatabaseError, match="ouverte_une_fois"), transaction.atomic():
            Carence.objects.create(
                territoire="099", guichet="G0993", genre=SANS_RESPONSABLE, constatee_le=maintenant()
            )
        f.creer_responsable()
        with pytest.raises(DatabaseError, match="déjà comblée"), transaction.atomic():
            Carence.objects.filter(genre=SANS_RESPONSABLE).update(comblee_le=maintenant())
