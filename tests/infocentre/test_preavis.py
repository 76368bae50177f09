"""Notices that reached nobody, beside the ends of validity that they tell of: once each, until another is given."""

from datetime import timedelta
from typing import Any

import pytest

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors import get_fraicheur, recalculer, sommer
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.rapports.rules.periodes import fin_du_mois
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.vie.actions import prevenir
from sne.registre.vie.actions.prevenir import noter_echec, prevenir_demande
from sne.socle.acte import Acte
from tests.infocentre.f1 import LIGNE, TERRITOIRE, midi
from tests.infocentre.histoires import Histoire
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
MESURES = ("ECHEANCES", "ECHEANCES_SANS_LECTEUR", "ECHEANCES_AVANT")
HORLOGE, SERVICE = horloge_du_registre(TERRITOIRE), service_du_registre(TERRITOIRE)


class Suivie:
    """A demande in the weeks before its validity ends, and what the lake says of that end."""

    def __init__(self) -> None:
        self.histoire = Histoire()
        self.demande = Demande.objects.get(id=self.histoire.demandes[0])
        self.histoire.jour = self.demande.date_expiration - timedelta(days=50)
        fin = fin_du_mois(self.demande.date_expiration)
        self.mois: dict[str, Any] = {"territoires": [TERRITOIRE], "du": fin.replace(day=1), "au": fin}

    def prevenir(self) -> None:
        self.histoire.jour += timedelta(days=1)
        acte = Acte(HORLOGE, midi(self.histoire.jour))
        self.preavis = prevenir_demande(self.demande.id, acte=acte)

    def rejeter(self) -> None:
        """Every channel refused it."""
        assert self.preavis
        assert noter_echec(self.preavis.entree, (), acte=Acte(SERVICE, midi(self.histoire.jour)))

    def lus(self) -> dict[str, int]:
        tout_sceller()
        verser(acte=Acte(service_du_lac(), f.MAINTENANT))
        assert list_ecarts() == []
        return sommer(MESURES, **self.mois)[LIGNE]


def test_a_notice_that_every_channel_refused_stays_beside_its_end_of_validity() -> None:
    suivie = Suivie()
    suivie.prevenir()
    assert suivie.lus() == {"ECHEANCES": 1}
    avant = get_fraicheur().scellement
    suivie.rejeter()
    assert suivie.lus() == {"ECHEANCES": 1, "ECHEANCES_SANS_LECTEUR": 1}
    assert recalculer(MESURES, scellement=avant, **suivie.mois)[LIGNE] == {"ECHEANCES": 1}
    suivie.histoire.jour -= timedelta(days=325)  # which renewing passes
    suivie.histoire.renouveler(0)
    assert suivie.lus() == {"ECHEANCES": 1, "ECHEANCES_SANS_LECTEUR": 1, "ECHEANCES_AVANT": 1}


def test_a_notice_that_could_not_be_given_then_was_reached_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    suivie = Suivie()
    with monkeypatch.context() as sans_adresse:
        sans_adresse.setattr(prevenir, "canaux_du_preavis", lambda _: ())
        suivie.prevenir()
    assert suivie.lus() == {"ECHEANCES": 1, "ECHEANCES_SANS_LECTEUR": 1}
    suivie.prevenir()
    assert suivie.lus() == {"ECHEANCES": 1}
    suivie.rejeter()
    assert suivie.lus() == {"ECHEANCES": 1, "ECHEANCES_SANS_LECTEUR": 1}
