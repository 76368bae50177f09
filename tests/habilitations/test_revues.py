"""Campaigns of review: who answers for whom, what each answer does, what silence does, and what the database keeps."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sne.habilitations.actions import (
    OuvertureRevue,
    clore_revues,
    echoir_suspensions,
    lier_comptes,
    noter_utilisation,
    ouvrir_revue,
    ouvrir_revue_nationale,
    passer_inactivite,
    rappeler_revues,
    relever_usages,
    repondre_revue,
)
from sne.habilitations.models import (
    CampagneRevue,
    Carence,
    Compte,
    Habilitation,
    LigneRevue,
    Reduction,
    ReponseRevue,
    Suspension,
    UsageDroit,
)
from sne.habilitations.rules import MotifRetrait, Permission, Role
from sne.habilitations.rules.revues import (
    CodeModele,
    Reponse,
)
from sne.habilitations.selectors import acteur_de, get_compte_de_session, list_mes_habilitations, list_postes
from sne.habilitations.selectors.histoire import get_personne
from sne.habilitations.selectors.revues import (
    get_campagne,
    list_campagnes,
    list_campagnes_closes,
    list_lignes,
    list_territoires_tenus,
)
from sne.habilitations.tasks import passer_les_droits
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.models import Entree
from sne.journal.rules import Entree as AEcrire
from sne.notifications.models import MessageAgent
from sne.registre.vie.verbes import VerbeVie
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui
from tests.habilitations import factories as f
from tests.journal.test_journal import tout_sceller
from tests.registre.factories import midi

LE = date(2026, 11, 24)
CONSERVER, REDUIRE, RETIRER = Reponse


class Equipe:
    """One guichet with its manager, its territory's manager, and national operation."""

    def __init__(self) -> None:
        le = midi(LE - timedelta(days=40))
        self.agent = f.creer_agent(le=le)
        self.collegue = f.creer_agent(le=le)
        self.responsable = f.creer_responsable(le=le)
        self.gt = f.creer_gestionnaire(le=le)
        self.exploitant = f.creer_exploitation(le=le)
        for compte in (self.agent, self.responsable, self.gt, self.exploitant):
            noter_utilisation(compte.id, midi(LE - timedelta(days=3)))

    def ouvrir(self, **lieu: Any) -> CampagneRevue:
        ouverture = OuvertureRevue(**{"territoire": "099", **lieu})
        return CampagneRevue.objects.get(id=ouvrir_revue(ouverture, acte=Acte(acteur(self.gt), midi(LE))))


def acteur(compte: Compte, *, le: date = LE) -> Acteur:
    return acteur_de(compte, le=le, correlation=uuid.uuid4())


def ouvrir_partout(par: Compte, *, le: date = LE) -> int:
    """The national campaign, asked for on the day of the tests and opened on ``le``."""
    return sum(ouvrir_ici(territoire, par, le=le) for territoire in list_territoires_tenus(le=le))


def ouvrir_ici(territoire: str, par: Compte, *, le: date = LE) -> bool:
    return ouvrir_revue_nationale(
        territoire,
        CodeModele.NATIONALE_2024,
        demandee_le=LE,
        acte=Acte(acteur(par, le=le), midi(le)),
    )


def ligne(compte: Compte, role: Role | None = None) -> LigneRevue:
    lignes = LigneRevue.objects.filter(habilitation__compte=compte)
    return (lignes.filter(habilitation__role=role) if role else lignes).latest("id")


def repondre(
    compte: Compte, par: Compte, reponse: Reponse, motif: str = "Vu avec son service", le: date = LE
) -> None:
    repondre_revue(
        ligne(compte).id,
        reponse=reponse,
        motif=motif,
        vus=ligne(compte).jamais,
        acte=Acte(acteur(par, le=le), midi(le)),
    )


@pytest.fixture
def equipe() -> Equipe:
    return Equipe()


