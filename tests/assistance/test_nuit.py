"""The night of the desk: one ticket that fails, or one step, stops no other, and is told."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError

from sne.assistance import tasks
from sne.assistance.actions import nuit, un_a_un
from sne.assistance.actions.nuit import clore_les_resolus, relancer
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.actions.un_a_un import NuitInachevee
from sne.assistance.models import Ticket
from sne.socle.acte import Acte
from tests.assistance.conftest import LE

FIN = LE + timedelta(days=22)


def pannes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == un_a_un.__name__]


def test_a_ticket_that_fails_stops_no_other(demander, gt, caplog) -> None:
    tickets = [demander() for _ in range(3)]
    for t in tickets:
        ecrire(t.numero, Ecrit(corps="Depuis quand ?", suite="ATTENTE_DEMANDEUR"), acte=Acte(gt, LE))
    vrai, acte = nuit._finir, Acte(gt, FIN)

    def finir(ticket: Ticket, **reste: Any) -> None:
        vrai(ticket, **reste)
        if ticket == tickets[0]:
            raise ValueError("Awa Diarra")

    with mock.patch.object(nuit, "_finir", finir), pytest.raises(NuitInachevee, match=r"^1 en panne"):
        relancer(acte=acte)
    for t in tickets:
        t.refresh_from_db()
    assert [t.statut for t in tickets] == ["ATTENTE_DEMANDEUR", "RESOLU", "RESOLU"]
    assert pannes(caplog) == [f"assistance_en_panne {tickets[0].id}"]
    plus_tard = Acte(gt, FIN + timedelta(days=60))
    with mock.patch.object(nuit, "_verrouiller", return_value=None):  # somebody else is at it
        assert (relancer(acte=acte), clore_les_resolus(acte=plus_tard)) == (0, 0)
    assert (relancer(acte=acte), clore_les_resolus(acte=plus_tard)) == (1, 3)  # mended


def test_a_step_that_fails_stops_no_other_but_a_database_that_is_gone_does(db, monkeypatch, caplog) -> None:
    faits: list[str] = []
    for nom in tasks.ETAPES:
        monkeypatch.setitem(tasks.ETAPES, nom, lambda acte, nom=nom: faits.append(nom) or 0)
    monkeypatch.setitem(tasks.ETAPES, "relancer", mock.Mock(side_effect=NuitInachevee))
    with pytest.raises(NuitInachevee):
        tasks.nuit(0)
    assert faits == [nom for nom in tasks.ETAPES if nom != "relancer"]
    assert pannes(caplog) == ["assistance_en_panne relancer"]
    monkeypatch.setitem(tasks.ETAPES, "relancer", mock.Mock(side_effect=OperationalError))
    with pytest.raises(OperationalError):
        tasks.nuit(0)
    assert faits[-1] == "reprendre_les_mots"
