"""Closing a case: by whom, about what, what opens it again; nothing without its entry; what the database holds."""

import uuid
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.controle.models import Operation
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.suivi.actions.classer import classer_dossier, classer_guichet
from sne.suivi.actions.consulter import consulter_agent, exporter_suivi
from sne.suivi.models import Classement
from sne.suivi.rules.classement import MOTIFS, MotifClassement, est_classe
from sne.suivi.rules.exports import Export
from sne.suivi.selectors.classements import list_classements
from sne.suivi.selectors.dossiers import get_dossier, list_dossiers
from sne.suivi.selectors.guichets import get_guichet_suivi, get_suivi_des_guichets
from tests.habilitations.factories import SYSTEME, acteur, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.identite.test_observer_identite import regarder
from tests.registre.pieces.pieces import joindre
from tests.suivi.activites import noter, territoire_ordinaire

pytestmark = pytest.mark.django_db
APRES = f.MAINTENANT + timedelta(hours=1)
LE = f.AUJOURD_HUI


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


@pytest.fixture
def responsable() -> Acteur:
    return f.creer_acteur(Role.RESPONSABLE_GUICHET, organisme="999000094")


@pytest.fixture
def acte(agent: Acteur) -> Operation:
    """The last act on a file to look at, at G0993."""
    return regarder(agent)


@pytest.fixture
def signale() -> None:
    """G0993 changes five times as many names as its size explains."""
    territoire_ordinaire()
    noter("G0993", 300, 20)


def classer(acte: Operation, qui: Acteur, motif: str = "CORRECTION_HONNETE") -> Classement:
    classement = classer_dossier(acte.demande_id, vu=acte.id, motif=motif, acte=Acte(qui, APRES))
    connection.check_constraints()
    return classement


def classer_g0993(
    qui: Acteur, motif: str = "CORRECTION_HONNETE", enquete: uuid.UUID | None = None, observes: int = 20
) -> Classement:
    vu = get_guichet_suivi("G0993", qui, le=LE).operation
    classement = classer_guichet(
        "G0993", vu=vu, observes=observes, motif=motif, enquete=enquete, acte=Acte(qui, APRES)
    )
    connection.check_constraints()
    return classement


def a_regarder(qui: Acteur) -> list[uuid.UUID]:
    return [d.operation for d in list_dossiers(qui, le=LE).dossiers]


def signales(qui: Acteur) -> list[str]:
    return [p.guichet for p in get_suivi_des_guichets(qui, le=LE).a_regarder]


def test_a_file_leaves_the_list_until_another_act(acte: Operation, gt: Acteur, agent: Acteur) -> None:
    assert a_regarder(gt) == [acte.id]
    assert list_dossiers(gt, le=LE).nombre == 1
    classement = classer(acte, gt)
    assert a_regarder(gt) == []
    assert (classement.guichet, classement.depuis) == ("G0993", LE - timedelta(days=120))
    entree = Entree.objects.get(verbe="CLASSER_SUIVI")
    assert (entree.demande, entree.faits) == (
        None,
        {"classement": str(classement.id), "motif": "CORRECTION_HONNETE"},
    )
    lu = get_dossier(acte.demande_id, gt, le=LE)
    assert lu.classement is not None
    assert [c.motif for c in list_classements(gt, le=LE)] == [MotifClassement.CORRECTION_HONNETE]
    joindre(acte.demande_id, acteur=agent, le=f.MAINTENANT + timedelta(minutes=5))
    dernier = Operation.objects.latest("survenu_le")
    assert a_regarder(gt) == [dernier.id]
    relu = get_dossier(acte.demande_id, gt, le=LE)
    assert (relu.classement, [c.id for c in relu.anciens]) == (None, [classement.id])


def test_what_was_read_is_what_is_closed(acte: Operation, gt: Acteur, agent: Acteur) -> None:
    joindre(acte.demande_id, acteur=agent, le=f.MAINTENANT + timedelta(minutes=5))
    with pytest.raises(Interdit, match="Un autre acte est arrivé"):
        classer(acte, gt)
    dernier = Operation.objects.latest("survenu_le")
    classer(dernier, gt)
    with pytest.raises(Interdit, match="déjà classé"):
        classer(dernier, gt)


@pytest.mark.parametrize("motif", ["", "AUTRE"])
def test_a_reason_of_the_list(acte: Operation, gt: Acteur, motif: str) -> None:
    with pytest.raises(Interdit, match="Choisissez le motif") as refus:
        classer(acte, gt, motif)
    assert refus.value.champ == "motif"


