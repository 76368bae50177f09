"""Screens of subscriptions: two clicks from the report, read and decided by the place, nothing typed is lost."""

import re
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.infocentre.abonnements.models import DecisionAbonnement, Edition, EnvoiDu
from sne.infocentre.abonnements.rules.editions import Comparaison
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.moteur.lancer import MoteurEnPanne
from tests.guichet.parcours import texte as page_de
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable
from tests.infocentre.abonnements.monde import ICI, abonner_ici, compter, courrier, le, nuit, verser
from tests.registre.factories import MAINTENANT

pytestmark = pytest.mark.usefixtures("var")

REGLAGE = {
    "pour": "lieu",
    "roles": ["GESTIONNAIRE_TERRITORIAL"],
    "rythme": "MOIS",
    "jour": "5",
    "periode": "DOUZE_MOIS",
    "format": "xlsx",
    "par": "ORGANISME",
    "type": "",
    "categorie": "",
    "tri": "",
    "ordre": "croissant",
}
DEPUIS = "?rapport=TB06&lieu=territoire-099&par=ORGANISME"


@pytest.fixture
def gt(jour_des_essais: None, db: None) -> Compte:
    return creer_gestionnaire(courriel="gt@exemple.fr")


@pytest.fixture
def client_gt(gt: Compte) -> Client:
    return connecter(Client(), gt)


