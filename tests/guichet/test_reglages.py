"""Dated parameters on the screen: found, proposed by one, accepted or refused by another, read from their day."""

import uuid
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.referentiels.selectors import get_parametres, oublier
from sne.registre.demande.parametres import ParametresDemande
from sne.reglages.models import PropositionParametre
from sne.socle.horloge import aujourd_hui
from tests.habilitations import factories as comptes

pytestmark = pytest.mark.django_db
DIT = {"valeur": "11", "debut": "01/01/2027", "source": "CCH R441-2-7", "raison": "Le décret du 3 novembre."}
LISTE, UN = "/parametres/", "/parametres/delaiz_mois/"


@pytest.fixture(autouse=True)
def ce_matin() -> Iterator[None]:
    with time_machine.travel(datetime.fromisoformat("2026-11-24T09:30:00+01:00"), tick=False):
        yield
    oublier()


def exploitant(prenom: str = "Agnès") -> Client:
    return comptes.connecter(Client(), comptes.creer_exploitation(nom=comptes.Nom(prenom, "Caron")))


def page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def proposer(client: Client, **autres: str) -> str:
    """The address of the proposal."""
    reponse = client.post(UN, DIT | autres)
    assert reponse.status_code == 302, reponse.content.decode()
    return str(reponse["Location"])


def test_proposed_by_one_accepted_by_another_and_in_force_on_its_day(
    django_capture_on_commit_callbacks: object,
) -> None:
    une, autre = exploitant(), exploitant("Karim")
    assert "Aucune valeur n’attend de réponse" in page(une, LISTE)
    assert "Cette valeur n’a jamais changé" in page(une, UN)
    adresse = proposer(une)
    assert "Une autre personne doit" in page(une, adresse)
    assert ">Accepter<" not in page(une, adresse)
    assert "attend déjà une réponse" in page(une, UN)
    assert "Paramètres à décider" in page(autre, reverse("accueil"))
    assert "Paramètres à décider" not in page(une, reverse("accueil"))
    assert adresse in page(autre, LISTE)
    assert ">Accepter<" in page(autre, adresse)
    assert "Agnès Caron" in page(autre, adresse)
    accepter = reverse("parametre-repondre", args=[adresse.split("/")[-2], "accepter"])
    assert "Une autre personne" in une.post(accepter, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert "s’applique d’elle-même" in autre.post(accepter, follow=True).content.decode()
    assert "à partir du 01/01/2027" in page(une, LISTE)
    assert "Karim Caron" in page(une, adresse)
    assert ">Accepter<" not in page(autre, adresse)
    with time_machine.travel(datetime.fromisoformat("2027-01-01T00:00:01+01:00"), tick=False):
        oublier()
        assert get_parametres(aujourd_hui())[ParametresDemande].delaiz_mois == 11
        du_jour = page(exploitant(), UN)
    assert "11 (mois)" in du_jour
    assert "Valeurs passées" in du_jour


def test_refused_with_a_reason_or_taken_back() -> None:
    une, autre = exploitant(), exploitant()
    adresse = proposer(une)
    assert "Dites pourquoi" in autre.post(adresse, {}).content.decode()
    assert "Une autre personne" in une.post(adresse, {"motif": "Non"}).content.decode()
    assert "Valeur refusée" in autre.post(adresse, {"motif": "Trop court."}, follow=True).content.decode()
    assert "Trop court." in page(une, adresse)
    seconde = proposer(une)
    retirer = reverse("parametre-repondre", args=[seconde.split("/")[-2], "retirer"])
    assert "par la personne qui l’a faite" in autre.post(retirer, follow=True).content.decode()
    assert "Proposition retirée" in une.post(retirer, follow=True).content.decode()
    assert une.post(retirer.replace("retirer", "effacer")).status_code == 404
    assert [p.issue for p in PropositionParametre.objects.order_by("id")] == ["REFUSEE", "RETIREE"]


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"valeur": "douze"}, "Écrivez un nombre entier"),
        ({"valeur": ""}, "Écrivez la valeur"),
        ({"valeur": "0"}, "1 au moins"),
        ({"valeur": "14"}, "radiée avant la fin de sa validité"),
        ({"debut": "24/11/2026"}, "Une valeur ne commence ni aujourd’hui"),
        ({"debut": ""}, "Donnez le premier jour"),
        ({"raison": ""}, "Dites pourquoi"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    autres: dict[str, str], phrase: str
) -> None:
    rendue = exploitant().post(UN, DIT | autres).content.decode()
    assert phrase in rendue
    assert 'value="CCH R441-2-7"' in rendue
    assert not PropositionParametre.objects.exists()


def test_found_by_words_by_field_or_not_at_all() -> None:
    une = exploitant()
    assert UN in page(une, f"{LISTE}?q=delaiz")
    assert UN not in page(une, f"{LISTE}?domaine=Habilitations")
    assert "Aucun paramètre ne contient ces mots" in page(une, f"{LISTE}?q=introuvable")
    assert "Ce choix n’existe pas" in page(une, f"{LISTE}?domaine=Ailleurs")


@pytest.mark.parametrize(
    ("code", "dit"),
    [
        ("adresses_source", 'type="radio"'),
        ("retenir_sans_preavis", 'type="radio"'),
        ("score_poids", "deux points et un nombre"),
        ("journal_temoins", "Une par ligne"),
    ],
)
def test_the_field_follows_the_kind_of_the_parameter(code: str, dit: str) -> None:
    assert dit in page(exploitant(), reverse("parametre", args=[code]))


def test_nobody_else_and_nothing_unknown() -> None:
    agent = comptes.connecter(Client(), comptes.creer_agent())
    assert [agent.get(a).status_code for a in (LISTE, UN)] == [403, 403]
    une = exploitant()
    assert une.get("/parametres/delaiz_siecles/").status_code == 404
    assert une.get(reverse("parametre-proposition", args=[uuid.uuid4()])).status_code == 404