def test_confirmed_opens_an_enquiry_or_joins_the_open_one(acte: Operation, gt: Acteur, agent: Acteur) -> None:
    ouverte = classer(acte, gt, "CONFIRME").enquete
    assert ouverte is not None
    assert (ouverte.motif, ouverte.clos_le) == ("IDENTITE_REMPLACEE", None)
    joindre(acte.demande_id, acteur=agent, le=f.MAINTENANT + timedelta(minutes=5))
    assert classer(Operation.objects.latest("survenu_le"), gt, "CONFIRME").enquete_id == ouverte.id
    assert DossierEnquete.objects.count() == 1


def test_a_confirmed_case_tells_nothing_to_who_may_not_know_of_enquiries(
    acte: Operation, gt: Acteur, responsable: Acteur
) -> None:
    assert a_regarder(responsable) == [acte.id]
    classer(acte, gt, "CONFIRME")
    assert a_regarder(responsable) == [acte.id]
    assert list_classements(responsable, le=LE) == ()
    assert get_dossier(acte.demande_id, responsable, le=LE).classement is None


@pytest.mark.parametrize("role", [Role.RESPONSABLE_GUICHET, Role.AGENT_GUICHET])
def test_only_the_territorial_manager_closes(acte: Operation, signale: None, role: Role) -> None:
    autre = f.creer_acteur(role, organisme="999000094")
    erreur = NonHabilite if role is Role.RESPONSABLE_GUICHET else Introuvable
    with pytest.raises(erreur):
        classer(acte, autre)
    with pytest.raises(erreur):
        classer_g0993(autre)


def test_out_of_the_perimeter(acte: Operation, signale: None) -> None:
    ailleurs = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
    with pytest.raises(Introuvable):
        classer(acte, ailleurs)
    with pytest.raises(Introuvable):
        classer_g0993(ailleurs)
    voisin = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991", organisme="999000011")
    assert a_regarder(voisin) == []
    with pytest.raises(Introuvable):
        get_dossier(acte.demande_id, voisin, le=LE)
    with pytest.raises(Introuvable):
        get_guichet_suivi("G0993", voisin, le=LE)


def test_nobody_closes_what_they_did_under_any_account(signale: None) -> None:
    comptes = creer_agent(le=f.MAINTENANT), creer_gestionnaire(le=f.MAINTENANT)
    lier_comptes(comptes[0].id, comptes[1].id, acte=Acte(SYSTEME, f.MAINTENANT))
    agent, gt = (acteur(compte, le=f.MAINTENANT) for compte in comptes)
    acte = regarder(agent)
    with pytest.raises(Interdit, match="Une autre personne doit le classer"):
        classer(acte, gt)
    with pytest.raises(Interdit, match="Une autre personne doit le classer"):
        classer_g0993(gt)
    commun = {
        "territoire": "099",
        "guichet": "G0993",
        "depuis": LE - timedelta(days=60),
        "motif": "ERREUR_SAISIE",
        "auteur": gt.id,
        "classe_par": {},
        "survenu_le": APRES,
    }
    for objet in ({"demande_id": acte.demande_id, "operation": acte.id}, {"observes": 20}):
        with pytest.raises(IntegrityError, match="a saisi l’un des actes regardés"), transaction.atomic():
            Classement.objects.create(**commun, **objet)


def test_a_counter_leaves_until_a_risky_act_or_one_change_more(
    signale: None, gt: Acteur, agent: Acteur
) -> None:
    assert signales(gt) == ["G0993"]
    classer_g0993(gt)
    assert signales(gt) == []
    with pytest.raises(Interdit, match="déjà classé"):
        classer_g0993(gt)
    regarder(agent)
    assert signales(gt) == ["G0993"]


def test_only_a_counter_that_stands_out(gt: Acteur) -> None:
    territoire_ordinaire()
    noter("G0993", 300, 3)
    with pytest.raises(Interdit, match="n’est pas signalé"):
        classer_g0993(gt)


def test_a_counter_changed_since_it_was_read(signale: None, gt: Acteur) -> None:
    with pytest.raises(Interdit, match="Un autre acte est arrivé"):
        classer_g0993(gt, observes=19)


def test_a_counter_confirmed_is_left_to_an_open_enquiry(signale: None, gt: Acteur, acte: Operation) -> None:
    autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    close = enqueter(acte.demande_id, acteur=autre)
    clore_enquete(
        close,
        issue="CHANGEMENT_EXPLIQUE",
        motif="CONTACTS_CONFIRMES",
        precision="Vus",
        acte=Acte(autre, APRES),
    )
    for enquete in (None, close):
        with pytest.raises(Interdit, match="Choisissez l’enquête ouverte") as refus:
            classer_g0993(gt, "CONFIRME", enquete)
        assert refus.value.champ == "enquete"
    ouverte = enqueter(acte.demande_id, acteur=autre)
    assert [e.id for e in get_guichet_suivi("G0993", gt, le=LE).enquetes] == [ouverte]
    assert classer_g0993(gt, "CONFIRME", ouverte).enquete_id == ouverte


