"""Sign-in with a browser's eyes: two pages, enrolment, refusals, lock-out, sign-out, and what the journal keeps."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from sne.habilitations.actions import Verdict, verifier_second_facteur
from sne.habilitations.models import Compte
from sne.habilitations.rules import INCONNU, Role
from sne.habilitations.selectors import empreinte_courriel
from sne.habilitations.sessions import SessionStore
from sne.habilitations.tasks import purger
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.models import Entree, Valeur
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db
CONNEXION, CODE, APPLICATION = "/connexion/", "/connexion/code/", "/connexion/application/"


def saisir(client: Client, courriel: str, mot_de_passe: str = f.MOT_DE_PASSE, **champs: str) -> Any:
    return client.post(CONNEXION, {"courriel": courriel, "mot_de_passe": mot_de_passe, **champs})


def entrees(verbe: str) -> list[Entree]:
    return list(Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id"))


def adresses(entree: Entree) -> list[str | None]:
    return list(
        Valeur.objects.filter(entree=entree.id, champ="adresse_reseau").values_list("valeur", flat=True)
    )


def connecte(client: Client) -> bool:
    return client.get(reverse("mon-compte")).status_code == 200


def test_two_pages_then_the_home_page(client: Client) -> None:
    compte = f.creer_agent()
    reponse = saisir(client, compte.courriel.upper())
    assert (reponse.status_code, reponse.url) == (302, CODE)
    assert not connecte(client), "the password alone opens nothing"
    cle_d_attente = client.session.session_key
    reponse = client.post(CODE, {"code": f"{f.code_de(compte)[:3]} {f.code_de(compte)[3:]}"})
    assert (reponse.status_code, reponse.url) == (302, reverse("accueil"))
    assert client.session.session_key != cle_d_attente
    assert "connexion_en_attente" not in client.session
    page = client.get(reverse("mon-compte"))
    assert "Camille Rousset" in page.content.decode()
    compte.refresh_from_db()
    assert compte.last_login is not None
    (entree,) = entrees("CONNEXION")
    assert entree.acteur["id"] == str(compte.id)
    assert (entree.acteur["role"], entree.acteur["guichet"]) == ("AGENT_GUICHET", "G0993")
    assert adresses(entree) == ["127.0.0.1"]
    assert page.headers["X-Request-ID"] != str(entree.correlation)


def test_who_forgot_a_password_is_sent_to_who_manages_their_access(client: Client) -> None:
    page = client.get(CONNEXION).content.decode()
    assert (
        "la personne qui gère vos accès (responsable de guichet, gestionnaire territorial) vous remet un code"
        in page
    )


def test_the_code_has_the_focus(client: Client) -> None:
    """Six digits are typed as soon as the page is there; once refused, what is wrong is read first."""
    saisir(client, f.creer_agent().courriel)
    assert re.search(r"<input[^>]* autofocus[^>]* id=\"id_code\"", client.get(CODE).content.decode())
    refusee = client.post(CODE, {"code": "12"}).content.decode()
    assert refusee.index('id="erreurs"') < refusee.index('id="id_code"')


@pytest.mark.parametrize("creer", [f.creer_agent, f.creer_responsable, f.creer_gestionnaire, f.creer_support])
def test_every_role_signs_in(client: Client, creer: Any) -> None:
    assert connecte(f.connecter(client, creer()))


@pytest.mark.parametrize("creer", [f.creer_exploitation, f.creer_dpo, f.creer_personne])
def test_national_roles_and_people_without_role_sign_in(client: Client, creer: Any) -> None:
    assert connecte(f.connecter(client, creer()))


def test_refusal_never_says_whether_the_account_exists() -> None:
    connu, eteint = f.creer_agent(), f.creer_agent()
    Compte.objects.filter(pk=eteint.pk).update(actif=False)
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=eteint.id)
    pages = []
    for courriel in (connu.courriel, "nul@exemple.fr", eteint.courriel):
        mot_de_passe = "faux" if courriel != eteint.courriel else f.MOT_DE_PASSE
        reponse = saisir(Client(), courriel, mot_de_passe)
        assert reponse.status_code == 200
        texte = reponse.content.decode().replace(courriel, "…")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", texte))
    assert pages[0] == pages[1] == pages[2]
    assert "<title>Erreur" in pages[0]
    assert "Mot de passe\u00a0: il ne va pas avec cette adresse" in pages[0]


def test_refusals_are_journalled_without_the_unknown_address(client: Client) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel, "faux")
    saisir(client, "Inconnue@exemple.fr", "faux")
    connue, inconnue = entrees("CONNEXION_REFUSEE")
    assert connue.acteur["id"] == inconnue.acteur["id"] == str(INCONNU)
    assert connue.faits["motif"] == "MOT_DE_PASSE"
    assert connue.faits["compte"] == str(compte.id)
    assert inconnue.faits["empreinte"] == empreinte_courriel("inconnue@exemple.fr")
    assert "compte" not in inconnue.faits
    assert "inconnue" not in str(list(Entree.objects.values()) + list(Valeur.objects.values())).lower()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"courriel": "", "mot_de_passe": "x"}, "Adresse électronique\u00a0: indiquez votre adresse"),
        (
            {"courriel": "a@exemple.fr", "mot_de_passe": ""},
            "Mot de passe\u00a0: saisissez votre mot de passe",
        ),
        ({"courriel": "a" * 300, "mot_de_passe": "x" * 300}, "1 champ à corriger|2\u00a0champs à corriger"),
        ({}, "champs à corriger"),
    ],
)
def test_bad_input_is_a_sentence(client: Client, champs: dict[str, str], phrase: str) -> None:
    reponse = client.post(CONNEXION, champs)
    assert reponse.status_code == 200
    assert re.search(phrase, reponse.content.decode())
    assert entrees("CONNEXION_REFUSEE") == []


def test_first_sign_in_enrols_the_application(client: Client) -> None:
    compte = f.creer_personne(second_facteur=False)
    f.habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet="G0993")
    assert saisir(client, compte.courriel).url == APPLICATION
    assert client.get(CODE).url == APPLICATION
    page = client.get(APPLICATION).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")  # type: ignore[index]
    assert 'src="data:image/svg+xml' in page
    assert client.get(APPLICATION).content.decode().count(secret[:4]) >= 1, (
        "the same key when the page is reloaded"
    )
    refuse = client.post(APPLICATION, {"code": "000000"})
    assert "Ce n’est pas le bon" in refuse.content.decode()
    assert not TOTPDevice.objects.get(user=compte).confirmed
    with time_machine.travel(maintenant() + timedelta(seconds=2)):  # one error makes wait one second
        reponse = client.post(APPLICATION, {"code": f"{totp(b32decode(secret)):06d}"})
    assert (reponse.status_code, reponse.url) == (302, reverse("accueil"))
    assert TOTPDevice.objects.get(user=compte).confirmed
    assert connecte(client)
    assert entrees("MODIFIER_COMPTE")[0].faits["champ"] == "SECOND_FACTEUR"
    assert len(entrees("CONNEXION")) == 1


def test_password_alone_never_replaces_a_confirmed_application(client: Client) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel)
    assert client.get(APPLICATION).url == CODE
    assert TOTPDevice.objects.filter(user=compte).count() == 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5x"])
def test_code_of_another_shape_is_a_sentence(client: Client, code: str) -> None:
    saisir(client, f.creer_agent().courriel)
    reponse = client.post(CODE, {"code": code})
    assert reponse.status_code == 200
    assert "Code à 6 chiffres\u00a0: " in reponse.content.decode()
    assert entrees("CONNEXION_REFUSEE") == []


def test_wrong_codes_make_wait_longer_and_longer(client: Client) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel)
    bon = f.code_de(compte)
    faux = f"{(int(bon) + 1) % 10**6:06d}"
    with time_machine.travel(maintenant(), tick=False) as horloge:
        assert "Ce n’est pas le bon" in client.post(CODE, {"code": faux}).content.decode()
        assert "Trop de codes refusés" in client.post(CODE, {"code": bon}).content.decode()
        horloge.shift(2)
        client.post(CODE, {"code": faux})
        horloge.shift(1)
        assert "Attendez 1 s" in client.post(CODE, {"code": bon}).content.decode()
        TOTPDevice.objects.filter(user=compte).update(throttling_failure_count=10)
        assert "Attendez 9 min" in client.post(CODE, {"code": bon}).content.decode()
        horloge.shift(600 - 3)
        assert client.post(CODE, {"code": f.code_de(compte)}).status_code == 302
    assert [e.faits["motif"] for e in entrees("CONNEXION_REFUSEE")] == [
        "CODE",
        "VERROU",
        "CODE",
        "VERROU",
        "VERROU",
    ]


def test_a_code_serves_once() -> None:
    compte = f.creer_agent()
    code = f.code_de(compte)
    reponses = []
    for client in (Client(), Client()):
        saisir(client, compte.courriel)
        reponses.append(client.post(CODE, {"code": code}).status_code)
    assert reponses == [302, 200]


def test_code_page_without_password_leads_back(client: Client) -> None:
    for adresse in (CODE, APPLICATION):
        assert client.get(adresse).url == "/connexion/?fin=delai"
    assert "Recommencez avec votre mot de passe" in client.get("/connexion/?fin=delai").content.decode()


def test_code_given_too_late_leads_back(client: Client) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel)
    with time_machine.travel(maintenant() + timedelta(minutes=10)):
        assert client.post(CODE, {"code": f.code_de(compte)}).url == "/connexion/?fin=delai"
    assert "connexion_en_attente" not in client.session


@pytest.mark.parametrize("changement", [{"password": "!"}, {"actif": False}])
def test_account_changed_between_the_two_pages_leads_back(client: Client, changement: dict[str, Any]) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel)
    Compte.objects.filter(pk=compte.pk).update(**changement)
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=compte.id)
    assert client.post(CODE, {"code": f.code_de(compte)}).url == "/connexion/?fin=delai"


def test_application_removed_between_the_two_pages_refuses(client: Client) -> None:
    compte = f.creer_agent()
    saisir(client, compte.courriel)
    TOTPDevice.objects.filter(user=compte).delete()
    f.dire(VerbeHabilitation.MODIFIER_COMPTE, compte=compte.id)
    assert client.post(CODE, {"code": "123456"}).url == "/connexion/?fin=delai"
    verdict = verifier_second_facteur("123456", acte=Acte(f.acteur(compte), maintenant()), adresse="")
    assert verdict == Verdict()


def test_five_refusals_lock_the_account_from_this_address(client: Client) -> None:
    compte, autre = f.creer_agent(), f.creer_agent()
    statuts = [saisir(client, compte.courriel, "faux").status_code for _ in range(5)]
    assert statuts == [200, 200, 200, 200, 429]
    bloquee = saisir(client, compte.courriel.upper())
    assert bloquee.status_code == 429
    assert bloquee.headers["Retry-After"] == "900"
    assert "pendant 15\u00a0minutes" in bloquee.content.decode()
    assert saisir(client, autre.courriel).status_code == 302, "another account is not locked"
    ailleurs = Client(REMOTE_ADDR="192.0.2.7")
    assert saisir(ailleurs, compte.courriel).status_code == 302, "another address is not locked"
    motifs = [e.faits["motif"] for e in entrees("CONNEXION_REFUSEE")]
    assert motifs == ["MOT_DE_PASSE"] * 4 + ["VERROU"] * 2


def test_lock_ends_after_fifteen_minutes_however_one_insists(client: Client) -> None:
    compte = f.creer_agent()
    with time_machine.travel(maintenant(), tick=False) as horloge:
        for _ in range(5):
            saisir(client, compte.courriel, "faux")
        horloge.shift(14 * 60)
        assert saisir(client, compte.courriel).status_code == 429
        horloge.shift(2 * 60)
        assert saisir(client, compte.courriel).status_code == 302


def test_unknown_address_is_locked_alike(client: Client) -> None:
    assert [saisir(client, "nul@exemple.fr", "faux").status_code for _ in range(6)][-2:] == [429, 429]


def test_lock_keeps_neither_address_nor_password(client: Client) -> None:
    from axes.models import AccessAttempt

    saisir(client, "secrete@exemple.fr", "mot secret", suite="/demandes/")
    garde = str(list(AccessAttempt.objects.values()))
    assert empreinte_courriel("secrete@exemple.fr") in garde
    assert "secrete" not in garde
    assert "mot secret" not in garde


def test_sign_out_ends_the_session_and_is_journalled(client: Client) -> None:
    compte = f.creer_agent()
    f.connecter(client, compte)
    assert Session.objects.count() == 1
    reponse = client.post(reverse("deconnexion"))
    assert reponse.url == "/connexion/?fin=demande"
    assert "Vous êtes déconnecté." in client.get(reponse.url).content.decode()
    assert not connecte(client)
    assert not Session.objects.exists()
    (entree,) = entrees("DECONNEXION")
    assert (entree.acteur["id"], entree.faits["motif"]) == (str(compte.id), "demande")
    assert client.post(reverse("deconnexion")).status_code == 302
    assert len(entrees("DECONNEXION")) == 1


def test_sign_out_is_not_a_link(client: Client) -> None:
    assert f.connecter(client, f.creer_agent()).get(reverse("deconnexion")).status_code == 405
    assert connecte(client)


def test_signed_in_person_skips_the_sign_in_page(client: Client) -> None:
    assert f.connecter(client, f.creer_agent()).get(CONNEXION).url == reverse("accueil")


@pytest.mark.parametrize(
    ("suite", "attendu"),
    [
        ("/mon-compte/", "/mon-compte/"),
        ("https://ailleurs.example/", "/accueil/"),
        ("//ailleurs.example/", "/accueil/"),
        ("/\\ailleurs.example", "/accueil/"),
        ("javascript:alert(1)", "/accueil/"),
        ("mon-compte/", "/accueil/"),
        ("", "/accueil/"),
    ],
)
def test_sign_in_leads_to_the_page_wanted_when_it_is_ours(client: Client, suite: str, attendu: str) -> None:
    compte = f.creer_agent()
    page = client.get(CONNEXION, {"suite": suite}).content.decode()
    assert ('name="suite"' in page) is (attendu != "/accueil/")
    saisir(client, compte.courriel, suite=suite)
    assert client.post(CODE, {"code": f.code_de(compte)}).url == attendu


@pytest.mark.parametrize("fin", ["inactivite", "duree", "demande", "delai"])
def test_sign_in_page_says_why_one_is_back(client: Client, fin: str) -> None:
    assert 'role="status"' in client.get(CONNEXION, {"fin": fin}).content.decode()


def test_sign_in_page_ignores_an_invented_reason(client: Client) -> None:
    assert 'role="status"' not in client.get(CONNEXION, {"fin": "<b>"}).content.decode()


def test_csrf_refusal_is_a_page(client: Client) -> None:
    severe = Client(enforce_csrf_checks=True)
    reponse = severe.post(CONNEXION, {"courriel": "a@exemple.fr", "mot_de_passe": "x"})
    assert reponse.status_code == 403
    assert "restée ouverte trop longtemps" in reponse.content.decode()


def test_expired_sessions_leave_the_database(client: Client) -> None:
    f.connecter(client, f.creer_agent())
    vivante = Session.objects.get().session_key
    Session.objects.create(
        session_key="finie", session_data="", expire_date=maintenant() - timedelta(seconds=1)
    )
    assert purger(timestamp=0) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == [vivante]


def test_a_session_past_its_end_opens_nothing(client: Client) -> None:
    f.connecter(client, f.creer_agent())
    Session.objects.update(expire_date=maintenant() - timedelta(seconds=1))
    assert not connecte(client)
    assert SessionStore(client.session.session_key).load() == {}


def test_a_password_hashed_anew_at_sign_in_is_told(settings: Any) -> None:
    compte = f.creer_agent()
    avant = Compte.objects.get(id=compte.id).password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert saisir(Client(), compte.courriel).status_code == 302
    apres = Compte.objects.get(id=compte.id)
    assert (avant[:3], apres.password[:6]) == ("md5", "scrypt")
    assert apres.check_password(f.MOT_DE_PASSE)
    (entree,) = entrees("MODIFIER_COMPTE")
    assert entree.faits == {"compte": str(compte.id), "champ": "EMPREINTE"}
    connection.check_constraints()


def test_nothing_of_the_database_is_the_key_of_a_session(client: Client) -> None:
    f.connecter(client, f.creer_agent())
    copie = Session.objects.get().session_key
    assert copie != client.cookies["sessionid"].value
    voleur = Client()
    voleur.cookies["sessionid"] = copie
    assert not connecte(voleur)
    assert connecte(client)


def test_key_that_no_service_gave_opens_nothing(client: Client) -> None:
    for cle in ('"\\000"', "x" * 500, "é"):
        client.cookies["sessionid"] = cle
        assert not connecte(client)
