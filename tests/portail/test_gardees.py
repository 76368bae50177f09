"""Answers of one part kept as they are typed, before they are saved: found again, saved once, dropped when asked."""

from typing import Any

import pytest
from django.test import Client

from sne.registre.modification.models import Brouillon
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, KARIM
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_cotitulaire import deposer as deposer_a_deux
from tests.portail.test_renouveler import RFR, deposer, revisions, rfr, suivre, texte

pytestmark = pytest.mark.django_db


def garder(client: Client, page: str, **tapes: str) -> Any:
    """What the script posts as a field is left."""
    return client.post(page, {**champs_de(texte(client.get(page))), **tapes, "garder": "oui"})


def test_kept_as_it_is_typed_found_on_another_device_then_saved_once(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    page = f"/ma-demande/{demande.nud}/declaration/ressources/"
    ouverte = texte(porte.get(page))
    assert ("portail/brouillon.js" in ouverte, champs_de(ouverte)["lu"]) == (True, ["0"])
    assert "ne sont pas encore enregistrées" not in ouverte
    gardee = garder(porte, page, **{RFR: "15 1"})
    assert (gardee.status_code, "Réponses gardées" in gardee.json()["phrase"]) == (200, True)
    assert revisions(demande) == 1
    ailleurs = Client()
    se_connecter(ailleurs, fc, ELODIE)
    relue = texte(ailleurs.get(page))
    assert ("15 1" in relue, "Tapez un nombre en chiffres" in relue) == (True, False)  # kept, and not judged
    assert "ne sont pas encore enregistrées dans votre demande" in relue
    assert champs_de(relue)["lu"] == [str(gardee.json()["lu"])]
    autre = porte.post(page, {**champs_de(ouverte), RFR: "16", "garder": "oui"})
    assert (autre.status_code, "autre appareil" in autre.json()["phrase"]) == (409, True)
    assert suivre(ailleurs, page, **{RFR: "15 100"}).headers["Location"].endswith("?fait=oui")
    assert (rfr(demande), revisions(demande)) == (15100, 2)
    assert not Brouillon.objects.exists()
    assert "ne sont pas encore enregistrées" not in texte(porte.get(page))


def test_dropped_when_asked_and_another_part_stays(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    ici = f"/ma-demande/{demande.nud}/declaration/"
    garder(porte, f"{ici}ressources/", **{RFR: "15 1"})
    garder(porte, f"{ici}souhaits/", loyer_maximum="700")
    assert porte.post(f"{ici}ressources/", {"oublier": "oui"}).headers["Location"] == f"{ici}ressources/"
    assert "15 1" not in texte(porte.get(f"{ici}ressources/"))
    assert 'value="700"' in texte(porte.get(f"{ici}souhaits/"))
    porte.post(f"{ici}souhaits/", {"oublier": "oui"})
    assert porte.post(f"{ici}souhaits/", {"oublier": "oui"}).status_code == 302  # nothing is left to drop
    assert not Brouillon.objects.exists()


def test_a_renewal_that_begins_meanwhile_finds_it(porte: Client, fc: Fournisseur) -> None:
    """« Rien n’a changé » throws nothing typed away, and ends nothing behind one's back."""
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    garder(porte, f"/ma-demande/{demande.nud}/declaration/ressources/", **{RFR: "15 100"})
    ici = f"/ma-demande/{demande.nud}/renouveler/"
    assert porte.post(ici, {"revision": "1", "rien": "oui"}).headers["Location"] == ici
    assert "Vos réponses sont gardées" in texte(porte.get(ici))
    assert suivre(porte, f"{ici}ressources/").headers["Location"].endswith("/renouvelee/")
    assert rfr(demande) == 15100


def test_what_a_session_does_not_read_is_kept_nowhere(porte: Client, fc: Fournisseur) -> None:
    """By a code, work and dwelling are typed anew: an employer or an address would be read by the next such session."""
    demande, par_code = deposer(jours=100), Client()
    entrer(par_code, demande)
    page = f"/ma-demande/{demande.nud}/declaration/logement/"
    assert "brouillon.js" not in texte(par_code.get(page))
    par_code.post(page, {"voie": "rue des Tanneurs", "garder": "oui"})
    assert not Brouillon.objects.exists()


def test_a_co_holder_who_renews_what_is_unchanged_keeps_nothing(porte: Client, fc: Fournisseur) -> None:
    demande, _ = deposer_a_deux(jours=100)
    se_connecter(porte, fc, KARIM)
    page = f"/ma-demande/{demande.nud}/declaration/ressources/"
    assert "brouillon.js" not in texte(porte.get(page))
    assert garder(porte, page, **{"cotitulaires-1-n_moins_2__montant": "18 500"}).status_code == 403
    assert not Brouillon.objects.exists()
