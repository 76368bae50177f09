"""What was sent online on the screens: the list, the document beside the typing, each answer, who sees what."""

from datetime import date, timedelta
from unittest import mock

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.demandeurs.rules.niveaux import NatureContact, Voie
from sne.documents.rules import EtatDocument
from sne.registre.demande.models.demande import Demande
from sne.registre.depot_en_ligne.selectors import a_verifier
from tests.guichet.parcours import RECHERCHE, commencer, texte
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois as e
from tests.registre.depot_en_ligne.test_suites import IMMEDIAT, contenu

pytestmark = pytest.mark.django_db
LISTE = "demandes-en-ligne"
VALIDER = {"geste": "valider", "piece_type": "CNI", "piece_fin": "24/11/2030"}


def adresse(envoi: object) -> str:
    return reverse("demande-en-ligne", args=[envoi.id])  # type: ignore[attr-defined]


def test_the_oldest_comes_first_page_by_page(agent: Client) -> None:
    assert "Aucune demande en ligne à vérifier" in texte(agent.get(reverse(LISTE)))
    for rang, nom in enumerate(["Zimmer", "Dubreuil", "Haddad"]):
        contenu = f.contenu(demandeur=f.personne(nom))
        e.envoyer(contenu, le=f.MAINTENANT - timedelta(hours=rang), compte=e.uuid.UUID(int=rang + 1))
    assert "Demandes en ligne à vérifier" in texte(agent.get(reverse("accueil")))
    with mock.patch.object(a_verifier, "PAR_PAGE", 2):
        premiere = agent.get(reverse(LISTE))
        lue = texte(premiere)
        assert lue.index("Haddad") < lue.index("Dubreuil")
        assert "Zimmer" not in lue
        assert "Zimmer" in texte(agent.get(reverse(LISTE) + premiere.context["suivante"]))
    with CaptureQueriesContext(connection) as trois:
        agent.get(reverse(LISTE))
    e.envoyer(f.contenu(demandeur=f.personne("Leca")), compte=e.uuid.UUID(int=9))
    with CaptureQueriesContext(connection) as quatre:
        agent.get(reverse(LISTE))
    assert len(quatre) == len(trois)


def test_how_the_person_signed_in_is_said_and_asks_for_care(agent: Client) -> None:
    courriel = "elodie@exemple.fr"
    envoi = e.envoyer(f.contenu(demandeur=f.personne(contact={"courriel": courriel})), voie=Voie.COURRIEL)
    e.prouver(e.COMPTE, courriel, nature=NatureContact.AIDANT)
    assert "Sans FranceConnect" in texte(agent.get(reverse(LISTE)))
    page = texte(agent.get(adresse(envoi)))
    assert "Envoyée sans FranceConnect, par un code reçu à son adresse électronique." in page
    assert "avec d’autant plus de soin" in page
    assert "celle de quelqu’un qui l’aide" in page
    avec = e.envoyer(contenu(), compte=e.AUTRE_COMPTE, **IMMEDIAT)
    assert texte(agent.get(reverse(LISTE))).count("Sans FranceConnect") == 1
    page = texte(agent.get(adresse(avec)))
    assert "Envoyée avec FranceConnect, sous l’état civil tapé." in page
    assert "avec d’autant plus de soin" not in page


def test_registered_from_its_page_at_the_date_of_sending(agent: Client) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    envoi = e.envoyer(le=f.MAINTENANT - timedelta(days=34), nirs={"demandeur": nir})
    assert "Délai dépassé" in texte(agent.get(reverse(LISTE)))
    prise = agent.post(reverse("demande-en-ligne-prendre", args=[envoi.id]), follow=True)
    page = texte(prise)
    assert "Laisser à un autre agent" in page
    assert "La date de la demande est le 21/10/2026" in page
    assert "Dubreuil" in page
    assert "2 87 03 ••" in page
    assert nir[:13] not in page
    assert "Enregistrer et donner le numéro" in page
    vide = texte(agent.post(adresse(envoi), {"geste": "valider"}))
    assert "Choisissez la pièce que vous avez vue" in vide
    fait = agent.post(adresse(envoi), VALIDER, follow=True)
    assert "à la date de son envoi" in texte(fait)
    demande = Demande.objects.get(id=envoi.id)
    assert demande.date_depot.isoformat() == "2026-10-21"
    assert demande.nud in agent.get(adresse(envoi))["Location"]


