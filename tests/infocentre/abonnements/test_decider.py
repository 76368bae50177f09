"""Opened, changed, stopped, taken over: each an act of whoever holds the place, added and told."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.actions.departs import DepartDit, constater_depart
from sne.habilitations.detenus import Passation, list_detenus
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules.acteurs import service
from sne.habilitations.rules.carences import Lieu as LieuTenu
from sne.habilitations.rules.departs import MotifDepart
from sne.infocentre.abonnements.actions.decider import (
    abonner,
    arreter_abonnement,
    changer_abonnement,
    reprendre_abonnement,
)
from sne.infocentre.abonnements.actions.departs import confier_abonnements, terminer_sans_droit
from sne.infocentre.abonnements.models import DecisionAbonnement
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.decisions import DEPART, SANS_DROIT, Nature
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors.abonnements import (
    get_abonnement,
    lire_abonnement,
    list_a_reprendre,
    list_abonnements,
    list_decisions,
)
from sne.infocentre.abonnements.selectors.places import list_places
from sne.infocentre.rapports.rules.lieux import NATION
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.referentiels.selectors import list_fiches
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import (
    creer_agent,
    creer_exploitation,
    creer_gestionnaire,
    creer_responsable,
    dire_les_retraits,
)
from tests.infocentre.abonnements.monde import (
    AU_JOUR_DEUX,
    ICI,
    abonner_ici,
    acteur,
    ecrits,
    issues,
    le,
    nuit,
    verser,
)

pytestmark = pytest.mark.django_db
DEBUT = le(2024, 1, 10)
LE_VINGT = replace(AU_JOUR_DEUX, calendrier=Calendrier(Rythme.MOIS, 20))


def acte(compte: Compte, minutes: int = 0) -> Acte:
    instant = DEBUT + timedelta(minutes=minutes)
    return Acte(acteur(compte, instant), instant)


def perdre(compte: Compte) -> None:
    Habilitation.objects.filter(compte=compte).update(
        fin=date(2024, 1, 20), retiree_par=compte.id, retiree_le=DEBUT
    )
    dire_les_retraits(compte)


def test_each_decision_is_added_and_told(gt: Compte) -> None:
    autre = creer_gestionnaire(courriel="autre@exemple.fr", le=DEBUT)
    cle = abonner_ici(gt, DEBUT)
    changer_abonnement(cle, LE_VINGT, acte=acte(autre, 1))
    arreter_abonnement(cle, motif="Plus utile.", acte=acte(autre, 2))
    connection.check_constraints()
    decisions = list_decisions(cle)
    assert [d.nature for d in decisions] == [Nature.ARRETE, Nature.CHANGE, Nature.OUVERT]
    assert [d.depuis for d in decisions] == [date(2024, 1, 10)] * 3
    assert decisions[0].motif == "Plus utile."
    assert Entree.objects.filter(verbe="DECIDER_ABONNEMENT", territoire="099").count() == 3
    with pytest.raises(Interdit, match="arrêté"):
        changer_abonnement(cle, AU_JOUR_DEUX, acte=acte(gt, 3))
    with pytest.raises(Interdit, match="arrêté"):
        arreter_abonnement(cle, acte=acte(gt, 3))


def test_the_same_again_or_what_cannot_be_kept_is_refused_on_its_field(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    with pytest.raises(Interdit):
        changer_abonnement(cle, AU_JOUR_DEUX, acte=acte(gt, 1))
    for faux, champ in (
        (replace(AU_JOUR_DEUX, version=2), "version"),
        (replace(AU_JOUR_DEUX, tri="RIEN"), "tri"),
        (replace(AU_JOUR_DEUX, roles=()), "roles"),
        (replace(AU_JOUR_DEUX, filtres=(("grain", "AGE"),)), "filtres"),
    ):
        with pytest.raises(Interdit) as refus:
            abonner(ICI, faux, acte=acte(gt))
        assert refus.value.champ == champ


def test_another_rhythm_starts_on_its_day_and_loses_nothing_that_was_due(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    instant = le(2024, 2, 5)
    chaque_lundi = replace(AU_JOUR_DEUX, calendrier=Calendrier(Rythme.SEMAINE, 1))
    changer_abonnement(cle, chaque_lundi, acte=Acte(acteur(gt, instant), instant))
    connection.check_constraints()
    nuit(le(2024, 2, 13))
    assert [code for code, issue in issues() if issue in {"ENVOYE", "VIDE"}] == [
        "2024-02",
        "2024-S06",
        "2024-S07",
    ]


def test_only_who_holds_the_place_decides(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    voisin = creer_gestionnaire("02B", le=DEBUT)
    for compte in (voisin, creer_responsable(le=DEBUT)):
        with pytest.raises(Introuvable):
            get_abonnement(cle, acteur(compte, DEBUT))
        with pytest.raises(Introuvable):
            arreter_abonnement(cle, acte=acte(compte))
    with pytest.raises(Introuvable):
        abonner(ICI, AU_JOUR_DEUX, acte=acte(voisin))
    for compte in (creer_agent(le=DEBUT), creer_exploitation(le=DEBUT)):
        with pytest.raises(NonHabilite):
            abonner(ICI, AU_JOUR_DEUX, acte=acte(compte))
    with pytest.raises(Introuvable):
        abonner(Place(NATION), AU_JOUR_DEUX, acte=acte(gt))
    with pytest.raises(NonHabilite, match="pour vous seul"):
        abonner(ICI, AU_JOUR_DEUX, acte=acte(creer_responsable(le=DEBUT)))
    with pytest.raises(Introuvable):
        arreter_abonnement(uuid.uuid4(), acte=acte(gt))
    with pytest.raises(Introuvable):
        reprendre_abonnement(uuid.uuid4(), acte=acte(gt))


def test_a_body_has_its_own_and_reads_only_its_counters(gt: Compte) -> None:
    """A guichet manager subscribes their body: sent to those who manage its counters, about these alone."""
    responsable = creer_responsable(courriel="responsable@exemple.fr", le=DEBUT)
    organisme = list_fiches("099")["G0993"].organisme
    place = Place(ICI.lieu, organisme)
    proposees = [p for p, _ in list_places(acteur(responsable, DEBUT), ICI.lieu)]
    assert proposees == [place, Place(ICI.lieu, compte=responsable.id)]
    assert [p for p, _ in list_places(acteur(gt, DEBUT), ICI.lieu)] == [
        ICI,
        Place(ICI.lieu, compte=gt.id),
    ]
    abonner_ici(responsable, DEBUT, place=place, roles=("RESPONSABLE_GUICHET",))
    verser(le(2024, 2, 1))
    nuit(le(2024, 2, 2))
    [(adresse, contexte)] = ecrits()
    assert adresse == "responsable@exemple.fr"
    assert contexte["perimetre"].endswith(", Val-d’Aurette")
    assert [a.place for a in list_abonnements(acteur(gt, DEBUT))] == []


def test_ones_own_is_read_and_received_by_oneself_alone(gt: Compte) -> None:
    autre = creer_gestionnaire(courriel="autre@exemple.fr", le=DEBUT)
    cle = abonner_ici(gt, DEBUT, place=Place(ICI.lieu, compte=gt.id))
    assert [a.id for a in list_abonnements(acteur(gt, DEBUT))] == [cle]
    assert list_abonnements(acteur(autre, DEBUT)) == ()
    with pytest.raises(Introuvable):
        get_abonnement(cle, acteur(autre, DEBUT))
    nuit(le(2024, 2, 2))
    assert [a for a, _ in ecrits()] == ["gt@exemple.fr"]
    assert "pour vous seul" in ecrits()[0][1]["pourquoi"]


def test_ones_own_ends_with_the_right_says_so_and_is_offered_to_the_place(
    gt: Compte, operateur: Compte
) -> None:
    part = creer_gestionnaire(courriel="part@exemple.fr", le=DEBUT)
    cle = abonner_ici(part, DEBUT, place=Place(ICI.lieu, compte=part.id))
    perdre(part)
    nuit(le(2024, 2, 2))
    lu = lire_abonnement(cle)
    assert (lu.vivant, lu.motif) == (False, SANS_DROIT)
    assert [a for a, _ in ecrits("ABONNEMENT_TERMINE")] == ["part@exemple.fr"]
    assert ecrits() == []
    instant = le(2024, 2, 10)
    agit = Acte(acteur(gt, instant), instant)
    assert [a.id for a in list_a_reprendre(agit.acteur, le=agit.survenu_le.date())] == [cle]
    nouvelle = reprendre_abonnement(cle, acte=agit)
    connection.check_constraints()
    repris = lire_abonnement(nouvelle)
    assert (repris.place, repris.reglage.roles) == (
        ICI,
        ("GESTIONNAIRE_TERRITORIAL", "GESTIONNAIRE_FICHIERS_PARTAGES"),
    )
    assert list_a_reprendre(agit.acteur, le=agit.survenu_le.date()) == ()
    with pytest.raises(Interdit, match="déjà repris"):
        reprendre_abonnement(cle, acte=agit)
    with pytest.raises(Interdit, match="déjà celui du lieu"):
        reprendre_abonnement(nouvelle, acte=agit)
    nuit(le(2024, 3, 2))
    assert [a for a, _ in ecrits()] == ["gt@exemple.fr"]


def test_a_departure_lists_ones_own_and_stops_them_on_its_day(gt: Compte) -> None:
    part = creer_gestionnaire(courriel="part@exemple.fr", le=DEBUT)
    cle = abonner_ici(part, DEBUT, place=Place(ICI.lieu, compte=part.id))
    abonner_ici(part, DEBUT)
    lieux = [LieuTenu("099")]
    assert [d.libelle for d in list_detenus(part.id, lieux)] == ["1 abonnement à soi"]
    abonner_ici(part, DEBUT, place=Place(ICI.lieu, compte=part.id), format="xlsx")
    assert [d.libelle for d in list_detenus(part.id, lieux)] == ["2 abonnements à soi"]
    assert list_detenus(part.id, [LieuTenu("02B")]) == ()
    passation = Passation(
        part.id, None, frozenset(lieux), Acte(service("Départs"), DEBUT + timedelta(days=1))
    )
    assert confier_abonnements(passation) == 2
    assert confier_abonnements(passation) == 0
    connection.check_constraints()
    lu = lire_abonnement(cle)
    assert lu.motif == DEPART
    assert [a.vivant for a in list_abonnements(acteur(gt, DEBUT))] == [True]


def test_ones_own_is_offered_to_its_place_before_the_rights_end(gt: Compte, operateur: Compte) -> None:
    part = creer_gestionnaire(courriel="part@exemple.fr", le=DEBUT)
    cle = abonner_ici(part, DEBUT, place=Place(ICI.lieu, compte=part.id))
    agit, ce_jour = Acte(acteur(gt, DEBUT), DEBUT), DEBUT.date()
    assert list_a_reprendre(agit.acteur, le=ce_jour) == ()
    depart = DepartDit(part.id, ce_jour + timedelta(days=20), MotifDepart.MUTATION, successeur_id=gt.id)
    constater_depart(depart, acte=Acte(acteur(operateur, DEBUT), DEBUT))
    assert [(a.id, a.vivant) for a in list_a_reprendre(agit.acteur, le=ce_jour)] == [(cle, True)]
    reprendre_abonnement(cle, acte=agit)
    assert list_a_reprendre(agit.acteur, le=ce_jour) == ()
    assert [a.place.compte for a in list_abonnements(agit.acteur) if a.vivant] == [None]


def test_the_place_takes_over_what_was_due_and_had_not_left(gt: Compte, operateur: Compte) -> None:
    autre = creer_gestionnaire(courriel="autre@exemple.fr", le=DEBUT)
    cle = abonner_ici(gt, DEBUT, place=Place(ICI.lieu, compte=gt.id))
    instant = le(2024, 2, 3)
    nouvelle = reprendre_abonnement(cle, acte=Acte(acteur(autre, instant), instant))
    connection.check_constraints()
    assert issues() == [("2024-02", "REMPLACE")]
    nuit(le(2024, 2, 4))
    assert [code for code, issue in issues() if issue in {"ENVOYE", "VIDE"}] == ["2024-02"]
    lu = lire_abonnement(nouvelle)
    assert lu.depuis == date(2024, 2, 2)


def test_nothing_is_kept_when_the_journal_fails(gt: Compte) -> None:
    casse = mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)")
    with casse, pytest.raises(DatabaseError), transaction.atomic():
        abonner(ICI, AU_JOUR_DEUX, acte=acte(gt))
    assert not DecisionAbonnement.objects.exists()


def test_the_database_keeps_a_subscription_in_its_place_and_ended(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    ligne = DecisionAbonnement.objects.get(abonnement=cle)
    ligne.pk, ligne.survenu_le, ligne.lieu = uuid.uuid4(), DEBUT + timedelta(days=1), "territoire-02B"
    with pytest.raises(IntegrityError, match="autre lieu"), transaction.atomic():
        ligne.save(force_insert=True)
    ligne.lieu = "territoire-099"
    with pytest.raises(IntegrityError, match="entrée"), transaction.atomic():
        ligne.save(force_insert=True)
        connection.check_constraints()
    arreter_abonnement(cle, acte=acte(gt, 1))
    with pytest.raises(IntegrityError, match="arrêté"), transaction.atomic():
        ligne.save(force_insert=True)


def test_nobody_else_ends_ones_own(gt: Compte) -> None:
    with pytest.raises(NonHabilite):
        terminer_sans_droit(acte=acte(gt))
