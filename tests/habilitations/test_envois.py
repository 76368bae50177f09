"""A session that ends keeps what was being sent, for its account alone, and nothing is ever sent by itself."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.habilitations.actions import purger_sessions
from sne.habilitations.envois import COOKIE, list_envois, tiroir_du_compte
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.registre.modification.models import Brouillon
from sne.socle.horloge import maintenant
from tests.habilitations.factories import MOT_DE_PASSE, connecter_par_les_pages, creer_agent, habiliter

ICI = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Origin": "http://testserver"}
SAISIE = {"nom_naissance": "Leca", "prenoms": "Léa", "date_naissance": "02031987"}
TITRE = "Votre session a pris fin. Ce que vous veniez d’envoyer est gardé"


@pytest.fixture
def compte(db: None) -> Compte:
    return creer_agent()


@pytest.fixture
def agent(compte: Compte) -> Client:
    """Signed in, navigating, one second ago."""
    return connecter_par_les_pages(Client(headers=ICI), compte)


def texte(reponse: HttpResponse) -> str:
    return str(reponse.content.decode())


def expirer(client: Client) -> None:
    """Half an hour without a request."""
    session = client.session
    session["vue_le"] -= timedelta(minutes=31).total_seconds()
    session.save()


def perdre(client: Client) -> None:
    """The session ends elsewhere: the browser no longer has it."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def finir(client: Client, comment: str) -> None:
    {"expirée": expirer, "perdue": perdre, "quittée": lambda c: c.post(reverse("deconnexion"))}[comment](
        client
    )


def envoyer(client: Client, **autrement: Any) -> HttpResponse:
    return client.post(reverse("enregistrer"), SAISIE, **autrement)


