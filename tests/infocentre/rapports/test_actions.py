"""Acts on reports: by two persons, possible when validated, refused while something depends on it, told."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from sne.infocentre.lac.selectors import Derriere
from sne.infocentre.moteur.lancer import MoteurEnPanne
from sne.infocentre.rapports import gardiens
from sne.infocentre.rapports.actions import decider
from sne.infocentre.rapports.actions.decider import proposer_decision, repondre_decision
from sne.infocentre.rapports.actions.lire import consulter_detail, noter_lecture, oublier_lectures
from sne.infocentre.rapports.models import Issue, LectureRapport, RapportDecision
from sne.infocentre.rapports.possible import exiger_definir, exiger_emporter, exiger_ouvrir, exiger_publier
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.vie import Decision, NatureDecision, SortColonne
from sne.infocentre.rapports.selectors import detail
from sne.infocentre.rapports.selectors.catalogue import list_catalogue
from sne.infocentre.rapports.selectors.comparaison import Paire, list_fautives
from sne.infocentre.rapports.selectors.detail import presenter_dossiers
from sne.infocentre.rapports.selectors.tableau import Demandee
from sne.infocentre.rapports.selectors.versions import Passage, get_rapport
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule
from sne.infocentre.rapports.tasks import lectures
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import debut_du_jour
from sne.socle.identifiants import uuid7
from tests.habilitations import factories as comptes
from tests.infocentre.rapports.scene import remplir
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
N = NatureDecision
AVRIL, MAI, JUIN = (debut_du_jour(date(2024, mois, 20)) for mois in (4, 5, 6))
PENDANT = debut_du_jour(date(2024, 5, 2))
VAL = Lieu(NatureLieu.TERRITOIRE, "099")


@pytest.fixture
def une() -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture
def autre() -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture(autouse=True)
def sans_gardien(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gardiens, "_GARDIENS", {})


def proposer(
    acteur: Acteur, nature: NatureDecision, le: datetime, *, numero: int = 1, nom: str = ""
) -> RapportDecision:
    decision = Decision(numero, nature, le, nom)
    return RapportDecision.objects.get(
        id=proposer_decision("TB06", decision, motif="essai", acte=Acte(acteur, PENDANT))
    )


def repondre(acteur: Acteur, proposee: RapportDecision, issue: Issue, le: datetime = PENDANT) -> None:
    repondre_decision(proposee.id, issue, acte=Acte(acteur, le))


def test_a_withdrawal_is_put_off_by_two_persons(une: Acteur, autre: Acteur) -> None:
    proposee = proposer(une, N.PROLONGER, JUIN)
    assert get_rapport("TB06").versions[1].vie.retiree_le != JUIN
    with pytest.raises(Interdit, match="Une autre personne"):
        repondre(une, proposee, Issue.VALIDEE)
    with pytest.raises(Interdit, match="Seule la personne"):
        repondre(autre, proposee, Issue.RETIREE)
    repondre(autre, proposee, Issue.VALIDEE)
    assert get_rapport("TB06").versions[1].vie.retiree_le == JUIN
    with pytest.raises(Interdit, match="Il n’y a plus rien à décider"):
        repondre(autre, proposee, Issue.REFUSEE)
    verbes = Entree.objects.filter(verbe__in=["PROPOSER_RAPPORT", "DECIDER_RAPPORT"]).order_by("inscrit_le")
    assert [(e.verbe, e.faits.get("issue")) for e in verbes] == [
        ("PROPOSER_RAPPORT", None),
        ("DECIDER_RAPPORT", "VALIDEE"),
    ]


@pytest.mark.parametrize("issue", [Issue.REFUSEE, Issue.RETIREE])
def test_what_is_not_validated_changes_nothing(une: Acteur, autre: Acteur, issue: Issue) -> None:
    proposee = proposer(une, N.ANNULER, PENDANT)
    repondre(une if issue is Issue.RETIREE else autre, proposee, issue)
    assert get_rapport("TB06").versions[1].vie.retiree_le == debut_du_jour(date(2024, 5, 15))
    assert proposer(une, N.ANNULER, PENDANT).issue == ""


def test_what_became_impossible_is_not_validated(une: Acteur, autre: Acteur) -> None:
    proposee = proposer(une, N.PROLONGER, JUIN)
    with pytest.raises(Interdit, match="déjà retirée"):
        repondre(autre, proposee, Issue.VALIDEE, MAI)


def test_one_proposal_waits_at_a_time(une: Acteur) -> None:
    proposer(une, N.PROLONGER, JUIN)
    with pytest.raises(Interdit, match="attend déjà"):
        proposer(une, N.ANNULER, PENDANT)
    proposer(une, N.RENOMMER, JUIN, numero=2, nom="TB06")


def test_the_database_compares_the_persons(une: Acteur) -> None:
    proposee = proposer(une, N.PROLONGER, JUIN)
    champs = {"issue": "VALIDEE", "decideur": une.id, "decide_par": {}, "clos_le": PENDANT}
    with pytest.raises(IntegrityError, match="rapport_decision_deux_personnes"), transaction.atomic():
        RapportDecision.objects.filter(id=proposee.id).update(**champs)


def test_who_may_not_decide(une: Acteur) -> None:
    gestionnaire = comptes.acteur(comptes.creer_gestionnaire())
    with pytest.raises(NonHabilite, match="publier, prolonger ou retirer"):
        proposer(gestionnaire, N.PROLONGER, JUIN)
    with pytest.raises(NonHabilite):
        exiger_publier(gestionnaire)
    with pytest.raises(NonHabilite, match="définir un indicateur"):
        exiger_definir(gestionnaire)
    exiger_definir(une)
    with pytest.raises(Introuvable):
        proposer(une, N.PROLONGER, JUIN, numero=9)
    with pytest.raises(Introuvable):
        repondre_decision(uuid7(), Issue.VALIDEE, acte=Acte(une, PENDANT))
    with pytest.raises(Introuvable):
        proposer_decision("AUTRE", Decision(1, N.ANNULER, PENDANT), motif="", acte=Acte(une, PENDANT))


def test_openings_are_forgotten_after_thirteen_months(une: Acteur) -> None:
    version = get_rapport("TB06").versions[2]
    for le in (date(2025, 10, 23), date(2025, 10, 24)):
        noter_lecture(version, acte=Acte(une, debut_du_jour(le)))
    with time_machine.travel(f.MAINTENANT, tick=False):
        lectures(0)
    assert oublier_lectures(le=date(2026, 11, 24)) == 0
    assert [lue.jour for lue in LectureRapport.objects.all()] == [date(2025, 10, 24)]


def annuler_le_retrait(une: Acteur, autre: Acteur) -> None:
    repondre(autre, proposer(une, N.ANNULER, PENDANT), Issue.VALIDEE)


def test_a_withdrawal_asks_who_depends_on_the_version(une: Acteur, autre: Acteur) -> None:
    annuler_le_retrait(une, autre)

    def garder(version: object, prend_effet_le: datetime) -> None:
        if prend_effet_le < JUIN:
            raise Interdit("Deux abonnements restent sur cette version.")

    gardiens.inscrire_gardien("essai", garder)
    with pytest.raises(Interdit, match="Deux abonnements"):
        proposer(une, N.RETIRER, MAI)
    repondre(autre, proposer(une, N.RETIRER, JUIN), Issue.VALIDEE)
    assert get_rapport("TB06").versions[1].vie.retiree_le == JUIN


def test_a_withdrawal_waits_for_equal_figures(
    une: Acteur, autre: Acteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    annuler_le_retrait(une, autre)
    assert list_fautives(get_rapport("TB06"), get_rapport("TB06").versions[1], instant=PENDANT) == ()
    assert list_fautives(get_rapport("R04"), get_rapport("R04").versions[1], instant=PENDANT) == ()
    passage = Passage("A", "A", SortColonne.IDENTIQUE)
    cellule = Cellule(EtatCellule.VALEUR, 1, 1)
    fautive = Paire(passage, Colonne("A", "Nouvelles demandes"), cellule, cellule, 1, 3)
    assert fautive.fautive
    monkeypatch.setattr(decider, "list_fautives", lambda *_, **__: (fautive,))
    with pytest.raises(Interdit, match="Nouvelles demandes"):
        proposer(une, N.RETIRER, JUIN)


def test_what_is_behind_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    remplir()
    gestionnaire = comptes.acteur(comptes.creer_gestionnaire())
    definitions = {d.code: d for d in list_catalogue()}
    periode = Periode(date(2026, 10, 1), date(2026, 10, 31))
    demandee = Demandee(get_rapport("TB06").versions[2], Portee(VAL, ("099",)), periode)
    acte = Acte(gestionnaire, f.MAINTENANT)
    monkeypatch.setattr(detail, "list_derriere", lambda *_, **__: Derriere((), 2))
    lu = consulter_detail(demandee, definitions["NOUVELLES_DEMANDES"], "TOTAL:", acte=acte)
    assert (lu.ligne.guichets, lu.dossiers.effacees) == (None, 2)
    lu = consulter_detail(demandee, definitions["PART_SANS_PIECE_IDENTITE"], "GUICHET:099G0991", acte=acte)
    assert (lu.ligne.libelle, lu.ligne.guichets) == ("Habitat Val-d’Aurette – siège", ("099G0991",))
    assert lu.dossiers.effacees == 0
    jadis = replace(demandee, connu_le=date(2026, 10, 31))
    consulter_detail(jadis, definitions["NOUVELLES_DEMANDES"], "TOTAL:", acte=acte)
    assert Entree.objects.filter(verbe="CONSULTER_DETAIL", faits__connu_le="2026-10-31").count() == 1
    restreinte = replace(demandee, type_organisme="BAILLEUR")
    lu = consulter_detail(restreinte, definitions["NOUVELLES_DEMANDES"], "TOTAL:", acte=acte)
    assert lu.ligne.guichets
    assert "099G0993" not in lu.ligne.guichets
    with pytest.raises(Introuvable, match="ne s’ouvre pas"):
        consulter_detail(demandee, definitions["SOLDE"], "TOTAL:", acte=acte)
    for ligne in ("MOYENNE:", "GUICHET:02AG2A11", "AUTRE:", ""):
        with pytest.raises(Introuvable, match="pas dans ce rapport"):
            consulter_detail(demandee, definitions["NOUVELLES_DEMANDES"], ligne, acte=acte)
    ailleurs = replace(demandee, portee=Portee(Lieu(NatureLieu.TERRITOIRE, "02A"), ("02A",)))
    with pytest.raises(Introuvable):
        consulter_detail(ailleurs, definitions["NOUVELLES_DEMANDES"], "TOTAL:", acte=acte)
    assert Entree.objects.filter(verbe="CONSULTER_DETAIL", territoire="099").count() == 4

    def en_panne(*_: object, **__: object) -> Derriere:
        raise MoteurEnPanne("no answer")

    monkeypatch.setattr(detail, "list_derriere", en_panne)
    with pytest.raises(Interdit, match="Réessayez"):
        consulter_detail(demandee, definitions["NOUVELLES_DEMANDES"], "TOTAL:", acte=acte)


def test_rights_behind_a_figure_are_rights_of_their_own() -> None:
    regionale = comptes.acteur(comptes.creer_coordination_regionale())
    departementale = comptes.acteur(comptes.creer_coordination_departementale())
    with pytest.raises(NonHabilite, match="liste des demandes"):
        exiger_ouvrir(regionale, VAL, frozenset())
    ici = Lieu(NatureLieu.DEPARTEMENT, "99")
    assert exiger_ouvrir(departementale, ici, frozenset({"DECISIONS"})).territoires == ("099",)
    with pytest.raises(NonHabilite, match="DALO"):
        exiger_ouvrir(departementale, ici, frozenset({"DECISIONS_PRIORITAIRES"}))
    gestionnaire = comptes.acteur(comptes.creer_gestionnaire())
    assert exiger_ouvrir(gestionnaire, VAL, frozenset({"DECISIONS_PRIORITAIRES"}))
    with pytest.raises(Introuvable):
        exiger_ouvrir(gestionnaire, None, frozenset())
    with pytest.raises(NonHabilite, match="emporter"):
        exiger_emporter(comptes.acteur(comptes.creer_dpo()), VAL)
    assert exiger_emporter(regionale, VAL) == Portee(VAL, ("099",), secrete=True)


def test_numbers_are_shown_to_who_opens_figures_and_files_to_who_reads_them() -> None:
    recepisse = f.deposer()
    ids = (recepisse.demande_id, uuid7())
    [ligne] = presenter_dossiers(ids, comptes.acteur(comptes.creer_gestionnaire()))
    assert (ligne.nud, ligne.ouvrable) == (recepisse.nud, True)
    [ligne] = presenter_dossiers(ids, comptes.acteur(comptes.creer_coordination_departementale()))
    assert (ligne.nud, ligne.ouvrable) == (recepisse.nud, False)
    assert presenter_dossiers(ids, comptes.acteur(comptes.creer_coordination_regionale())) == ()