def texte(reponse: Any) -> str:
    """The words of a page, without its tags, in plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", "", page_de(reponse)).split())


def ouvrir(client: Client, **autres: Any) -> Any:
    return client.post(reverse("abonnement-nouveau") + DEPUIS, REGLAGE | autres)


def lire(client: Client, vue: str, *cles: Any) -> str:
    reponse = client.get(reverse(vue, args=cles))
    assert reponse.status_code == 200
    return texte(reponse)


def test_two_clicks_from_the_report(client_gt: Client) -> None:
    """The link is on the report, with what it shows; the form is filled in, and sending it is the second click."""
    rapport = client_gt.get(reverse("infocentre-rapport", args=["TB06"]), {"par": "ORGANISME"})
    [adresse] = re.findall(r'href="([^"]*abonnements/nouveau/[^"]*)"', rapport.content.decode())
    page = client_gt.get(adresse.replace("&amp;", "&"))
    formulaire = page.context["formulaire"]
    assert formulaire["par"].value() == "ORGANISME"
    tapes = {champ.name: champ.value() for champ in formulaire if champ.value() is not None}
    reponse = client_gt.post(
        adresse.replace("&amp;", "&"), tapes | {"sauf_vide": "", "epinglee": ""}, follow=True
    )
    lue = texte(reponse)
    assert "Abonnement ouvert" in lue
    assert "Par organisme" in lue
    assert "Camille Rousset" in lue
    assert DecisionAbonnement.objects.count() == 1


def test_the_page_says_who_when_what_and_what_was_decided(client_gt: Client) -> None:
    ouvrir(client_gt)
    cle = DecisionAbonnement.objects.get().abonnement
    page = lire(client_gt, "abonnement", cle)
    for dit in (
        "Le 5 de chaque mois",
        "Les 12 derniers mois entiers",
        "Prochain envoi le 5 décembre 2026",
        "Ouvert",
    ):
        assert dit in page, dit
    liste = lire(client_gt, "abonnements")
    assert "Tableau 06, version" in liste
    assert "05/12/2026" in liste


def test_a_wrong_answer_is_said_and_nothing_typed_is_lost(client_gt: Client) -> None:
    reponse = ouvrir(client_gt, rythme="SEMAINE", jour="28", roles=[])
    assert "de lundi à dimanche" in texte(reponse)
    assert reponse.context["formulaire"]["jour"].value() == "28"
    reponse = ouvrir(client_gt, roles=[])
    assert "au moins un rôle" in texte(reponse)
    reponse = ouvrir(client_gt, format="docx")
    assert "Ce choix n’existe pas" in texte(reponse)
    assert not DecisionAbonnement.objects.exists()


def test_it_is_changed_then_stopped(client_gt: Client) -> None:
    ouvrir(client_gt)
    cle = DecisionAbonnement.objects.get().abonnement
    assert (
        client_gt.get(reverse("abonnement-changer", args=[cle])).context["formulaire"]["jour"].value() == "5"
    )
    reponse = client_gt.post(reverse("abonnement-changer", args=[cle]), REGLAGE)
    assert "déjà réglé ainsi" in texte(reponse)
    reponse = client_gt.post(reverse("abonnement-changer", args=[cle]), REGLAGE | {"jour": "12"}, follow=True)
    assert "Le 12 de chaque mois" in texte(reponse)
    reponse = client_gt.post(reverse("abonnement-arreter", args=[cle]), follow=True)
    assert "Abonnement arrêté" in texte(reponse)
    assert "1 abonnement arrêté" in lire(client_gt, "abonnements")


def test_ones_own_and_a_weekly_one(client_gt: Client) -> None:
    reponse = ouvrir(client_gt, pour="moi", rythme="SEMAINE", jour="1", roles=[])
    assert reponse.status_code == 302
    assert "chaque lundi" in lire(client_gt, "abonnements").lower()
    assert DecisionAbonnement.objects.get().compte is not None


def test_out_of_the_perimeter_does_not_exist(client_gt: Client, gt: Compte) -> None:
    ouvrir(client_gt)
    cle = DecisionAbonnement.objects.get().abonnement
    voisin = connecter(Client(), creer_gestionnaire("02B"))
    for vue in ("abonnement", "abonnement-changer"):
        assert voisin.get(reverse(vue, args=[cle])).status_code == 404
    assert voisin.post(reverse("abonnement-arreter", args=[cle])).status_code == 404
    for adresse in (DEPUIS, "?rapport=TB06&lieu=nation", "?rapport=RIEN", "?rapport=TB06&lieu=rien", ""):
        assert voisin.get(reverse("abonnement-nouveau") + adresse).status_code == 404, adresse


def test_an_edition_is_read_made_again_taken_away_and_sent_again(client_gt: Client, gt: Compte) -> None:
    for n in range(1, 13):
        compter(date(2025, n, 1), EVENEMENTS=3, DEPOTS=40)
    cle = abonner_ici(gt, MAINTENANT, version=2)
    verser(le(2026, 12, 2))
    courrier(le(2026, 12, 2))
    courrier(le(2026, 12, 2) + timedelta(hours=1))
    page = lire(client_gt, "abonnement", cle)
    assert "Envoyé" in page
    edition = Edition.objects.get()
    lue = lire(client_gt, "edition", edition.id)
    assert "du 1er décembre 2025 au 30 novembre 2026" in lue
    egale = mock.patch(
        "sne.guichet.infocentre.abonnements.views.refaire_edition",
        return_value=Comparaison(egale=True, avertissements=("Dit des nouveaux chiffres.",)),
    )
    with egale:
        refaite = texte(client_gt.post(reverse("edition-refaire", args=[edition.id])))
    assert "exactement les mêmes chiffres" in refaite
    assert "Dit des nouveaux chiffres." in refaite
    fichier = client_gt.post(reverse("edition-fichier", args=[edition.id]), {"format": "csv"})
    assert fichier["Content-Disposition"].endswith('.csv"')
    assert client_gt.post(reverse("edition-fichier", args=[edition.id]), {"format": "exe"}).status_code == 404
    en_panne = mock.patch("sne.guichet.infocentre.abonnements.views.ecrire", side_effect=MoteurEnPanne("…"))
    with en_panne:
        refus = client_gt.post(reverse("edition-fichier", args=[edition.id]), {"format": "parquet"})
    assert (refus.status_code, "Le fichier n’a pas pu être écrit." in texte(refus)) == (409, True)
    envoi = EnvoiDu.objects.get()
    reponse = client_gt.post(reverse("envoi-renvoyer", args=[envoi.id]), follow=True)
    assert "Édition renvoyée à 1 personne." in texte(reponse)
    assert "Renvoyé 1 fois" in texte(reponse)


@pytest.mark.parametrize(
    ("comparaison", "dit"),
    [
        (
            Comparaison(egale=False, ecarts=1),
            "1\u00a0chiffre diffère, avec 0\u00a0ligne apparue ou disparue.",
        ),
        (
            Comparaison(egale=False, ecarts=3, lignes=2, definitions=True),
            "lignes apparues ou disparues. La définition d’une de ses colonnes a changé depuis. L’édition gardée",
        ),
    ],
)
def test_why_an_edition_is_not_the_same(comparaison: Comparaison, dit: str) -> None:
    from sne.guichet.infocentre.abonnements.presentation import comparaison_en_mots

    assert dit in comparaison_en_mots(comparaison)


def test_a_new_version_is_shown_with_its_difference_and_answered(gt: Compte) -> None:
    import time_machine

    from sne.infocentre.abonnements import tasks

    ancien = creer_gestionnaire(courriel="ancien@exemple.fr", le=le(2024, 3, 1))
    for n in range(1, 13):
        compter(date(2023, n, 1), EVENEMENTS=3, DEPOTS=40)
    cle = abonner_ici(ancien, le(2024, 3, 1))
    with time_machine.travel(le(2024, 4, 16), tick=False):
        tasks.heure(0)
        client = connecter(Client(), ancien)
        page = lire(client, "abonnement", cle)
        assert "L’ancienne est retirée le 15 mai 2024" in page
        assert "Évènements" in page
        assert "1 abonnement attend" in lire(client, "abonnements")
        assert client.post(reverse("abonnement-version", args=[cle]), {"reponse": "?"}).status_code == 404
        reponse = client.post(reverse("abonnement-version", args=[cle]), {"reponse": "ACCEPTEE"}, follow=True)
        assert "L’abonnement suit la nouvelle version." in texte(reponse)
        assert client.get(reverse("abonnement-changer", args=[cle]) + "?version=2").status_code == 200


def test_the_place_takes_over_what_was_somebodys_own(client_gt: Client, gt: Compte) -> None:
    autre = creer_gestionnaire(courriel="autre@exemple.fr")
    cle = abonner_ici(autre, MAINTENANT, version=2, place=Place(ICI.lieu, compte=autre.id))
    reponse = client_gt.post(reverse("abonnement-reprendre", args=[cle]), follow=True)
    assert "repris par le lieu" in texte(reponse)


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(client_gt: Client, gt: Compte) -> None:
    def compte() -> int:
        with CaptureQueriesContext(connection) as requetes:
            lire(client_gt, "abonnements")
        return len(requetes)

    abonner_ici(gt, MAINTENANT, version=2)
    lire(client_gt, "abonnements")
    une = compte()
    abonner_ici(gt, MAINTENANT + timedelta(minutes=1), version=2, format="ods")
    abonner_ici(gt, MAINTENANT + timedelta(minutes=2), version=2, format="xlsx")
    assert compte() == une


def test_a_guichet_manager_subscribes_their_body(jour_des_essais: None, db: None) -> None:
    client = connecter(Client(), creer_responsable())
    page = client.get(reverse("abonnement-nouveau") + DEPUIS)
    choix = [code for code, _ in page.context["formulaire"].fields["pour"].choices]
    assert choix[-1] == "moi"
    reponse = client.post(
        reverse("abonnement-nouveau") + DEPUIS, REGLAGE | {"pour": choix[0], "roles": ["RESPONSABLE_GUICHET"]}
    )
    assert reponse.status_code == 302
    assert DecisionAbonnement.objects.get().organisme == choix[0]


def test_the_home_says_what_leaves_how_it_ended_and_what_awaits_an_answer(
    jour_des_essais: None, db: None
) -> None:
    gt = creer_gestionnaire(courriel="accueil@exemple.fr", le=le(2024, 3, 1))
    client = connecter(Client(), gt)
    assert "Aucun. Ouvrez un rapport" in lire(client, "infocentre")
    compter(date(2023, 5, 1), DEPOTS=3)
    abonner_ici(gt, le(2024, 3, 1))
    assert "Rien n’est encore parti." in lire(client, "infocentre")
    for instant in (le(2024, 4, 2), le(2024, 4, 16)):
        nuit(instant)
    page = lire(client, "infocentre")
    assert "1 abonnement attend votre réponse à une nouvelle version" in page
    assert "02/04/2024 Envoyé, aucune activité Nouvelle version" in page