def test_two_agents_read_a_clear_sentence(agent: Client) -> None:
    envoi, autre = e.envoyer(), connecter(Client(), creer_agent(courriel="autre@exemple.fr"))
    prendre = reverse("demande-en-ligne-prendre", args=[envoi.id])
    agent.post(prendre)
    assert "vérifie cette demande jusqu’à 10 h 45" in texte(autre.post(prendre, follow=True))
    page = texte(autre.get(adresse(envoi)))
    assert "vérifie cette demande jusqu’à 10 h 45" in page
    assert "Enregistrer et donner le numéro" not in page
    assert "la vérifie" in texte(autre.get(reverse(LISTE)))
    refusee = texte(autre.post(adresse(envoi), VALIDER))
    assert "Prenez-en une autre" in refusee
    agent.post(adresse(envoi), {"geste": "rendre"})
    assert "Enregistrer et donner le numéro" in texte(autre.get(adresse(envoi)))


@pytest.mark.parametrize(
    ("donnees", "dit"),
    [
        ({"geste": "demander", "demander-motif": "ILLISIBLE"}, "Document demandé"),
        ({"geste": "refuser", "refuser-motif": "RENONCE"}, "Demande en ligne refusée"),
    ],
)
def test_no_number_is_answered_with_its_reason(agent: Client, donnees: dict[str, str], dit: str) -> None:
    envoi = e.envoyer()
    sans_raison = texte(agent.post(adresse(envoi), {"geste": donnees["geste"]}))
    assert "la personne" in sans_raison
    assert dit in texte(agent.post(adresse(envoi), donnees, follow=True))
    assert "Dubreuil" not in texte(agent.get(reverse(LISTE)))


def test_a_close_demande_is_shown_with_why_and_taken_by_one_button(agent: Client) -> None:
    recepisse = f.deposer()
    envoi = e.envoyer(f.contenu(demandeur=f.personne(identite={"nationalite": "3"})))
    page = texte(agent.get(adresse(envoi)))
    assert "même date de naissance" in page.lower()
    assert "C’est la même personne" in page
    assert "La recherche s’arrête" not in page
    with mock.patch("sne.guichet.templatetags.guichet_tags.LIMITE", 1):
        assert "La recherche s’arrête aux plus proches" in texte(agent.get(adresse(envoi)))
    sans_titre = texte(agent.post(adresse(envoi), VALIDER))
    assert "titre de séjour" in sans_titre
    titre = VALIDER | {"piece_type": "TITRE_SEJOUR"}
    assert "dites en une phrase pourquoi" in texte(agent.post(adresse(envoi), titre))
    inconnu = {"geste": "reconnaitre", "reconnaitre-nud": "0991126000000G0993"}
    assert "Aucune demande ouverte" in texte(agent.post(adresse(envoi), inconnu))
    faite = agent.post(adresse(envoi), inconnu | {"reconnaitre-nud": recepisse.nud}, follow=True)
    assert "rapprochée de la demande" in texte(faite)
    assert recepisse.nud in agent.get(adresse(envoi))["Location"]


def test_a_picture_that_does_not_open_and_none_at_all_say_so(agent: Client) -> None:
    envoi = e.envoyer(pieces=[e.document(EtatDocument.QUARANTAINE)])
    assert "antivirus" in texte(agent.get(adresse(envoi)))
    sans = e.envoyer(compte=e.AUTRE_COMPTE, pieces=[])
    assert "Aucune photo n’a été envoyée" in texte(agent.get(adresse(sans)))
    page = reverse("demande-en-ligne-page", args=[sans.id, f.inconnu(), 1])
    assert agent.get(page).status_code == 404
    assert agent.post(adresse(sans), {"geste": "autre"}).status_code == 302


def test_out_of_the_territory_there_is_no_such_thing(agent: Client, gestionnaire: Client) -> None:
    envoi = e.envoyer()
    ailleurs = connecter(Client(), creer_agent("02B", "GD2B1", courriel="ailleurs@exemple.fr"))
    assert "Dubreuil" not in texte(ailleurs.get(reverse(LISTE)))
    assert ailleurs.get(adresse(envoi)).status_code == 404
    assert gestionnaire.get(adresse(envoi)).status_code == 403


def test_the_territorial_manager_sees_what_waits_for_too_long_and_no_name(
    agent: Client, gestionnaire: Client
) -> None:
    envoi = e.envoyer()
    assert "n’attend depuis trop longtemps" in texte(gestionnaire.get(reverse(LISTE)))
    with time_machine.travel(f.MAINTENANT + timedelta(days=3), tick=False):
        page = texte(
            connecter(Client(), creer_gestionnaire(courriel="gt2@exemple.fr", le=f.MAINTENANT)).get(
                reverse(LISTE)
            )
        )
    assert envoi.reference in page
    assert "3 jours ouvrés" in page
    assert "Dubreuil" not in page


def test_a_counter_about_to_register_is_shown_what_waits(agent: Client) -> None:
    contenu = f.contenu(demandeur=f.personne("Leca", "Léa, Marie", identite={"date_naissance": "1987-03-02"}))
    envoi = e.envoyer(contenu)
    page = texte(commencer(agent, **RECHERCHE))
    assert "Demande envoyée en ligne le 24/11/2026, en attente." in page
    assert adresse(envoi) in page