def test_small_counters_together(gt: Acteur) -> None:
    territoire_ordinaire(sauf=("G1027",))
    noter("G1027", 20, 9)
    assert signales(gt) == [""]
    lu = get_guichet_suivi("", gt, le=LE)
    assert (lu.membres, lu.fiche) == (("G1027",), None)
    classer_guichet("", vu=None, observes=9, motif="ERREUR_SAISIE", acte=Acte(gt, APRES))
    assert signales(gt) == []


def test_a_failing_journal_leaves_nothing(acte: Operation, signale: None, gt: Acteur) -> None:
    with mock.patch.object(journal, "inscrire", side_effect=RuntimeError):
        for geste in (
            lambda: classer(acte, gt, "CONFIRME"),
            lambda: classer_g0993(gt),
            lambda: exporter_suivi(Export.DOSSIERS, lignes=1, acte=Acte(gt, APRES)),
        ):
            with pytest.raises(RuntimeError), transaction.atomic():
                geste()
    assert not Classement.objects.exists()
    assert not DossierEnquete.objects.exists()


def test_the_database_keeps_it(acte: Operation, gt: Acteur) -> None:
    classement = classer(acte, gt)
    for interdit in (
        lambda: Classement.objects.update(motif="ERREUR_SAISIE"),
        lambda: Classement.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            interdit()
    champs = {c.attname: getattr(classement, c.attname) for c in Classement._meta.concrete_fields}
    autre = {**champs, "id": uuid.uuid4(), "operation": uuid.uuid4()}
    for manque, erreur in (
        ({}, "aucune entrée de journal"),
        ({"motif": "CONFIRME"}, "classement_confirme"),
        ({"motif": "AUTRE"}, "classement_motif"),
        ({"demande_id": None}, "classement_objet"),
        ({"operation": acte.id}, "classement_d_un_acte"),
    ):
        with pytest.raises(IntegrityError, match=erreur), transaction.atomic():
            Classement.objects.create(**autre | manque)
            connection.check_constraints()


def test_what_one_person_did_is_a_read_that_is_told(acte: Operation, gt: Acteur, agent: Acteur) -> None:
    noter("G0993", 300, 3)
    lu = consulter_agent("G0993", agent.id, acte=Acte(gt, APRES))
    assert {a.demande_id for a in lu.actes} == {acte.demande_id}
    assert [(a.personne, a.dossiers, a.noms) for a in lu.guichet.agents or ()] == [(agent.id, 1, 1)]
    entree = Entree.objects.get(verbe="CONSULTER_AGENT")
    assert entree.faits == {"guichet": "G0993", "personne": str(agent.id)}
    with pytest.raises(Introuvable):
        consulter_agent("G0993", f.inconnu(), acte=Acte(gt, APRES))
    with pytest.raises(Introuvable):
        consulter_agent("G0994", agent.id, acte=Acte(gt, APRES))


def test_a_manager_names_the_agents_of_their_own_counter(acte: Operation, agent: Acteur) -> None:
    noter("G0993", 300, 3)
    ici = f.creer_acteur(Role.RESPONSABLE_GUICHET, organisme="999000094")
    assert consulter_agent("G0993", agent.id, acte=Acte(ici, APRES)).nom == ""
    voisin = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G1030", organisme="999000094")
    assert get_guichet_suivi("G0993", voisin, le=LE).agents is None
    with pytest.raises(NonHabilite, match="lire le journal"):
        consulter_agent("G0993", agent.id, acte=Acte(voisin, APRES))


def test_a_table_taken_away_is_told_first(gt: Acteur) -> None:
    exporter_suivi(Export.GUICHETS, lignes=40, acte=Acte(gt, APRES))
    assert Entree.objects.get(verbe="EXPORTER_SUIVI").faits == {"tableau": "guichets", "lignes": 40}
    sans = replace(gt, mandats=())
    with pytest.raises(NonHabilite, match="exporter une liste"):
        exporter_suivi(Export.GUICHETS, lignes=40, acte=Acte(sans, APRES))


def test_every_reason_has_words() -> None:
    assert set(MOTIFS) == set(MotifClassement)


@pytest.mark.parametrize(
    ("memes_actes", "observes", "classe"), [(True, 20, True), (True, 19, True), (True, 21, False), (False, 20, False)]
)  # fmt: skip
def test_a_counter_stays_closed(memes_actes: bool, observes: int, classe: bool) -> None:
    vue = uuid.uuid4()
    assert classe is est_classe(
        operation_vue=vue,
        operation=vue if memes_actes else uuid.uuid4(),
        observes_vus=20,
        observes=observes,
    )