def champs(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


# -- the promise --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("comment", ["expirée", "perdue", "quittée"])
def test_ce_qui_partait_est_garde_rendu_et_renvoye(agent: Client, compte: Compte, comment: str) -> None:
    finir(agent, comment)
    refus = envoyer(agent)
    assert (refus.status_code, Brouillon.objects.count()) == (302, 0)
    assert "garde=oui" in refus["Location"]
    assert "Leca" not in refus["Location"]
    assert "Ce que vous veniez d’envoyer est gardé" in texte(agent.get(refus["Location"]))
    suite = rentrer(agent, compte)
    assert suite.startswith(reverse("envois-gardes"))
    assert Brouillon.objects.count() == 0, "nothing is sent by itself"
    page = texte(agent.get(suite))
    assert TITRE in page
    assert "Rien n’a été enregistré." in page
    adresse = re.findall(r'action="(/demandes/nouvelle/\?revoir=[0-9a-f]{24})"', page)[0]
    assert agent.post(adresse, champs(page))["Location"].startswith("/brouillons/")
    assert Brouillon.objects.count() == 1
    assert list_envois(compte.pk) == []
    assert "Rien n’est gardé." in texte(agent.get(reverse("envois-gardes")))


def rentrer(client: Client, compte: Compte) -> str:
    """Sign in, from no session; where that leads."""
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    adresses: list[str] = []
    vrai = client.post

    def noter(*args: Any, **suite: Any) -> HttpResponse:
        reponse = vrai(*args, **suite)
        adresses.append(reponse.headers.get("Location", ""))
        return reponse

    client.post = noter  # type: ignore[method-assign]
    connecter_par_les_pages(client, compte)
    client.post = vrai  # type: ignore[method-assign]
    return adresses[-1]


def test_renvoye_et_refuse_il_se_revoit_et_n_est_plus_garde_deux_fois(agent: Client, compte: Compte) -> None:
    expirer(agent)
    agent.post(reverse("enregistrer"), SAISIE | {"date_naissance": "31021987", "continuer": "oui"})
    rentrer(agent, compte)
    [envoi] = list_envois(compte.pk)
    reponse = agent.post(f"{envoi.adresse}?revoir={envoi.jeton}", dict(envoi.champs))
    assert reponse.status_code == 303
    assert 'value="Leca"' in texte(agent.get(reponse["Location"]))
    assert list_envois(compte.pk) == []


def test_renvoye_a_une_page_qui_n_en_veut_pas_il_reste_garde(agent: Client, compte: Compte) -> None:
    """Its file was struck off, or the right was lost: what was typed is on no page."""
    expirer(agent)
    agent.post("/demandes/0990000000009G0993/radier/?a=b", {"motif": "x"})
    rentrer(agent, compte)
    [envoi] = list_envois(compte.pk)
    page = texte(agent.get(reverse("envois-gardes")))
    assert f'action="/demandes/0990000000009G0993/radier/?a=b&amp;revoir={envoi.jeton}"' in page
    agent.post(f"{envoi.adresse}&revoir={envoi.jeton}", dict(envoi.champs))
    assert [e.jeton for e in list_envois(compte.pk)] == [envoi.jeton]


def test_oublier_n_envoie_rien(agent: Client, compte: Compte) -> None:
    expirer(agent)
    envoyer(agent)
    rentrer(agent, compte)
    [envoi] = list_envois(compte.pk)
    suite = agent.post(reverse("envois-gardes"), {"oublier": envoi.jeton}, follow=True)
    assert "Cet envoi est oublié. Rien n’a été enregistré." in texte(suite)
    assert (list_envois(compte.pk), Brouillon.objects.count()) == ([], 0)


def test_la_session_finit_encore_avant_le_renvoi(agent: Client, compte: Compte) -> None:
    expirer(agent)
    envoyer(agent)
    rentrer(agent, compte)
    [envoi] = list_envois(compte.pk)
    expirer(agent)
    agent.post(f"{envoi.adresse}?revoir={envoi.jeton}", dict(envoi.champs))
    assert [e.jeton for e in list_envois(compte.pk)] == [envoi.jeton]


# -- never another's ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("comment", ["expirée", "perdue"])
def test_un_autre_compte_ne_le_voit_jamais(agent: Client, compte: Compte, comment: str) -> None:
    autre = creer_agent("099", "G0991", courriel="autre@exemple.fr")
    finir(agent, comment)
    envoyer(agent)
    suite = rentrer(agent, autre)
    assert suite == reverse("accueil")
    assert "Rien n’est gardé." in texte(agent.get(reverse("envois-gardes")))
    [envoi] = list_envois(compte.pk)
    agent.post(reverse("envois-gardes"), {"oublier": envoi.jeton})
    agent.post(f"{envoi.adresse}?revoir={envoi.jeton}", {})
    assert [e.jeton for e in list_envois(compte.pk)] == [envoi.jeton], "nor can take it away"
    assert rentrer(agent, compte).startswith(reverse("envois-gardes"))


@pytest.mark.parametrize("comment", ["perdue", "quittée"])
def test_une_page_laissee_ouverte_n_est_pas_gardee_pour_qui_est_venu_ensuite(
    agent: Client, compte: Compte, comment: str
) -> None:
    autre = creer_agent("099", "G0991", courriel="autre@exemple.fr")
    finir(agent, "quittée")
    rentrer(agent, autre)
    finir(agent, comment)
    envoyer(agent)
    assert (list_envois(compte.pk), list_envois(autre.pk)) == ([], [])


def test_rien_n_est_lisible_dans_la_base_ni_chez_le_navigateur(agent: Client, compte: Compte) -> None:
    expirer(agent)
    envoyer(agent)
    [ligne] = tiroir_du_compte(compte.pk).gardees()
    assert "Leca" not in ligne.session_data
    assert str(compte.pk) not in agent.cookies[COOKIE].value
    assert "httponly" in str(agent.cookies[COOKIE]).lower()


def test_un_navigateur_que_nul_n_a_ouvert_ne_garde_rien(compte: Compte) -> None:
    reponse = envoyer(Client(headers=ICI))
    assert "garde" not in reponse["Location"]
    assert not Session.objects.exists()


def test_un_tiroir_forge_ne_s_ouvre_pas(agent: Client, compte: Compte) -> None:
    perdre(agent)
    agent.cookies[COOKIE] = f"{tiroir_du_compte(compte.pk).debut}:1abc:xyz"
    assert "garde" not in envoyer(agent)["Location"]
    assert list_envois(compte.pk) == []


@pytest.mark.parametrize(
    "entetes",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Accept": "application/json"},
    ],
)
def test_ce_qui_ne_vient_pas_d_une_page_d_ici_n_est_pas_garde(
    agent: Client, compte: Compte, entetes: dict[str, str]
) -> None:
    expirer(agent)
    assert "garde" not in envoyer(agent, headers=entetes)["Location"]
    assert list_envois(compte.pk) == []


# -- what is kept, and until when ---------------------------------------------------------------------------------
def test_un_mot_de_passe_et_un_code_ne_sont_jamais_gardes(agent: Client, compte: Compte) -> None:
    saisie = {"ancien": MOT_DE_PASSE, "nouveau": "Un-Autre-Secret-42", "confirmation": "Un-Autre-Secret-42"}
    expirer(agent)
    for secret in (saisie, {"code": "123 456"}):
        assert "garde" not in agent.post(reverse("changer-mot-de-passe"), secret)["Location"]
    assert list_envois(compte.pk) == []


