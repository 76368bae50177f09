"""A role that nobody uses: announced at five months, ended at six, never unannounced, whatever nights were missed."""

from collections import Counter
from datetime import date, timedelta
from unittest import mock

import pytest
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, transaction

from sne.habilitations.actions import noter_utilisation, passer_inactivite
from sne.habilitations.models import AvisInactivite, Compte, Habilitation, UsageDroit
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.inactivite import (
    DelaisInactivite,
    SuiteInactivite,
    inactive_depuis,
    retrait_prevu,
    suite_inactivite,
)
from sne.habilitations.selectors import acteur_de
from sne.habilitations.selectors.personnes import list_personnes
from sne.journal.models import Entree
from tests.habilitations import factories as f
from tests.registre.factories import midi

DELAIS = DelaisInactivite(avis_mois=5, retrait_mois=6, sursis_jours=7)
RIEN, AVERTIR, RETIRER = SuiteInactivite


@pytest.mark.parametrize(
    ("utilise", "cree", "debut", "attendu"),
    [
        (date(2026, 8, 31), date(2026, 1, 5), date(2026, 1, 5), date(2026, 8, 31)),
        (None, date(2026, 1, 5), date(2026, 1, 5), date(2026, 1, 5)),  # never used: from its creation
        (None, date(2026, 1, 5), date(2026, 7, 1), date(2026, 7, 1)),  # granted to an account that sleeps
        (date(2026, 2, 1), date(2026, 1, 5), date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_from_which_day_it_counts(utilise: date | None, cree: date, debut: date, attendu: date) -> None:
    assert inactive_depuis(derniere_utilisation=utilise, cree_le=cree, debut=debut) == attendu


@pytest.mark.decision("D-2024-07")
@pytest.mark.parametrize(
    ("depuis", "avis", "retrait"),
    [
        (date(2026, 8, 31), date(2027, 1, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 1, 31), date(2028, 2, 29)),  # leap year
        (date(2026, 9, 30), date(2027, 2, 28), date(2027, 3, 30)),
        (date(2026, 7, 2), date(2026, 12, 2), date(2027, 1, 2)),
    ],
)
def test_months_are_those_of_the_calendar(depuis: date, avis: date, retrait: date) -> None:
    veille = timedelta(days=1)
    assert suite_inactivite(depuis, DELAIS, le=avis - veille, retrait_annonce=None) is RIEN
    assert suite_inactivite(depuis, DELAIS, le=avis, retrait_annonce=None) is AVERTIR
    assert retrait_prevu(depuis, DELAIS, avise_le=avis) == retrait
    assert suite_inactivite(depuis, DELAIS, le=retrait - veille, retrait_annonce=retrait) is RIEN
    assert suite_inactivite(depuis, DELAIS, le=retrait, retrait_annonce=retrait) is RETIRER


def test_a_late_notice_leaves_some_days() -> None:
    assert retrait_prevu(date(2026, 1, 1), DELAIS, avise_le=date(2026, 9, 1)) == date(2026, 9, 8)
    assert suite_inactivite(date(2026, 1, 1), DELAIS, le=date(2026, 9, 1), retrait_annonce=None) is AVERTIR


DEPART = date(2027, 8, 31)


def passer(jour: date) -> Counter[SuiteInactivite]:
    return passer_inactivite(midi(jour))


@pytest.fixture
def dormeur() -> Compte:
    """An agent who signed in for the last time on 31 August."""
    compte = f.creer_agent(le=midi(date(2027, 1, 4)))
    noter_utilisation(compte.id, midi(DEPART))
    return compte


@pytest.mark.django_db
class TestPass:
    """The nightly pass, on a clock that the tests move."""

    def test_announced_then_ended_once_each(self, dormeur: Compte) -> None:
        assert passer(date(2028, 1, 30)) == {}
        assert passer(date(2028, 1, 31)) == {AVERTIR: 1}
        assert passer(date(2028, 1, 31)) == {}
        avis = AvisInactivite.objects.get(habilitation__compte=dormeur)
        assert (avis.depuis, avis.retrait_le) == (DEPART, date(2028, 2, 29))
        assert passer(date(2028, 2, 28)) == {}
        assert passer(date(2028, 2, 29)) == {RETIRER: 1}
        assert passer(date(2028, 2, 29)) == {}
        tenue = Habilitation.objects.get(compte=dormeur)
        assert (tenue.fin, tenue.motif_retrait) == (date(2028, 2, 29), MotifRetrait.INACTIVITE)
        dite = Entree.objects.filter(verbe="RETIRER_HABILITATION").latest("inscrit_le")
        assert dite.faits["motif"] == "INACTIVITE"
        assert dite.faits["depuis"] == "2027-08-31"
        assert dite.acteur["nom"] == "Service des habilitations"

    def test_whoever_signs_in_meanwhile_keeps_their_roles(self, dormeur: Compte) -> None:
        passer(date(2028, 1, 31))
        noter_utilisation(dormeur.id, midi(date(2028, 2, 20)))
        assert passer(date(2028, 2, 29)) == {}
        assert passer(date(2028, 7, 20)) == {AVERTIR: 1}  # five months later, all over again
        assert passer(date(2028, 8, 20)) == {RETIRER: 1}

    def test_after_an_outage_one_pass_announces_and_leaves_a_week(self, dormeur: Compte) -> None:
        assert passer(date(2028, 6, 1)) == {AVERTIR: 1}
        assert passer(date(2028, 6, 7)) == {}
        assert passer(date(2028, 6, 9)) == {RETIRER: 1}
        assert Habilitation.objects.get(compte=dormeur).fin == date(2028, 6, 9)

    def test_a_pass_stopped_in_the_middle_goes_on(self, dormeur: Compte) -> None:
        autre = f.creer_agent(le=midi(date(2027, 1, 4)), guichet="G0991")
        noter_utilisation(autre.id, midi(DEPART))
        faits: list[object] = []

        def tomber(compte: Compte, *_: object) -> None:
            faits.append(compte)
            if len(faits) == 2:
                raise RuntimeError("coupure")

        with (
            mock.patch("sne.habilitations.actions.inactivite.annoncer_inactivite", side_effect=tomber),
            pytest.raises(RuntimeError),
        ):
            passer(date(2028, 1, 31))
        assert AvisInactivite.objects.count() == 1
        assert passer(date(2028, 1, 31)) == {AVERTIR: 1}
        assert AvisInactivite.objects.count() == 2

    def test_never_used_counts_from_creation_and_a_later_role_from_its_grant(self) -> None:
        cree = midi(date(2027, 1, 4))
        compte = f.creer_agent(le=cree)
        f.habiliter(
            compte, Role.AGENT_GUICHET, territoire="099", guichet="G0991", le=cree + relativedelta(months=5)
        )
        assert passer(date(2027, 6, 4)) == {AVERTIR: 1}
        assert passer(date(2027, 7, 4)) == {RETIRER: 1}
        assert [h.guichet for h in Habilitation.objects.filter(compte=compte, fin=None)] == ["G0991"]
        assert passer(date(2027, 11, 4)) == {AVERTIR: 1}

    def test_reopening_is_a_new_role(self, dormeur: Compte) -> None:
        passer(date(2028, 1, 31))
        passer(date(2028, 2, 29))
        assert acteur_de(dormeur, le=date(2028, 3, 1)).mandats == ()
        f.habiliter(dormeur, Role.AGENT_GUICHET, territoire="099", guichet="G0993", le=midi(date(2028, 3, 2)))
        assert passer(date(2028, 3, 2)) == {}  # the account sleeps, the role has just begun
        assert passer(date(2028, 8, 2)) == {AVERTIR: 1}
        with pytest.raises(DatabaseError, match="ne se recule pas"), transaction.atomic():
            Habilitation.objects.filter(compte=dormeur, motif_retrait="INACTIVITE").update(fin=None)

    def test_an_interface_in_use_never_signs_in_and_keeps_its_role(self) -> None:
        compte, endormi = (f.creer_agent(le=midi(date(2027, 1, 4))) for _ in range(2))
        agit = date(2027, 6, 1)
        for le in (agit - timedelta(days=9), agit):
            UsageDroit.objects.create(
                territoire="099",
                compte=compte.id,
                role="AGENT_GUICHET",
                guichet="G0993",
                verbe="MODIFIER" if le == agit else "CONSULTER",
                dernier_le=midi(le),
            )
        assert passer(date(2027, 6, 4)) == {AVERTIR: 1}
        assert AvisInactivite.objects.get().habilitation.compte == endormi
        assert passer(date(2027, 7, 4)) == {RETIRER: 1}
        recu = midi(date(2027, 7, 4))
        gt = f.creer_gestionnaire(le=recu)
        lues, _ = list_personnes(f.acteur(gt, le=recu), le=date(2027, 7, 4))
        assert {ligne.derniere_utilisation for ligne in lues if ligne.compte_id == compte.id} == {agit}
        assert passer(date(2027, 11, 1)) == {AVERTIR: 1}  # five months after its last act

    def test_the_last_use_only_moves_on(self, dormeur: Compte) -> None:
        noter_utilisation(dormeur.id, midi(date(2027, 1, 5)))
        dormeur.refresh_from_db()
        assert dormeur.derniere_utilisation == midi(DEPART)

    def test_nothing_is_ended_when_the_journal_fails(self, dormeur: Compte) -> None:
        passer(date(2028, 1, 31))
        with (
            mock.patch("sne.habilitations.actions.retraits.inscrire", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError),
        ):
            passer(date(2028, 2, 29))
        assert Habilitation.objects.get(compte=dormeur).fin is None
