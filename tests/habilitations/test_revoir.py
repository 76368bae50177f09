"""A page that answers a form can be seen again: Back, reload, a new tab; by whoever was sent it, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.habilitations import sessions
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.socle.horloge import maintenant
from tests.guichet.parcours import coordonnees
from tests.habilitations.factories import MOT_DE_PASSE, connecter, creer_agent, habiliter
from tests.saisie import cadres

NAVIGUE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FAUTIVE = {"nom_naissance": "Leca", "prenoms": "Léa", "date_naissance": "31/02/1987", "continuer": "oui"}
PLUS_GARDEE = "a été corrigée depuis, ou n’est plus gardée"


@pytest.fixture
def compte(db: None) -> Compte:
    return creer_agent()


@pytest.fixture
def agent(compte: Compte) -> Client:
    """Signed in, and navigating."""
    return connecter(Client(headers=NAVIGUE), compte)


def texte(reponse: HttpResponse) -> str:
    return str(reponse.content.decode())


def refusee(client: Client, chemin: str = "", saisie: dict[str, str] | None = None) -> str:
    """Post a form that is refused; the address of the page that says so."""
    reponse = client.post(chemin or reverse("enregistrer"), saisie or FAUTIVE)
    assert reponse.status_code == 303, reponse.status_code
    return str(reponse["Location"])


def test_un_formulaire_refuse_se_revoit_tel_qu_il_etait(agent: Client) -> None:
    adresse = refusee(agent)
    assert adresse.startswith("/demandes/nouvelle/?revoir=")
    pages = [agent.get(adresse) for _ in range(2)]
    assert texte(pages[0]) == texte(pages[1])
    for page in pages:
        assert page.status_code == 200
        assert "<title>Erreur" in texte(page)
        assert 'value="Leca"' in texte(page)
        assert "no-store" in page["Cache-Control"]
        assert page["X-Frame-Options"] == "DENY"
        assert "default-src" in page["Content-Security-Policy"]


def test_revoir_n_ecrit_rien(agent: Client) -> None:
    adresse = refusee(agent)
    avant = Entree.objects.count(), list(Session.objects.order_by("pk").values())
    agent.get(adresse)
    assert (Entree.objects.count(), list(Session.objects.order_by("pk").values())) == avant


def test_le_formulaire_revu_s_envoie(agent: Client) -> None:
    """Its CSRF token still serves; refused again, it takes the place of the first; accepted, nothing is kept."""
    agent.handler.enforce_csrf_checks = True
    jeton = str(agent.get(reverse("enregistrer")).context["csrf_token"])
    adresse = refusee(agent, saisie=FAUTIVE | {"csrfmiddlewaretoken": jeton})
    revue = texte(agent.get(adresse))
    jeton = revue.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    assert refusee(agent, adresse, FAUTIVE | {"csrfmiddlewaretoken": jeton, "prenoms": "Lia"}) == adresse
    assert 'value="Lia"' in texte(agent.get(adresse))
    bonne = cadres.personne() | coordonnees() | {"lu": ["1"], "csrfmiddlewaretoken": [jeton]}
    assert agent.post(adresse, bonne)["Location"].startswith("/brouillons/")
    suite = agent.get(adresse)
    assert suite["Location"] == reverse("enregistrer")
    assert PLUS_GARDEE in texte(agent.get(suite["Location"]))


def test_rien_n_est_en_clair_dans_la_base(agent: Client) -> None:
    refusee(agent)
    gardee = Session.objects.exclude(pk=sessions.condense(agent.session.session_key)).get()
    assert "Leca" not in gardee.session_data
    assert "Leca" not in str(sessions.SessionStore(gardee.pk).load())


@pytest.mark.parametrize(
    "autrement", ["une autre session", "une autre adresse", "un autre lieu", "un autre droit"]
)
def test_nul_autre_ne_la_revoit(agent: Client, compte: Compte, autrement: str) -> None:
    adresse, client = refusee(agent), agent
    if autrement == "une autre session":
        client = connecter(Client(headers=NAVIGUE), compte)
    elif autrement == "une autre adresse":
        adresse = adresse.replace(reverse("enregistrer"), reverse("mon-compte"))
    elif autrement == "un autre lieu":
        habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet="G0991")
        client.post(reverse("changer-guichet"), {"poste": "099/G0991"})
    else:
        habiliter(compte, Role.RESPONSABLE_GUICHET, territoire="099", guichet="G0993")
    reponse = client.get(adresse, follow=True)
    assert PLUS_GARDEE in texte(reponse)
    assert "Leca" not in texte(reponse)


def test_sans_etre_connecte_on_se_connecte(agent: Client) -> None:
    reponse = Client(headers=NAVIGUE).get(refusee(agent))
    assert reponse["Location"] == "/connexion/?suite=%2Fdemandes%2Fnouvelle%2F"


def test_le_statut_et_l_adresse_sont_gardes(agent: Client) -> None:
    """A refusal that no form words, at an address that has a query of its own."""
    adresse = refusee(agent, "/demandes/0990000000009G0993/radier/?a=b", {"x": "y"})
    assert adresse.startswith("/demandes/0990000000009G0993/radier/?a=b&revoir=")
    assert agent.get(adresse).status_code in (403, 404)


@pytest.mark.parametrize("faux", ["", "x", "0" * 24, "0" * 60])
def test_un_jeton_qui_n_en_est_pas_un(agent: Client, faux: str) -> None:
    reponse = agent.get(reverse("enregistrer"), {"revoir": faux, "suite": "é"}, follow=True)
    assert reponse.status_code == 200
    assert reponse.request["QUERY_STRING"].replace("revoir=&", "") == "suite=%C3%A9"


def test_ce_qui_arrive_depuis_se_dit_sur_la_page_revue(agent: Client) -> None:
    """A form too large sends back to the page it came from, with the reason: the page kept says it too."""
    adresse = refusee(agent)
    trop = {f"champ-{rang}": "x" for rang in range(1001)}
    reponse = agent.post(adresse, trop, headers={"Referer": f"http://testserver{adresse}"}, follow=True)
    assert "Remplissez-la en plusieurs fois" in texte(reponse)
    assert 'value="Leca"' in texte(reponse)
    assert "Remplissez-la en plusieurs fois" not in texte(agent.get(adresse))


def test_un_mot_de_passe_n_est_jamais_garde(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    gardees: list[bytes] = []

    def garder(session: Any, valeur: bytes, **suite: Any) -> str:
        gardees.append(valeur)
        return sessions.garder(session, valeur, **suite)

    monkeypatch.setattr("sne.habilitations.revoir.garder", garder)
    saisie = {"ancien": MOT_DE_PASSE, "nouveau": "Un-Autre-Secret-42", "confirmation": "Un-Autre-Secret-43"}
    agent.post(reverse("changer-mot-de-passe"), saisie)
    Client(headers=NAVIGUE).post(reverse("connexion"), {"courriel": "a@b.fr", "mot_de_passe": MOT_DE_PASSE})
    assert len(gardees) == 1
    assert not any(secret.encode() in gardees[0] for secret in saisie.values())


def test_qui_ne_navigue_pas_recoit_la_page(compte: Compte) -> None:
    """A script that posts and a public page, even read by somebody signed in: nothing is kept."""
    script = connecter(Client(), compte)
    assert "Erreur" in texte(script.post(reverse("enregistrer"), FAUTIVE))
    assert Session.objects.count() == 1


def test_les_plus_anciennes_s_en_vont(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "GARDEES_AU_PLUS", 2)
    adresses = []
    for minute in range(3):
        with time_machine.travel(maintenant() + timedelta(minutes=minute)):
            adresses.append(refusee(agent))
    assert [agent.get(adresse).status_code for adresse in adresses] == [302, 200, 200]


def test_elles_finissent_avec_la_session(agent: Client) -> None:
    refusee(agent)
    assert Session.objects.count() == 2
    agent.post(reverse("deconnexion"))
    assert Session.objects.count() == 0
