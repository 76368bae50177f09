"""A separation and a double on screen: the form that starts one, the pages of the territorial manager."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.separation import Separation
from sne.socle.horloge import jour, maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.registre.separation.separations import couple, separer, seul

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_separer_puis_examiner(asseoir: Callable[..., Poste]) -> None:
    le = maintenant()
    ancien = le - timedelta(days=300)
    premiere = Demande.objects.get(id=f.deposer(couple(), le=ancien).demande_id)
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{premiere.nud}/")
    poste.page.get_by_role("link", name="Séparation").click()
    poste.titre("Séparation du couple")
    poste.examiner("separer")
    poste.cocher("Paul")
    poste.choisir(preuve="ORDPRO")
    poste.remplir(document="Ordonnance 26/77")
    poste.cocher("La nouvelle adresse doit rester secrète")
    poste.barre("Saisir la nouvelle demande")
    poste.page.wait_for_url("**/brouillons/**")
    assert poste.page.locator("#id_nom_naissance").input_value() == "Morel"
    aujourd_hui = {"date_reception": jour(le)}
    nouvelle = separer(premiere, seul(), secrete=True, preuve="ORDPRO", survenu_le=le, depot=aujourd_hui)
    double = f.deposer(seul(f.personne()), le=le, doublons_ecartes="saisie deux fois").nud
    gestionnaire = asseoir()
    gestionnaire.se_connecter(creer_gestionnaire())
    gestionnaire.aller("/decisions/separations/")
    gestionnaire.examiner("separations")
    gestionnaire.aller(f"/decisions/separations/{Separation.objects.get().id}/")
    gestionnaire.examiner("separation")
    recue = jour(le) - timedelta(days=400)
    f.deposer(f.contenu(demandeur=f.personne("Zola")), le=le, date_reception=recue, anteriorite_motif="Perdu")
    gestionnaire.aller("/decisions/dates/")
    gestionnaire.examiner("dates")
    gestionnaire.aller(f"/decisions/dates/{RequeteAnteriorite.objects.get().id}/")
    gestionnaire.examiner("date")
    gestionnaire.aller("/accueil/")
    gestionnaire.examiner("accueil-gestionnaire")
    gestionnaire.aller(f"/demandes/{nouvelle.nud}/")
    gestionnaire.examiner("separation-lien")
    gestionnaire.aller(f"/demandes/{double}/annuler/")
    gestionnaire.examiner("annuler")
