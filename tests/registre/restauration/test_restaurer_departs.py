"""A demande put back after somebody left it, or asked that it end: who was pushed out comes back, and stays."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.enquete.models.enquete import DemandeEnquetee, ElementEnquete
from sne.registre.rattachement.policies import demandeur
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.rules import IssueSeparation
from sne.registre.vie.actions.arreter import demander_arret
from sne.registre.vie.models.arret import Arret
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import numero
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter, gt
from tests.registre.restauration.detournements import (
    VOL,
    VOLEUR,
    actuel,
    deposer_elodie,
    detourner,
    retablir,
    voler,
)
from tests.registre.separation.separations import PAUL, deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
NIR_DU_VOLEUR = {"demandeur": f.nir_de(date(1979, 1, 30), 1)}
CONJOINT = f.personne(**PAUL, lien_demandeur="M")
LONGTEMPS = f.MAINTENANT - timedelta(days=280)


def partir(demande: Demande, contenu: Contenu, le: datetime) -> Demande:
    """The applicant of today leaves; a territorial manager has to say whether they inherit."""
    depot = {"date_reception": le.date()}
    return separer(demande, contenu, role="DEMANDEUR", survenu_le=le, depot=depot, accord=False)


def roles(demande: Demande) -> list[tuple[str, int, str]]:
    presents = Personne.objects.filter(demande=demande, retire_le=None).order_by("rang")
    return list(presents.values_list("role", "rang", "identite_courante__nom_naissance"))


def places(demande: Demande) -> set[bytes]:
    return {bytes(p.nir_empreinte) for p in PlaceOuverte.objects.filter(demande=demande)}


def repondre(nouvelle: Demande, issue: IssueSeparation, **autres: Any) -> None:
    separation = Separation.objects.get(nouvelle=nouvelle)
    examiner_separation(separation.id, issue=issue, acte=Acte(gt(), f.MAINTENANT), **autres)


def test_who_left_in_the_place_of_the_applicant_does_not_keep_them_away() -> None:
    """The thief leaves by a separation with the seniority, the spouse stays: the applicant is in neither demande."""
    demande = deposer_couple()
    avant, tenues, presents = actuel(demande.id), places(demande), roles(demande)
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    nouvelle = partir(demande, seul(VOLEUR), VOL + timedelta(days=1))
    assert roles(demande) == [("DEMANDEUR", 0, "Morel")]
    faite = retablir(demande.id, a_part=False)
    assert actuel(demande.id) == avant
    assert (places(demande), roles(demande)) == (tenues, presents)
    assert Demande.objects.get(id=demande.id).date_anciennete == demande.date_anciennete
    assert DemandeEnquetee.objects.filter(demande=nouvelle).count() == 1
    assert ElementEnquete.objects.filter(texte__contains=numero(nouvelle.nud)).exists()
    assert faite.ailleurs == ()
    with pytest.raises(Interdit, match="rendue à une autre"):
        repondre(nouvelle, IssueSeparation.HERITEE)
    repondre(nouvelle, IssueSeparation.NON_HERITEE, motif="Un autre foyer")
    nouvelle.refresh_from_db()
    assert nouvelle.date_anciennete == nouvelle.date_depot


def test_the_accomplice_who_stayed_leaves_with_a_demande_of_the_day_they_came() -> None:
    demande = deposer_elodie()
    avant = actuel(demande.id)
    voler(demande.id, le=LONGTEMPS, nirs=NIR_DU_VOLEUR, cotitulaires=[CONJOINT])
    partir(demande, seul(VOLEUR), VOL)
    faite = retablir(demande.id)
    assert actuel(demande.id) == avant
    assert roles(demande) == [("DEMANDEUR", 0, "Dubreuil")]
    assert Demande.objects.get(nud=faite.nouvelle).date_anciennete == LONGTEMPS.date()


def test_who_came_back_leaves_by_a_separation_of_their_own() -> None:
    """Their row has left twice. Whoever left first, in their place, still inherits nothing."""
    demande = deposer_couple()
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    du_voleur = partir(demande, seul(VOLEUR), VOL + timedelta(days=1))
    retablir(demande.id, a_part=False)
    le = f.MAINTENANT + timedelta(days=1)
    sienne = partir(Demande.objects.get(id=demande.id), seul(f.personne()), le)
    departs = Separation.objects.filter(demande=demande).order_by("revision")
    assert [d.nouvelle_id for d in departs] == [du_voleur.id, sienne.id]
    assert departs[0].personne_id == departs[1].personne_id
    assert roles(demande) == [("DEMANDEUR", 0, "Morel")]
    with pytest.raises(Interdit, match="rendue à une autre"):
        repondre(du_voleur, IssueSeparation.HERITEE)
    repondre(sienne, IssueSeparation.HERITEE)
    sienne.refresh_from_db()
    assert sienne.date_anciennete == demande.date_anciennete


def test_who_came_back_is_not_put_out_by_the_departure_of_before() -> None:
    demande = deposer_couple()
    avant = actuel(demande.id)
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    partir(demande, seul(VOLEUR), VOL + timedelta(days=1))
    retablir(demande.id, a_part=False)
    detourner(demande.id, avant.model_copy(update={"precisions": "Autre"}), le=f.MAINTENANT)
    with pytest.raises(IntegrityError, match="rien ne dit qu’elle quitte"), transaction.atomic():
        Personne.objects.filter(demande=demande, role="DEMANDEUR").update(retire_le=f.MAINTENANT)
        connection.check_constraints()


def test_put_back_twice_it_is_the_same() -> None:
    demande = deposer_couple()
    avant, enquete = actuel(demande.id), enqueter(demande.id)
    voler(demande.id, nirs=NIR_DU_VOLEUR)
    partir(demande, seul(VOLEUR), VOL + timedelta(days=1))
    retablir(demande.id, a_part=False, enquete=enquete)
    detourner(demande.id, avant.model_copy(update={"precisions": "Autre"}), le=f.MAINTENANT)
    retablir(demande.id, a_part=False, enquete=enquete)
    assert actuel(demande.id) == avant


def test_a_moment_whose_people_have_all_left_is_none_to_come_back_to() -> None:
    demande = deposer_elodie()
    brut = actuel(demande.id).model_dump(mode="json") | {"cotitulaires": [CONJOINT]}
    detourner(demande.id, Contenu.model_validate(brut), le=LONGTEMPS)
    partir(demande, seul(f.personne()), VOL)
    with pytest.raises(Interdit, match="ont toutes quitté") as refus:
        retablir(demande.id)
    assert refus.value.champ == "vers"


@pytest.mark.parametrize("par_le_voleur", [True, False])
def test_an_end_that_the_thief_asked_for_is_forgotten(par_le_voleur: bool) -> None:
    """Frozen, it waited: the clock would have ended the demande on the night after it was put back."""
    demande = deposer_elodie()
    un_titulaire = demandeur(uuid7(), territoire="099", demande=demande.id)
    if not par_le_voleur:
        demander_arret(demande.id, acte=Acte(un_titulaire, VOL - timedelta(days=1)))
    voler(demande.id)
    if par_le_voleur:
        demander_arret(demande.id, acte=Acte(un_titulaire, VOL + timedelta(days=1)))
    retablir(demande.id)
    assert Arret.objects.filter(clos_le=None).exists() is not par_le_voleur
    assert Entree.objects.filter(demande=demande.id, verbe="ANNULER_ARRET").exists() is par_le_voleur
