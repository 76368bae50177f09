"""The register's clock: what is due is done once, whatever was missed, stopped or moved meanwhile."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import OperationalError, connection

from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.tasks import HorlogeInachevee
from sne.registre.vie.actions import horloge as actions
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.actions.radier import expirer_demande
from sne.registre.vie.models.horloge import PassageHorloge
from sne.registre.vie.rules.horloge import LIBELLES, EtapeHorloge
from sne.registre.vie.selectors import horloge as selectors
from sne.registre.vie.selectors.horloge import get_dernier_passage, list_a_faire, list_passages
from sne.registre.vie.tasks import horloge, passer_l_horloge
from sne.socle.erreurs import Interdit
from tests.registre import factories as f
from tests.registre.factories import midi

pytestmark = pytest.mark.django_db
DEPOT = date(2024, 2, 29)
EXPIRATION, RADIATION = date(2025, 2, 27), date(2025, 3, 29)


def deposee(nom: str = "Dubreuil", jour: date = DEPOT) -> str:
    contenu = f.contenu(demandeur=f.personne(nom))
    return f.deposer(contenu, le=midi(jour), date_reception=jour, doublons_ecartes="Une autre personne.").nud


def statut(nud: str) -> str:
    return str(Demande.objects.get(nud=nud).statut)


def passer_le(jour: date) -> None:
    passer_l_horloge(midi(jour), territoires=["099"])
    connection.check_constraints()


def test_each_step_has_words() -> None:
    assert set(LIBELLES) == set(EtapeHorloge)


def test_life_without_renewal_ends_by_the_law_s_dates() -> None:
    nud = deposee()
    for jour, attendu in (
        (EXPIRATION, "ACTIVE"),
        (EXPIRATION + timedelta(days=1), "EXPIREE"),
        (RADIATION - timedelta(days=1), "EXPIREE"),
        (RADIATION, "RADIEE"),
    ):
        passer_le(jour)
        assert statut(nud) == attendu, jour
    radiation = Radiation.objects.get(demande__nud=nud)
    assert (radiation.motif, radiation.date_radiation) == ("RADREN", RADIATION)
    assert radiation.reactivable_jusqu_au == date(2025, 8, 29)


def test_passing_again_does_nothing_more() -> None:
    nud = deposee()
    passer_le(RADIATION)
    passer_le(RADIATION)
    assert Version.objects.filter(demande__nud=nud).count() == 3  # deposit, end of validity, striking-off
    assert {(p.etape, p.traites) for p in list_passages(RADIATION)} == {
        (EtapeHorloge.PREAVIS, 0),
        (EtapeHorloge.EXPIRATION, 1),
        (EtapeHorloge.RADIATION, 1),
        (EtapeHorloge.ARRET, 0),
        (EtapeHorloge.PURGE, 0),
        (EtapeHorloge.RAPPEL, 0),
    }


def test_days_of_outage_are_caught_up_in_one_pass() -> None:
    nuds = [deposee(nom, DEPOT + timedelta(days=n)) for n, nom in enumerate(("Morel", "Zimmer", "Oz"))]
    passer_le(RADIATION + timedelta(days=4))
    assert [statut(nud) for nud in nuds] == ["RADIEE", "RADIEE", "RADIEE"]
    assert {r.date_radiation for r in Radiation.objects.all()} == {RADIATION + timedelta(days=4)}


def test_other_territories_are_left_alone() -> None:
    nud = deposee()
    passer_l_horloge(midi(RADIATION), territoires=["02A"])
    assert statut(nud) == "ACTIVE"


def test_reads_by_pages_miss_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "LOT", 2)
    nuds = [
        deposee(nom, DEPOT + timedelta(days=n // 2)) for n, nom in enumerate(("Ab", "Cd", "Ef", "Gh", "Ij"))
    ]
    trouvees = list(list_a_faire(EtapeHorloge.EXPIRATION, "099", jour=RADIATION))
    assert len(trouvees) == len(set(trouvees)) == len(nuds)
    passer_le(RADIATION + timedelta(days=9))
    assert {statut(nud) for nud in nuds} == {"RADIEE"}


def test_what_somebody_moves_meanwhile_is_counted_and_left() -> None:
    deposee("Morel")
    nud = deposee("Zimmer", DEPOT + timedelta(days=1))
    appels: Iterator[object] = iter([Interdit("Elle a bougé."), None])

    def une_fois(demande_id: object, **options: object) -> None:
        if (refus := next(appels)) is not None:
            raise refus  # type: ignore[misc]
        expirer_demande(demande_id, **options)  # type: ignore[arg-type]

    with mock.patch.object(actions, "expirer_demande", une_fois):
        passer(EtapeHorloge.EXPIRATION, "099", survenu_le=midi(date(2025, 3, 3)))
    (passage,) = list_passages(date(2025, 3, 3))
    assert (passage.traites, passage.refuses) == (1, 1)
    assert statut(nud) == "EXPIREE"


def test_stopped_in_the_middle_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PAS", 1)
    nuds = [deposee("Morel"), deposee("Zimmer", DEPOT + timedelta(days=1))]
    jour = date(2025, 3, 3)

    def arreter(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        passer(EtapeHorloge.EXPIRATION, "099", survenu_le=midi(jour), avancer=arreter)
    assert PassageHorloge.objects.get().termine_le is None
    passer(EtapeHorloge.EXPIRATION, "099", survenu_le=midi(jour))
    assert {statut(nud) for nud in nuds} == {"EXPIREE"}
    assert PassageHorloge.objects.get().termine_le is not None


def test_night_passes_every_territory() -> None:
    nud = deposee()
    with time_machine.travel(midi(RADIATION), tick=False):
        horloge(timestamp=0)
        assert get_dernier_passage() == midi(RADIATION)
    assert statut(nud) == "RADIEE"
    assert {p.territoire for p in list_passages(RADIATION)} > {"099", "02A", "111"}


def test_application_that_cannot_be_read_stops_no_other_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    nuds = [deposee(nom) for nom in ("Dubreuil", "Marchal", "Lenoir")]
    illisible = Demande.objects.get(nud=nuds[0]).id

    def expirer(demande_id: uuid.UUID, **reste: Any) -> Any:
        if demande_id == illisible:
            raise ValueError("Dubreuil, 12 rue des Tilleuls")
        return expirer_demande(demande_id, **reste)

    le = EXPIRATION + timedelta(days=1)
    with (
        mock.patch.object(actions, "expirer_demande", expirer),
        pytest.raises(HorlogeInachevee, match=r"^1 "),
    ):
        passer_le(le)
    assert [statut(nud) for nud in nuds] == ["ACTIVE", "EXPIREE", "EXPIREE"]
    passage = PassageHorloge.objects.get(territoire="099", jour=le, etape=EtapeHorloge.EXPIRATION)
    assert (passage.traites, passage.termine_le) == (2, None)
    assert [r.getMessage() for r in caplog.records if r.name == actions.__name__] == [
        f"horloge_en_panne EXPIRATION {illisible}"
    ]
    passer_le(le)  # mended, it is taken up again the same day
    assert statut(nuds[0]) == "EXPIREE"


def test_database_that_is_gone_ends_the_pass() -> None:
    deposee()
    partie = mock.Mock(side_effect=OperationalError)
    with mock.patch.object(actions, "expirer_demande", partie), pytest.raises(OperationalError):
        passer_le(EXPIRATION + timedelta(days=1))
