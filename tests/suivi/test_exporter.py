"""Taking the recap away: told first, narrowed to what one follows, nothing without the journal."""

from dataclasses import replace
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from sne.habilitations.rules import Permission, Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.suivi.actions.exporter import Periode, exporter_recapitulatif
from tests.registre import factories as f
from tests.suivi.factories import NOVEMBRE, OCTOBRE, activite
from tests.suivi.test_policies import organisme

pytestmark = pytest.mark.django_db
OCTOBRE_SEUL = Periode(OCTOBRE, OCTOBRE)


def exporter(acteur: Acteur, periode: Periode = OCTOBRE_SEUL) -> list[str]:
    lues = exporter_recapitulatif(periode, format_="CSV", acte=Acte(acteur, f.MAINTENANT))
    return [ligne.activite.guichet for ligne in lues]


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def test_lines_of_the_territory_or_of_one_s_own_body(gt: Acteur) -> None:
    activite("G0991", traitees=1)
    activite("G0993", traitees=1)
    assert exporter(gt) == ["G0991", "G0993"]
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991", organisme=organisme("G0991"))
    assert exporter(responsable) == ["G0991"]
    assert [e.faits["lignes"] for e in Entree.objects.order_by("inscrit_le", "id")] == [2, 1]


def test_nothing_to_follow_is_not_found() -> None:
    with pytest.raises(Introuvable):
        exporter(f.creer_acteur())


def test_reading_is_not_taking_away(gt: Acteur) -> None:
    [mandat] = gt.mandats
    lecteur = replace(gt, mandats=(replace(mandat, permissions=frozenset({str(Permission.SUIVI_LIRE)})),))
    with pytest.raises(NonHabilite):
        exporter(lecteur)


@pytest.mark.parametrize(
    "periode", [Periode(NOVEMBRE, OCTOBRE), Periode(OCTOBRE.replace(year=2024), NOVEMBRE)]
)
def test_a_period_has_one_to_twenty_four_months(gt: Acteur, periode: Periode) -> None:
    with pytest.raises(Interdit) as exc:
        exporter(gt, periode)
    assert exc.value.champ == "de"
    assert not Entree.objects.exists()


def test_no_file_without_its_entry(gt: Acteur) -> None:
    with (
        mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        exporter(gt)