def test_les_fichiers_sont_dits_perdus(agent: Client, compte: Compte) -> None:
    expirer(agent)
    fichier = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    agent.post("/demandes/099112601000000010/pieces/ajouter/", {"explication": "Livret", "fichiers": fichier})
    rentrer(agent, compte)
    page = texte(agent.get(reverse("envois-gardes")))
    assert "Vos fichiers n’ont pas pu être gardés." in page
    assert champs(page)["explication"] == "Livret"


@pytest.mark.parametrize("corps", ["a=b&" * 1100, "x=" + "y" * (1 << 18)])
def test_ce_qui_ne_se_lit_pas_n_est_pas_garde(agent: Client, compte: Compte, corps: str) -> None:
    expirer(agent)
    type_ = "application/x-www-form-urlencoded"
    agent.generic("POST", reverse("enregistrer"), corps.encode("latin-1"), type_)
    assert list_envois(compte.pk) == []


def test_il_est_garde_un_jour_puis_purge(agent: Client, compte: Compte) -> None:
    depart = maintenant()
    expirer(agent)
    envoyer(agent)
    with time_machine.travel(depart + timedelta(hours=23)):
        purger_sessions(maintenant())
        assert len(list_envois(compte.pk)) == 1
    with time_machine.travel(depart + timedelta(hours=25)):
        assert list_envois(compte.pk) == []
        purger_sessions(maintenant() + timedelta(days=1))
    assert not tiroir_du_compte(compte.pk).gardees().exists()


def test_agir_pour_un_autre_lieu_se_dit_avant_d_envoyer(agent: Client, compte: Compte) -> None:
    habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet="G0991")
    agent.post(reverse("changer-guichet"), {"poste": "099/G0991"})
    expirer(agent)
    envoyer(agent)
    rentrer(agent, compte)
    page = texte(agent.get(reverse("envois-gardes")))
    assert ("Vous agissiez pour un autre lieu" in page) is ("Envoyer à nouveau" not in page)
    agent.post(reverse("changer-guichet"), {"poste": "099/G0991"})
    page = texte(agent.get(reverse("envois-gardes")))
    assert "Envoyer à nouveau" in page


# -- signed in again in another tab -------------------------------------------------------------------------------
def test_une_page_d_avant_la_reconnexion_est_gardee_aussi(agent: Client, compte: Compte) -> None:
    agent.handler.enforce_csrf_checks = True
    jeton = str(agent.get(reverse("enregistrer")).context["csrf_token"])
    agent.handler.enforce_csrf_checks = False
    rentrer(agent, compte)
    agent.handler.enforce_csrf_checks = True
    reponse = agent.post(reverse("enregistrer"), SAISIE | {"csrfmiddlewaretoken": jeton})
    assert reponse.status_code == 403
    assert "Retrouver mon envoi" in texte(reponse)
    assert [dict(e.champs) for e in list_envois(compte.pk)] == [SAISIE]


def test_sauf_si_quelqu_un_d_autre_s_est_connecte_sur_ce_navigateur(agent: Client, compte: Compte) -> None:
    autre = creer_agent("099", "G0991", courriel="autre@exemple.fr")
    for suivant in (autre, compte):
        rentrer(agent, suivant)
    agent.handler.enforce_csrf_checks = True
    reponse = agent.post(reverse("enregistrer"), SAISIE)
    assert "Retrouver mon envoi" not in texte(reponse)
    assert list_envois(compte.pk) == []


def test_nul_ne_garde_pour_un_inconnu_le_formulaire_d_une_page_publique(db: None) -> None:
    client = Client(headers=ICI, enforce_csrf_checks=True)
    assert "Retrouver mon envoi" not in texte(client.post(reverse("connexion"), {"courriel": "a@b.fr"}))


# -- the end is announced -----------------------------------------------------------------------------------------
def test_la_fin_est_annoncee_et_se_repousse(agent: Client) -> None:
    page = texte(agent.get(reverse("mon-compte")))
    assert 'data-reg-avis="300"' in page
    assert 1790 <= int(re.findall(r'data-reg-fin="(\d+)"', page)[0]) <= 1800
    session = agent.session
    session["vue_le"] -= timedelta(minutes=26).total_seconds()
    session.save()
    assert agent.post(reverse("prolonger-session")).json()["secondes"] >= 1790
    assert agent.get(reverse("prolonger-session")).status_code == 405


def test_la_duree_maximale_ne_se_repousse_pas(agent: Client) -> None:
    session = agent.session
    session["ouverte_le"] -= timedelta(hours=9, minutes=57).total_seconds()
    session.save()
    assert agent.post(reverse("prolonger-session")).json()["secondes"] <= 180


def test_une_page_publique_n_annonce_rien(db: None) -> None:
    assert "data-reg-fin" not in texte(Client().get(reverse("connexion")))
