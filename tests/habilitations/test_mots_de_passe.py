"""Passwords: none that is guessed at once, none that somebody else chose, and a brake on whoever tries many."""

from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.actions import reinitialiser_acces
from sne.habilitations.models import Compte
from sne.habilitations.selectors import comptes
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db
CHANGER, COMPTE, CONNEXION = "/mon-compte/mot-de-passe/", "/mon-compte/", "/connexion/"
BON = "trois barques sous la pluie"


def changer(client: Client, nouveau: str, ancien: str = f.MOT_DE_PASSE) -> Any:
    return client.post(CHANGER, {"ancien": ancien, "nouveau": nouveau, "confirmation": nouveau})


@pytest.mark.parametrize(
    "mot",
    [
        "123456789012",
        "987654321098",
        "aaaaaaaaaaaa",
        " " * 12,
        "121212121212",
        "abcabcabcabcabc",
        "motdepasse123",
        "M0tDeP@sse2026!",
        "azertyuiop12",
        "Azerty123456!",
        "qsdfghjklmwxcvbn",
        "Bonjour12345!",
        "Mairie2026!!",
        "logementlogement1",
        "password1234",
    ],
)
def test_password_that_is_tried_first_is_refused(client: Client, mot: str) -> None:
    compte = f.creer_agent()
    page = changer(f.connecter(client, compte), mot).content.decode()
    assert "Il se devine trop vite" in page or "trop courant" in page
    compte.refresh_from_db()
    assert compte.check_password(f.MOT_DE_PASSE)


@pytest.mark.parametrize(
    "mot", [BON, "un tilleul 47 en ville", "xK7-pqv2-mm3t-9hza", "Le soleil cogne sur Brest"]
)
def test_password_that_is_nobody_s_first_try_is_taken(client: Client, mot: str) -> None:
    assert changer(f.connecter(client, f.creer_agent()), mot).status_code == 302


def test_password_given_by_somebody_else_is_changed_before_anything(client: Client) -> None:
    compte = f.creer_agent()
    reinitialiser_acces(compte.id, mot_de_passe=BON, acte=Acte(f.SYSTEME, maintenant()))
    TOTPDevice.objects.create(user=compte, name="essai", confirmed=True)
    client.post(CONNEXION, {"courriel": compte.courriel, "mot_de_passe": BON})
    client.post("/connexion/code/", {"code": f.code_de(compte)})
    for adresse in ("/accueil/", COMPTE, "/rechercher/"):
        assert client.get(adresse).headers["Location"] == CHANGER
    page = client.get(CHANGER).content.decode()
    assert "provisoire" in page
    assert "Revenir sans rien changer" not in page
    assert changer(client, "un tilleul devant l’école 12", BON).status_code == 302
    assert client.get(COMPTE).status_code == 200
    assert not Compte.objects.get(pk=compte.pk).mot_de_passe_provisoire


def test_whoever_has_a_provisional_password_may_still_leave(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    Compte.objects.filter(pk=compte.pk).update(mot_de_passe_provisoire=True)
    assert client.post("/deconnexion/").status_code == 302
    assert not Session.objects.exists()


def test_current_password_is_not_tried_for_ever(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    assert [changer(client, BON, "faux").status_code for _ in range(5)] == [200] * 4 + [429]
    assert changer(client, BON).status_code == 429, "the right one neither, for a quarter of an hour"
    compte.refresh_from_db()
    assert compte.check_password(f.MOT_DE_PASSE)
    with time_machine.travel(maintenant().timestamp() + 16 * 60):
        assert changer(client, BON).status_code == 302


def test_many_accounts_from_one_address_are_braked_and_no_other_address_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrais = comptes.get_parametres
    monkeypatch.setattr(comptes, "get_parametres", lambda le: vrais(le).avec(connexion_refus_par_adresse=6))
    compte = f.creer_agent()

    def essayer(qui: Client, courriel: str, mot: str) -> int:
        return qui.post(CONNEXION, {"courriel": courriel, "mot_de_passe": mot}).status_code

    refus = [essayer(client, f"a{n}@exemple.fr", "faux") for n in range(8)]
    assert refus == [200] * 6 + [429] * 2
    assert essayer(client, compte.courriel, f.MOT_DE_PASSE) == 429
    ailleurs = Client(REMOTE_ADDR="192.0.2.7")
    assert essayer(ailleurs, compte.courriel, f.MOT_DE_PASSE) == 302
    with time_machine.travel(maintenant().timestamp() + 16 * 60):
        assert essayer(client, compte.courriel, f.MOT_DE_PASSE) == 302


def test_a_town_hall_s_ordinary_mistakes_brake_nobody(client: Client) -> None:
    for n in range(60):
        client.post(CONNEXION, {"courriel": f"a{n}@exemple.fr", "mot_de_passe": "faux"})
    compte = f.creer_agent()
    reponse = client.post(CONNEXION, {"courriel": compte.courriel, "mot_de_passe": f.MOT_DE_PASSE})
    assert reponse.status_code == 302
