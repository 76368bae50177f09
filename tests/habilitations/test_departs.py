"""Somebody leaves: rights ended within reach, sessions closed, work handed over; refusals, and nothing by halves."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from sne.habilitations.actions import (
    DepartDit,
    confier_les_restes,
    constater_depart,
    executer_departs,
    lier_comptes,
)
from sne.habilitations.models import Compte, Depart, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.habilitations.rules.departs import MotifDepart, refus_du_depart
from sne.habilitations.selectors.departs import preparer_depart
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.registre.modification.models import Brouillon
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f
from tests.verrous import verrous

LE = date(2026, 11, 24)
COMPLET: dict[str, Any] = {
    "motif": MotifDepart.MUTATION,
    "precision": "",
    "effet": LE,
    "le": LE,
    "a_confier": False,
    "reprenable": True,
    "confie": False,
}


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({}, None),
        ({"effet": LE - timedelta(days=1)}, "effet"),
        ({"motif": MotifDepart.AUTRE}, "precision"),
        ({"motif": MotifDepart.AUTRE, "precision": "Disponibilité"}, None),
        ({"precision": "x" * 201}, "precision"),
        ({"a_confier": True}, "successeur"),
        ({"a_confier": True, "confie": True}, None),
        ({"a_confier": True, "reprenable": False}, None),  # nobody there: rights end all the same
    ],
)
def test_what_a_departure_needs(change: dict[str, Any], champ: str | None) -> None:
    refus = refus_du_depart(**{**COMPLET, **change})
    assert (refus[0] if refus else None) == champ


def partir(compte: Compte, par: Acteur, **autres: Any) -> int:
    dit = replace(DepartDit(compte.id, aujourd_hui(), MotifDepart.MUTATION), **autres)
    return constater_depart(dit, acte=Acte(par, maintenant()))


@pytest.mark.django_db
class TestDeparture:
    """The act, by a manager and by the territory's."""

    def test_work_is_handed_over_and_rights_end(self) -> None:
        gt, agent, collegue = f.creer_gestionnaire(), f.creer_agent(), f.creer_agent()
        brouillon = f.ouvrir_une_saisie(agent)
        prepare = preparer_depart(agent.id, f.acteur(gt), le=aujourd_hui())
        assert [d.libelle for d in prepare.detenus] == ["1 saisie en cours"]
        assert prepare.a_confier
        assert [c.compte_id for c in prepare.collegues] == [collegue.id]
        assert prepare.carences == ()
        with pytest.raises(Interdit, match="À qui confier") as refus:
            partir(agent, f.acteur(gt))
        assert refus.value.champ == "successeur"
        assert partir(agent, f.acteur(gt), successeur_id=collegue.id) == 1
        tenue = Habilitation.objects.get(compte=agent)
        assert (tenue.fin, tenue.motif_retrait) == (aujourd_hui(), MotifRetrait.DEPART)
        assert Brouillon.objects.get(id=brouillon).auteur == collegue.id
        depart = Depart.objects.get()
        assert depart.execute_le is not None
        dite = Entree.objects.get(verbe="EXECUTER_DEPART")
        assert dite.faits["confies"]["registre"] == 1
        assert Entree.objects.get(verbe="CONSTATER_DEPART").faits["habilitations"] == [str(tenue.id)]
        assert MessageAgent.objects.filter(compte=agent.id, genre="HABILITATIONS_TERMINEES").count() == 1
        with pytest.raises(Interdit, match="n’a plus d’habilitation"):
            partir(agent, f.acteur(gt))

    def test_nobody_ends_one_of_its_roles_meanwhile(self) -> None:
        gt, agent = f.creer_gestionnaire(), f.creer_agent()
        with verrous() as pris:
            partir(agent, f.acteur(gt))
        assert [table for table, _ in pris][:2] == ["compte", "habilitation"]

    def test_sessions_close_at_once(self, client: Client) -> None:
        gt, agent = f.creer_gestionnaire(), f.creer_agent()
        f.habiliter(agent, Role.AGENT_GUICHET, territoire="02B", guichet="GD2B1")
        f.connecter(client, agent)
        assert client.get(reverse("mon-compte")).status_code == 200
        partir(agent, f.acteur(gt))
        reponse = client.get(reverse("mon-compte"), follow=True)
        assert "Votre session a été fermée" in reponse.content.decode()
        assert (
            Habilitation.objects.get(compte=agent, territoire="02B").fin is None
        )  # out of the actor's reach

    def test_on_a_day_to_come_rights_end_then_and_the_night_hands_over(self) -> None:
        gt, agent, collegue = f.creer_gestionnaire(), f.creer_agent(), f.creer_agent()
        brouillon, jour = f.ouvrir_une_saisie(agent), aujourd_hui() + timedelta(days=10)
        partir(agent, f.acteur(gt), effet=jour, successeur_id=collegue.id)
        assert Habilitation.objects.get(compte=agent).fin == jour
        assert executer_departs(maintenant()) == 0
        assert Brouillon.objects.get(id=brouillon).auteur == agent.id
        assert executer_departs(maintenant() + timedelta(days=10)) == 1
        assert executer_departs(maintenant() + timedelta(days=10)) == 0
        assert Brouillon.objects.get(id=brouillon).auteur == collegue.id
        with pytest.raises(DatabaseError, match="déjà exécuté"), transaction.atomic():
            Depart.objects.update(execute_le=maintenant())

    def test_whoever_took_over_may_have_left_too(self) -> None:
        gt, agent, collegue = f.creer_gestionnaire(), f.creer_agent(), f.creer_agent()
        brouillon, jour = f.ouvrir_une_saisie(agent), aujourd_hui() + timedelta(days=10)
        partir(agent, f.acteur(gt), effet=jour, successeur_id=collegue.id)
        partir(collegue, f.acteur(gt))
        executer_departs(maintenant() + timedelta(days=10))
        assert Entree.objects.filter(verbe="EXECUTER_DEPART").latest("survenu_le").faits["successeur"] is None
        assert Brouillon.objects.get(id=brouillon).auteur == agent.id

    def test_the_last_manager_may_leave_never_silently(self) -> None:
        gt, responsable, _ = f.creer_gestionnaire(), f.creer_responsable(), f.creer_agent()
        prepare = preparer_depart(responsable.id, f.acteur(gt), le=aujourd_hui())
        assert len(prepare.carences) == 1
        assert prepare.carences[0].endswith("(G0993)\u00a0: sans responsable de guichet")
        partir(responsable, f.acteur(gt))
        assert MessageAgent.objects.filter(compte=gt.id, genre="LIEUX_SANS_RESPONSABLE").count() == 1

    def test_a_manager_says_it_of_their_guichet_and_the_night_of_nobody_else(self) -> None:
        responsable, agent, ailleurs = f.creer_responsable(), f.creer_agent(), f.creer_agent(guichet="G0991")
        assert partir(agent, f.acteur(responsable)) == 1
        for compte in (ailleurs, f.creer_agent(territoire="02B", guichet="GD2B1")):
            with pytest.raises(Introuvable):
                partir(compte, f.acteur(responsable))
        assert preparer_depart(ailleurs.id, f.acteur(responsable), le=aujourd_hui()).habilitations == ()
        with pytest.raises(Introuvable):
            partir(Compte(id=uuid.uuid4()), f.acteur(responsable))

    def test_a_manager_reaches_the_guichets_of_their_body(self) -> None:
        responsable, agence = f.creer_responsable(guichet="G0991"), f.creer_agent(guichet="G0992")
        assert partir(agence, f.acteur(responsable)) == 1

    def test_another_pass_may_have_done_it_meanwhile(self) -> None:
        gt, jour = f.creer_gestionnaire(), aujourd_hui() + timedelta(days=10)
        for _ in range(2):
            partir(f.creer_agent(), f.acteur(gt), effet=jour)

        def devancer(_: object) -> dict[str, int]:
            dernier = Depart.objects.latest("id")
            Depart.objects.filter(id=dernier.id, execute_le=None).update(execute_le=maintenant())
            return {}

        with mock.patch("sne.habilitations.actions.departs.confier_les_detenus", side_effect=devancer):
            assert executer_departs(maintenant() + timedelta(days=10)) == 1

    def test_the_night_hands_over_what_any_end_left(self) -> None:
        agent, le = f.creer_agent(), maintenant()
        brouillon = f.ouvrir_une_saisie(agent)
        assert confier_les_restes(le) == 0  # still there
        Habilitation.objects.filter(compte=agent).update(fin=aujourd_hui())
        f.dire_les_retraits(agent)
        assert confier_les_restes(le) == 0  # nobody to give it to, which is listed
        f.creer_agent()
        responsable = f.creer_responsable()
        assert confier_les_restes(le) == 1
        assert confier_les_restes(le) == 0
        assert Brouillon.objects.get(id=brouillon).auteur == responsable.id
        assert Entree.objects.get(verbe="CONFIER_TRAVAIL").faits["confies"]["registre"] == 1

    def test_national_roles_leave_no_place_behind(self) -> None:
        support = f.creer_support()
        assert partir(support, f.acteur(f.creer_exploitation())) == 1
        assert Depart.objects.get().territoire == ""

    def test_nobody_says_their_own_departure_under_any_account(self) -> None:
        gt, autre = f.creer_gestionnaire(), f.creer_agent()
        with pytest.raises(NonHabilite, match="votre propre départ"):
            partir(gt, f.acteur(gt))
        lier_comptes(gt.id, autre.id, acte=Acte(f.SYSTEME, maintenant()))
        with pytest.raises(NonHabilite, match="votre propre départ"):
            partir(autre, f.acteur(gt))
        with pytest.raises(DatabaseError, match="ne signale pas le sien"), transaction.atomic():
            Depart.objects.create(
                territoire="099",
                compte=autre,
                effet=LE,
                motif="RETRAITE",
                prononce_par=gt.id,
                prononce_le=maintenant(),
            )

    @pytest.mark.parametrize("successeur", ["ailleurs", "inconnu"])
    def test_work_goes_to_somebody_of_the_place(self, successeur: str) -> None:
        gt, agent = f.creer_gestionnaire(), f.creer_agent()
        cle = f.creer_agent(guichet="G0991").id if successeur == "ailleurs" else uuid.uuid4()
        with pytest.raises(Interdit, match="ne sert pas les mêmes lieux"):
            partir(agent, f.acteur(gt), successeur_id=cle)

    @pytest.mark.parametrize("ou", ["departs", "retraits", "carences"])
    def test_nothing_is_left_when_the_journal_fails(self, ou: str) -> None:
        gt, agent = f.creer_gestionnaire(), f.creer_agent()
        nom = "inscrire_en_lot" if ou == "carences" else "inscrire"
        panne: Callable[..., Any] = mock.Mock(side_effect=RuntimeError("journal"))
        with (
            mock.patch(f"sne.habilitations.actions.{ou}.{nom}", panne),
            pytest.raises(RuntimeError, match="journal"),
        ):
            partir(agent, f.acteur(gt))
        assert Habilitation.objects.get(compte=agent).fin is None
        assert not Depart.objects.exists()
