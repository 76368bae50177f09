"""The pages of « Ce n’est pas moi »: opening changes nothing, a bad link says nothing, what is typed is kept."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.journal.models import Entree
from sne.registre.avis.models import Opposition
from sne.registre.demande.models.demande import Demande
from sne.registre.enquete.models.enquete import Gel
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.tirages import sans_tirages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calme")]
FERME = "Ce lien ne peut plus servir"


@pytest.fixture
def adresse() -> str:
    a.changer(a.deposer().demande_id, a.contenu(a.APRES))
    return reverse("s-opposer", args=[a.jeton()])


def poster(client: Client, adresse: str, **autres: Any) -> Any:
    champs = {"formulaire": str(uuid.uuid4()), "codes": a.codes(), "contact": "06 99 88 77 66"}
    return client.post(adresse, champs | autres)


def test_opening_changes_nothing(client: Client, adresse: str) -> None:
    entrees = Entree.objects.count()
    page = client.get(adresse)
    texte = page.content.decode()
    assert page.status_code == 200
    for phrase in ("Dites-nous ce qui n’est pas vous", "Bloquer et signaler", "Revenir sans rien faire"):
        assert phrase in texte
    assert "Adresse électronique\u00a0: changée" in texte
    for valeur in (a.AVANT, a.APRES, "Dubreuil", "0661", "1122"):
        assert valeur not in sans_tirages(texte)
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == (
        "strict-origin",
        "noindex, nofollow",
    )
    assert client.head(adresse).status_code == 405
    assert (Entree.objects.count(), Gel.objects.count()) == (entrees, 0)


def test_pressing_gives_the_reference_and_the_day(client: Client, adresse: str) -> None:
    reponse = poster(client, adresse)
    assert reponse.status_code == 302
    page = client.get(reponse.url).content.decode()
    assert Opposition.objects.get().reference in page
    assert "vous rappelle avant le 26 novembre 2026" in page.replace("\u00a0", " ")
    assert "votre ancienneté est protégée" in page


def test_pressed_twice_it_objects_once(client: Client, adresse: str) -> None:
    formulaire = str(uuid.uuid4())
    premiere, seconde = (poster(client, adresse, formulaire=formulaire) for _ in range(2))
    assert premiere.status_code == seconde.status_code == 302
    assert client.get(premiere.url).content == client.get(seconde.url).content
    assert (Gel.objects.count(), Opposition.objects.count()) == (1, 1)


def test_any_link_that_does_nothing_gives_the_same_page(client: Client, adresse: str) -> None:
    perime = a.deposer(a.contenu("autre@exemple.fr", None, nom="Zimmer"), doublons_ecartes="autre")
    a.changer(
        perime.demande_id, a.contenu("b@exemple.fr", None, nom="Zimmer"), le=f.MAINTENANT - 100 * a.JOUR
    )
    poster(client, adresse)
    liens = (
        adresse,
        reverse("s-opposer", args=[a.jeton(a="autre@exemple.fr")]),
        reverse("s-opposer", args=["abc"]),
        adresse.upper().replace("/PAS-MOI/", "/pas-moi/"),
        reverse("retirer-opposition", args=[a.jeton()]),
        reverse("opposition-recue", args=["abc"]),
    )
    pages = [client.get(lien) for lien in liens] + [poster(client, lien) for lien in liens[:-1]]
    assert {page.status_code for page in pages} == {410}
    (corps,) = {page.content for page in pages}
    assert FERME in corps.decode()
    assert Gel.objects.count() == 1


def test_who_is_fled_sees_the_page_of_any_false_link(client: Client, adresse: str) -> None:
    """Violence is said after the link left: neither page nor button tells that it was a true one."""
    ouverte = client.get(adresse)
    assert ouverte.status_code == 200
    poster(client, adresse, contact="")  # nothing pressed for good
    modifier_demande(
        Demande.objects.get().id,
        contenu=a.contenu(a.APRES, motifs={"codes": ["06"]}),
        revision=2,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    fausse = client.get(reverse("s-opposer", args=["a" * 20]))
    formulaire = ouverte.context["formulaire"].initial["formulaire"]
    for page in (
        client.get(adresse),
        poster(client, adresse),
        poster(client, adresse, formulaire=formulaire),
    ):
        assert (page.status_code, page.content) == (fausse.status_code, fausse.content)
        assert {**page.headers, "X-Request-ID": ""} == {**fausse.headers, "X-Request-ID": ""}
    assert (Gel.objects.count(), Opposition.objects.count()) == (0, 0)


def test_what_is_typed_comes_back_with_what_to_correct(client: Client, adresse: str) -> None:
    page = poster(client, adresse, codes=[], contact="06 99").content.decode()
    assert "Cochez au moins une ligne" in page
    assert 'value="06 99"' in page
    page = poster(client, adresse, contact=" ").content.decode()
    assert "Donnez un numéro de téléphone" in page
    assert "checked" in page
    page = poster(client, adresse, codes=["NIR:FAIT:VOUS", "<script>"]).content.decode()
    assert "Cochez au moins une ligne" in page
    assert "<script>alert" not in page
    assert Gel.objects.count() == 0


def test_wants_the_token_of_the_form(adresse: str) -> None:
    assert poster(Client(enforce_csrf_checks=True), adresse).status_code == 403
    assert Gel.objects.count() == 0


def test_slows_down(client: Client) -> None:
    inconnue = reverse("s-opposer", args=["abc"])
    codes = [client.get(inconnue).status_code for _ in range(25)]
    assert (codes[0], codes[-1]) == (410, 429)


def test_the_telephone_is_that_of_the_service(client: Client, settings: Any) -> None:
    settings.TELEPHONE = "0 800 00 00 00"
    assert "appelez le 0 800 00 00 00" in client.get(reverse("s-opposer", args=["abc"])).content.decode()


def test_who_was_wrong_says_so_by_the_same_address(client: Client, adresse: str) -> None:
    poster(client, adresse)
    retrait = reverse("retirer-opposition", args=[a.jeton("OPPOSITION_RECUE")])
    assert "Je me suis trompé" in client.get(retrait).content.decode()
    assert Opposition.objects.get().retiree_le is None
    apres = client.post(retrait, follow=True)
    assert apres.redirect_chain == [(reverse("opposition-retiree"), 302)]
    assert client.post(retrait).status_code == 410
    assert Opposition.objects.get().retiree_le == f.MAINTENANT + timedelta(hours=1)


def test_leaving_does_nothing(client: Client, adresse: str) -> None:
    assert "La demande n’est pas bloquée" in client.get(reverse("opposition-rien")).content.decode()
    assert Gel.objects.count() == 0
