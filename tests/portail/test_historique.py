"""The history behind the link of a notice: read-only, without a value; a button about one of its lines."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.journal.models import Entree
from sne.registre.avis.models import Opposition
from sne.registre.enquete.models.enquete import DossierEnquete, Gel
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.tirages import sans_tirages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calme")]
FERME = "Ce lien ne peut plus servir"


@pytest.fixture
def jeton() -> str:
    """Élodie's e-mail was changed; a counter read the file since."""
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES, precisions="Un mot"))
    consulter_demande(recepisse.nud, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    return a.jeton()


def page(reponse: Any) -> str:
    assert reponse.status_code == 200
    return re.sub(r"\s+", " ", reponse.content.decode().replace("\u00a0", " "))


def entree_de(verbe: str) -> uuid.UUID:
    cle: uuid.UUID = Entree.objects.get(verbe=verbe).id
    return cle


def adresse_de(jeton: str, verbe: str = "MODIFIER") -> str:
    return reverse("contester", args=[jeton, entree_de(verbe)])


def poster(client: Client, adresse: str, **autres: str) -> Any:
    return client.post(adresse, {"formulaire": str(uuid.uuid4()), "contact": "06 99 88 77 66"} | autres)


def test_the_notice_leads_there(client: Client, jeton: str) -> None:
    avis = page(client.get(reverse("s-opposer", args=[jeton])))
    assert 'href="historique/"' in avis


@pytest.mark.decision("D-2024-09")
def test_what_was_done_and_no_value_but_one_s_own_address(client: Client, jeton: str) -> None:
    reponse = client.get(reverse("historique-du-lien", args=[jeton]))
    lue = page(reponse)
    for attendu in (
        "Le guichet CCAS d’Aurette-la-Ville a ouvert votre dossier.",
        "Le guichet CCAS d’Aurette-la-Ville a changé votre demande.",
        "e•••••@exemple.fr",
        "non montré ici",
        adresse_de(jeton),
    ):
        assert attendu in lue, attendu
    for cache in (a.AVANT, a.APRES, "Dubreuil", "Élodie", "Rousset", "1122", "Un mot", "Tanneurs"):
        assert cache not in sans_tirages(lue), cache
    assert (reponse.headers["Referrer-Policy"], reponse.headers["X-Robots-Tag"]) == (
        "strict-origin",
        "noindex, nofollow",
    )


def test_reading_is_told_beside_the_file(client: Client, jeton: str) -> None:
    client.get(reverse("historique-du-lien", args=[jeton]))
    assert Entree.objects.get(verbe="CONSULTER_HISTORIQUE").demande is None
    assert not Gel.objects.exists()


def test_narrowed(client: Client, jeton: str) -> None:
    lue = page(client.get(reverse("historique-du-lien", args=[jeton]), {"genre": "lectures"}))
    assert "a changé votre demande" not in lue
    assert "a ouvert votre dossier" in lue


def test_the_page_of_a_line_does_nothing(client: Client, jeton: str) -> None:
    entrees = Entree.objects.count()
    lue = page(client.get(adresse_de(jeton)))
    assert "Le guichet CCAS d’Aurette-la-Ville a changé votre demande." in lue
    assert (Entree.objects.count(), Gel.objects.count()) == (entrees, 0)


@pytest.mark.decision("D-2024-09")
def test_pressing_freezes_and_gives_the_reference(client: Client, jeton: str) -> None:
    reponse = poster(client, adresse_de(jeton))
    assert reponse.status_code == 302
    opposition = Opposition.objects.get()
    assert opposition.reference in page(client.get(reponse.url))
    assert (opposition.entree, Gel.objects.count()) == (entree_de("MODIFIER"), 1)


def test_pressed_twice_it_objects_once(client: Client, jeton: str) -> None:
    formulaire = str(uuid.uuid4())
    urls = {poster(client, adresse_de(jeton), formulaire=formulaire).url.split("/")[2] for _ in range(2)}
    assert len(urls) == Opposition.objects.count() == 1


def test_what_is_refused_keeps_what_was_typed(client: Client, jeton: str) -> None:
    lue = page(poster(client, adresse_de(jeton), contact="2 87 03 99 123 456 78"))
    assert "Retirez le numéro de sécurité sociale de ce texte." in lue
    assert 'value="2 87 03 99 123 456 78"' in lue
    assert not DossierEnquete.objects.exists()


@pytest.mark.parametrize("verbe", ["CONSULTER", "DEPOSER"])
def test_a_line_that_is_nobody_s_to_contest(client: Client, jeton: str, verbe: str) -> None:
    adresse = adresse_de(jeton, verbe)
    for reponse in (client.get(adresse), poster(client, adresse)):
        assert reponse.status_code == 410
        assert FERME in reponse.content.decode()
    assert not Gel.objects.exists()


def test_a_line_of_another_demande(client: Client, jeton: str) -> None:
    autre = a.deposer(a.contenu("z@exemple.fr", None, nom="Zimmer"), doublons_ecartes="autre")
    a.changer(autre.demande_id, a.contenu("b@exemple.fr", None, nom="Zimmer"))
    etrangere = Entree.objects.get(verbe="MODIFIER", demande=autre.demande_id).id
    assert client.get(reverse("contester", args=[jeton, etrangere])).status_code == 410


def test_every_closed_link_is_the_same_page(client: Client, jeton: str) -> None:
    demande = Entree.objects.get(verbe="MODIFIER").demande
    modifier_demande(
        demande,
        contenu=a.contenu(a.APRES, motifs={"codes": ["06"]}),
        revision=2,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    inconnue = f.inconnu()
    reponses = [
        client.get(adresse)
        for lien in (jeton, "abc")
        for adresse in (
            reverse("historique-du-lien", args=[lien]),
            reverse("contester", args=[lien, inconnue]),
        )
    ]
    reponses.append(poster(client, reverse("contester", args=["abc", inconnue])))
    assert {r.status_code for r in reponses} == {410}
    assert len({r.content for r in reponses}) == 1