@pytest.mark.django_db
class TestReview:
    """A campaign of a territory, from its opening to what silence leaves."""

    def test_opening_asks_each_reviewer_for_their_lines(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir()
        assert campagne.limite == LE + timedelta(days=21)
        assert campagne.lignes.count() == 4  # two agents, a manager, the territory's manager
        assert ligne(equipe.collegue).derniere_utilisation is None
        assert ligne(equipe.agent).derniere_utilisation == LE - timedelta(days=3)
        assert "DEMANDE_RADIER" in ligne(equipe.agent).jamais
        ecrits = MessageAgent.objects.filter(genre="REVUE_A_FAIRE").values_list("compte", flat=True)
        assert set(ecrits) == {equipe.responsable.id, equipe.gt.id, equipe.exploitant.id}
        assert Entree.objects.get(verbe="OUVRIR_REVUE").faits["lignes"] == 4

    @pytest.mark.parametrize(
        ("lieu", "champ"),
        [
            ({"territoire": "098"}, "territoire"),
            ({"guichet": "ZZZZZ"}, "guichet"),
            ({"guichet": "G0991"}, "guichet"),  # nobody there
            ({"limite": LE}, "limite"),
            ({}, "guichet"),  # open already
        ],
    )
    def test_opening_refused_by_state(self, equipe: Equipe, lieu: dict[str, Any], champ: str) -> None:
        if not lieu:
            equipe.ouvrir()
        par = acteur(equipe.exploitant)
        with pytest.raises(Interdit) as refus:
            ouvrir_revue(OuvertureRevue(**{"territoire": "099", **lieu}), acte=Acte(par, midi(LE)))
        assert refus.value.champ == champ

    def test_opening_refused_by_person(self, equipe: Equipe) -> None:
        for compte, lieu in ((equipe.responsable, "099"), (equipe.gt, "02B"), (equipe.gt, "")):
            with pytest.raises(NonHabilite, match="ouvrir de revue"):
                ouvrir_revue(OuvertureRevue(lieu), acte=Acte(acteur(compte), midi(LE)))
        with pytest.raises(NonHabilite):
            ouvrir_partout(equipe.gt)

    def test_the_national_campaign_opens_everywhere_once(self, equipe: Equipe) -> None:
        f.creer_agent(territoire="02B", guichet="GD2B1", le=midi(LE))
        for attendu in (3, 0):  # two territories and the nation
            assert ouvrir_partout(equipe.exploitant, le=LE + timedelta(days=1)) == attendu
        assert set(CampagneRevue.objects.values_list("limite", flat=True)) == {date(2027, 8, 23)}

    def test_a_territory_that_fails_leaves_nothing_behind(self, equipe: Equipe) -> None:
        with (
            mock.patch(
                "sne.habilitations.actions.revues.ouvrir.inscrire", side_effect=RuntimeError("journal")
            ),
            pytest.raises(RuntimeError, match="journal"),
        ):
            ouvrir_ici("099", equipe.exploitant)
        assert not CampagneRevue.objects.exists()
        assert not LigneRevue.objects.exists()

    def test_a_territory_opened_meanwhile_stops_nothing(self, equipe: Equipe) -> None:
        assert ouvrir_partout(equipe.exploitant) == 2
        with mock.patch("sne.habilitations.actions.revues.ouvrir.is_revue_ouverte", return_value=False):
            assert ouvrir_partout(equipe.exploitant) == 0

    def test_each_answers_for_those_of_their_reach(self, equipe: Equipe) -> None:
        equipe.ouvrir()
        repondre(equipe.agent, equipe.responsable, CONSERVER)
        with pytest.raises(NonHabilite, match="propre accès"):
            repondre(equipe.responsable, equipe.responsable, CONSERVER)
        autre = f.creer_responsable(le=midi(LE))
        with pytest.raises(NonHabilite, match="répondre pour cette personne"):
            repondre(equipe.responsable, autre, CONSERVER)
        repondre(equipe.responsable, equipe.gt, CONSERVER)
        with pytest.raises(Introuvable):
            repondre(equipe.agent, equipe.collegue, CONSERVER)
        ailleurs = f.creer_gestionnaire(territoire="02B", le=midi(LE))
        with pytest.raises(Introuvable):
            repondre(equipe.agent, ailleurs, CONSERVER)
        repondre(equipe.gt, equipe.exploitant, CONSERVER)

    def test_nobody_answers_for_another_account_of_theirs(self, equipe: Equipe) -> None:
        equipe.ouvrir()
        lier_comptes(equipe.responsable.id, equipe.agent.id, acte=Acte(f.SYSTEME, midi(LE)))
        with pytest.raises(NonHabilite, match="propre accès"):
            repondre(equipe.agent, equipe.responsable, CONSERVER)
        with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
            ReponseRevue.objects.create(
                territoire="099",
                ligne=ligne(equipe.agent),
                reponse="CONSERVER",
                auteur=equipe.responsable.id,
                survenu_le=midi(LE),
            )

    def test_taking_away_ends_the_role_at_once(self, equipe: Equipe) -> None:
        equipe.ouvrir()
        repondre(equipe.agent, equipe.responsable, CONSERVER)
        repondre(equipe.agent, equipe.responsable, RETIRER)  # changed their mind in time
        tenue = Habilitation.objects.get(compte=equipe.agent)
        assert (tenue.fin, tenue.motif_retrait) == (LE, MotifRetrait.REVUE)
        assert MessageAgent.objects.filter(compte=equipe.agent.id, genre="HABILITATIONS_TERMINEES").exists()
        with pytest.raises(Interdit, match="déjà terminée"):
            repondre(equipe.agent, equipe.responsable, CONSERVER)
        assert ReponseRevue.objects.count() == 2

    def test_reducing_takes_rights_never_used(self, equipe: Equipe) -> None:
        UsageDroit.objects.create(
            territoire="099",
            compte=equipe.agent.id,
            role="AGENT_GUICHET",
            guichet="G0993",
            verbe="RADIER",
            dernier_le=midi(LE),
        )
        equipe.ouvrir()
        assert "DEMANDE_RADIER" not in ligne(equipe.agent).jamais
        repondre(equipe.agent, equipe.responsable, REDUIRE)
        apres = acteur(equipe.agent)
        assert apres.peut(Permission.DEMANDE_RADIER)
        assert apres.peut(Permission.DEMANDE_LIRE)
        assert not apres.peut(Permission.DEMANDE_RENOUVELER)
        lu = get_compte_de_session(str(equipe.agent.id), le=LE)
        assert lu is not None
        assert acteur(lu).mandats == apres.mandats
        assert list_mes_habilitations(equipe.agent, le=LE)[0].retires
        with pytest.raises(Interdit, match="aucun droit à réduire"):
            repondre(equipe.agent, equipe.responsable, REDUIRE)
        assert Entree.objects.get(verbe="REDUIRE_HABILITATION").faits["compte"] == str(equipe.agent.id)

    def test_silence_suspends_and_a_late_keep_gives_back(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        repondre(equipe.collegue, equipe.responsable, CONSERVER)
        assert clore_revues(midi(campagne.limite)) == 0
        lendemain = campagne.limite + timedelta(days=1)
        assert clore_revues(midi(lendemain)) == 2
        assert clore_revues(midi(lendemain)) == 0
        assert list_postes(equipe.agent, le=lendemain) == ()
        lu = get_compte_de_session(str(equipe.agent.id), le=lendemain)
        assert lu is not None
        assert acteur(lu, le=lendemain).mandats == ()
        assert list_mes_habilitations(equipe.agent, le=lendemain)[0].suspendue
        assert Carence.objects.get(comblee_le=None).genre == "SANS_RESPONSABLE"
        repondre(equipe.responsable, equipe.gt, CONSERVER, le=lendemain)
        assert not Carence.objects.filter(comblee_le=None).exists()
        assert acteur(equipe.responsable, le=lendemain).mandats
        with pytest.raises(Interdit, match="revue est terminée"):
            repondre(equipe.collegue, equipe.responsable, RETIRER, le=lendemain)
        suspension = Suspension.objects.get(levee_le=None)
        assert echoir_suspensions(midi(suspension.expire_le - timedelta(days=1))) == 0
        assert echoir_suspensions(midi(suspension.expire_le)) == 1
        assert echoir_suspensions(midi(suspension.expire_le)) == 0
        tenue = Habilitation.objects.get(compte=equipe.agent)
        assert (tenue.fin, tenue.motif_retrait) == (suspension.expire_le, MotifRetrait.REVUE)

    def test_a_suspended_role_may_be_taken_away_before_its_day(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        apres = campagne.limite + timedelta(days=1)
        clore_revues(midi(apres))
        repondre(equipe.agent, equipe.gt, RETIRER, le=apres)
        assert Suspension.objects.get(habilitation__compte=equipe.agent).issue == "RETIREE"
        assert echoir_suspensions(midi(apres + timedelta(days=60))) == 2

    def test_a_role_ended_meanwhile_ends_once(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        apres = campagne.limite + timedelta(days=1)
        clore_revues(midi(apres))
        Habilitation.objects.filter(compte=equipe.agent).update(fin=apres)
        f.dire_les_retraits(equipe.agent)
        assert echoir_suspensions(midi(apres + timedelta(days=60))) == 2
        assert not Suspension.objects.filter(levee_le=None).exists()

    def test_who_nobody_else_could_review_is_not_suspended(self, equipe: Equipe) -> None:
        par = acteur(equipe.exploitant)
        campagne_id = ouvrir_revue(OuvertureRevue(), acte=Acte(par, midi(LE)))
        assert clore_revues(midi(LE + timedelta(days=30))) == 0
        assert CampagneRevue.objects.get(id=campagne_id).close_le is not None
        assert Entree.objects.get(verbe="CLORE_REVUE").faits["sans_relecteur"] == 1

    def test_an_answer_given_while_it_closes_counts(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        lues = list(campagne.lignes.select_related("habilitation__compte"))
        with mock.patch(
            "sne.habilitations.actions.revues.clore.lignes_sans_reponse",
            side_effect=[lues, *[LigneRevue.objects.none()] * 3],
        ):
            assert clore_revues(midi(campagne.limite + timedelta(days=1))) == 0

    def test_another_pass_may_have_closed_it_meanwhile(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        apres = midi(campagne.limite + timedelta(days=1))

        def devancer(*_: object) -> bool:
            CampagneRevue.objects.filter(close_le=None).update(close_le=apres)
            return False

        with mock.patch("sne.habilitations.actions.revues.clore._suspendre", side_effect=devancer):
            assert clore_revues(apres) == 0
        assert not Entree.objects.filter(verbe="CLORE_REVUE").exists()

    def test_a_role_kept_meanwhile_is_not_taken_away(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        apres = campagne.limite + timedelta(days=1)
        clore_revues(midi(apres))

        def conserver(compte: Compte, *_: object, **__: object) -> None:
            for suspension in Suspension.objects.filter(levee_le=None):
                Suspension.objects.filter(id=suspension.id).update(
                    levee_le=midi(apres), levee_par=equipe.gt.id, issue="RETABLIE"
                )
                f.dire(VerbeHabilitation.RETABLIR_HABILITATION, habilitation=suspension.habilitation_id)

        with mock.patch("sne.habilitations.actions.revues.clore.annoncer_retraits", side_effect=conserver):
            assert echoir_suspensions(midi(apres + timedelta(days=60))) == 1

    def test_the_history_tells_everything_that_a_right_went_through(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        repondre(equipe.collegue, equipe.responsable, REDUIRE)
        apres = campagne.limite + timedelta(days=1)
        clore_revues(midi(apres) - timedelta(hours=1))
        repondre(equipe.agent, equipe.gt, CONSERVER, le=apres)
        passer_inactivite(midi(date(2027, 4, 20)))
        dits = {
            compte.id: [fait.phrase.partition("\u00a0:")[0].partition(",")[0] for fait in droit.faits]
            for compte in (equipe.agent, equipe.collegue, equipe.responsable)
            for droit in get_personne(compte.id, acteur(equipe.gt), le=apres).droits
        }
        assert dits[equipe.collegue.id][:3] == ["Accordée", "Revue", "Droits retirés"]
        assert dits[equipe.agent.id][:4] == ["Accordée", "Suspendue", "Revue", "Rétablie"]
        etats = {d.etat for d in get_personne(equipe.responsable.id, acteur(equipe.gt), le=apres).droits}
        assert etats == {"Suspendue"}
        assert any("Fin annoncée" in phrase for phrase in dits[equipe.collegue.id])

    def test_reminders_go_once_to_those_who_have_not_answered(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        rappels = MessageAgent.objects.filter(genre="REVUE_A_FAIRE").exclude(origine__endswith=":0")
        assert rappeler_revues(midi(campagne.limite - timedelta(days=8))) == 0
        repondre(equipe.responsable, equipe.gt, CONSERVER)
        for _ in range(2):
            assert rappeler_revues(midi(campagne.limite - timedelta(days=7))) == 1
        assert set(rappels.values_list("compte", flat=True)) == {equipe.responsable.id}
        assert rappeler_revues(midi(campagne.limite)) == 1
        assert rappels.count() == 2

    def test_each_sees_their_lines_and_may_answer_theirs(
        self, equipe: Equipe, django_assert_num_queries: Any
    ) -> None:
        campagne = equipe.ouvrir()
        (lue,) = list_campagnes(acteur(equipe.responsable), le=LE)
        assert (lue.id, lue.total, lue.repondues, lue.restent) == (campagne.id, 3, 0, 3)
        assert list_campagnes(acteur(equipe.agent), le=LE) == ()
        assert list_campagnes_closes(acteur(equipe.gt), le=LE) == ((), 0)
        par = acteur(equipe.gt)
        lue = get_campagne(campagne.id, par, le=LE)
        with django_assert_num_queries(6):
            lignes = list_lignes(lue, par, le=LE)
        assert {ligne.personne for ligne in lignes if ligne.la_sienne} == {str(equipe.gt)}
        assert sum(ligne.a_repondre for ligne in lignes) == 3
        with pytest.raises(Introuvable):
            get_campagne(campagne.id, acteur(equipe.agent), le=LE)
        repondre(equipe.collegue, equipe.gt, CONSERVER)  # never used, and answered: others come first
        with mock.patch(
            "sne.habilitations.selectors.revues.AU_PLUS", 2
        ):  # one's own, which waits for ever, too
            montrees = list_lignes(lue, par, le=LE)
        assert {ligne.compte_id for ligne in montrees} == {equipe.agent.id, equipe.responsable.id}
        Habilitation.objects.filter(compte=equipe.agent).update(
            fin=LE, motif_retrait="ERREUR", retiree_par=equipe.gt.id, retiree_le=midi(LE)
        )
        f.dire_les_retraits(equipe.agent)
        with mock.patch("sne.habilitations.selectors.revues.AU_PLUS", 1):
            (seule,) = list_lignes(lue, par, le=LE)
        assert seule.compte_id == equipe.responsable.id
        equipe.ouvrir(guichet="G0993")
        with django_assert_num_queries(2):
            assert [c.total for c in list_campagnes(par, le=LE)] == [lue.total, 2]

    @pytest.mark.parametrize("ou", ["repondre", "retraits"])
    def test_nothing_is_answered_when_the_journal_fails(self, equipe: Equipe, ou: str) -> None:
        equipe.ouvrir()
        chemin = "revues.repondre" if ou == "repondre" else "retraits"
        with (
            mock.patch(f"sne.habilitations.actions.{chemin}.inscrire", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError, match="journal"),
        ):
            repondre(equipe.agent, equipe.responsable, RETIRER)
        assert not ReponseRevue.objects.exists()
        assert Habilitation.objects.get(compte=equipe.agent).fin is None

    def test_the_past_is_not_rewritten(self, equipe: Equipe) -> None:
        campagne = equipe.ouvrir(guichet="G0993")
        repondre(equipe.collegue, equipe.responsable, REDUIRE)
        clore_revues(midi(campagne.limite + timedelta(days=1)))
        interdits = [
            lambda: ReponseRevue.objects.update(reponse="CONSERVER"),
            lambda: Reduction.objects.all()._raw_delete("default"),
            lambda: LigneRevue.objects.update(jamais=[]),
            lambda: CampagneRevue.objects.update(limite=LE),
            lambda: CampagneRevue.objects.update(close_le=midi(LE)),
        ]
        for interdit in interdits:
            with pytest.raises(DatabaseError), transaction.atomic():
                interdit()


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_added_up_once() -> None:
    agent = acteur_de(f.creer_agent(), le=aujourd_hui())
    interface = replace(agent, canal=Canal.INTERFACE)
    for par, verbe, le in (
        (interface, VerbeVie.RADIER, LE),
        (agent, VerbeVie.RADIER, LE - timedelta(days=1)),
        (agent, VerbeHabilitation.CONNEXION, LE),
    ):
        inscrire(AEcrire(verbe, Acte(par, midi(le)), "099", role="AGENT_GUICHET"))
    tout_sceller()
    assert relever_usages() > 0
    assert relever_usages() == 0
    usage = UsageDroit.objects.get()  # neither what the service did, nor what no right stands for
    assert (usage.compte, usage.guichet, usage.verbe) == (agent.id, "G0993", "RADIER")
    assert usage.dernier_le == midi(LE)
    passer_les_droits(0)  # what the worker runs, on a journal that is added up already
    assert UsageDroit.objects.count() == 1
