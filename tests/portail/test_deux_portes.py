"""A demande followed online is taken over at a counter: its holder is told, stops it in one form, gets it back."""

import pytest
from django.test import Client, override_settings

from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.enquete.models.enquete import Gel
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.erreurs import Refus
from tests.portail.conftest import ELODIE, NADIA
from tests.portail.test_connexion import deposer, lire, se_connecter
from tests.portail.test_histoire import contester, histoire, traiter
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import gt
from tests.registre.restauration.detournements import accepter, actuel, demander, voler

pytestmark = pytest.mark.django_db


def nom(demande: Demande) -> str:
    demandeur = actuel(demande.id).demandeur
    assert demandeur is not None
    return demandeur.identite.nom_naissance or ""


def test_taken_over_at_a_counter_stopped_online_and_put_back_by_two_persons(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    assert demande.nud in lire(porte)
    voler(demande.id, le=f.MAINTENANT)
    assert nom(demande) == "Zimmer"
    with override_settings(ROOT_URLCONF="config.urls"):  # the worker's
        a.avertir("MODIFIER")
    assert a.AVANT in {adresse for _, _, adresse in a.envois()}, "whoever was reached before is told"

    lue = histoire(porte, demande)  # the link outlives the theft: it was made with who she is
    vol = Entree.objects.get(demande=demande.id, verbe="MODIFIER")
    assert f"/ma-demande/{demande.nud}/historique/{vol.id}/" in lue
    assert contester(porte, demande, vol).status_code == 302
    traiter()
    gel = Gel.objects.get(demande=demande.id, leve_le=None)
    etrangere = Client()
    se_connecter(etrangere, fc, NADIA)
    assert etrangere.get(f"/ma-demande/{demande.nud}/historique/{vol.id}/").status_code == 404

    une, autre = gt(), gt()
    requete = demander(demande.id, enquete=gel.enquete_id, acteur=une)
    with pytest.raises(Refus):  # never by whoever asked
        accepter(requete, demande.id, acteur=une)
    accepter(requete, demande.id, acteur=autre)
    assert nom(demande) == "Dubreuil"
    assert Demande.objects.get(id=demande.id).date_depot == demande.date_depot
    se_connecter(porte, fc, ELODIE)
    assert demande.nud in lire(porte)
    assert Rattachement.objects.filter(demande=demande.id, preuve="PIVOT", fini_le=None).count() == 1
