"""The site as it is read: signed in or not, with one's words, at an address of before, and what one thinks of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from sne.recherche.models import RechercheSansSuite
from sne.site_pro.actions.tenir import rediriger, regler_page, retirer_page
from sne.site_pro.models import AvisPage
from sne.site_pro.tasks import dessiner_les_documents
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import CONTENU
from tests.tirages import sans_tirages

ADRESSE = f"/aide/{CONTENU['adresse']}/"


@pytest.fixture
def hier():
    return maintenant() - timedelta(days=1)


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut, reponse.content.decode()
    return reponse.content.decode()


def test_anybody_reads_what_is_for_everybody_and_nothing_else(client, publier, hier) -> None:
    publier(le=hier)
    publier(le=hier, adresse="securite/seuils", titre="Seuils secrets", theme="securite", acces=["pro"])
    accueil = lire(client, "/aide/")
    assert "Renouveler une demande" in accueil
    assert "Seuils" not in accueil + lire(client, "/aide/chercher/?q=seuils") + lire(
        client, "/aide/proposer/?q=seui"
    )
    assert "Sécurité" not in accueil
    inconnue = client.get("/aide/securite/jamais/")
    assert client.get("/aide/securite/seuils/").status_code == inconnue.status_code == 404
    assert "Seuils" not in lire(client, "/aide/theme/securite/")
    agent = comptes.connecter(Client(), comptes.creer_agent())
    assert "Seuils secrets" in lire(agent, "/aide/securite/seuils/")
    assert "Seuils secrets" in lire(agent, "/aide/chercher/?q=seuils")
    lire(client, "/aide/theme/inconnu/", 404)


def test_words_of_the_trade_are_read_with_their_pages(client, publier, hier) -> None:
    publier(le=hier, code="enregistrer", adresse="enregistrer/une-demande", titre="Enregistrer une demande")
    page = lire(client, "/aide/glossaire/")
    assert 'id="nud"' in page
    assert 'href="/aide/enregistrer/une-demande/"' in page


def test_a_page_says_its_answer_first_and_until_when_it_holds(client, publier, hier) -> None:
    publier(le=hier)
    page = lire(client, ADRESSE)
    assert page.index(CONTENU["reponse"]) < page.index("Tous les ans")
    assert "En ligne depuis le" in page
    assert "à relire avant le" in page


def test_results_correct_filter_and_turn_pages(client, publier, hier) -> None:
    for rang in range(12):
        theme = "vie" if rang else "pgp"
        publier(le=hier, adresse=f"vie/page-{rang}", titre=f"Renouveler {rang}", theme=theme)
    page = lire(client, "/aide/chercher/?q=renouveller")
    assert "12\u00a0résultats exacts" in page
    assert "Chercher « renouveller » quand même" not in page
    suivante = re.search('href="([^"]*)">Page suivante', page)
    seconde = lire(client, "/aide/chercher/" + unescape(suivante[1])) if suivante else ""
    assert [p.count('<li class="reg-bloc">') for p in (page, seconde)] == [10, 2], "what was asked is kept"
    precedente = re.search('href="([^"]*)">Page précédente', seconde)
    assert precedente
    assert unescape(precedente[1]) == "?q=renouveller&page=1"
    filtree = lire(client, "/aide/chercher/?q=renouveler&theme=pgp&theme=<script>&page=zéro")
    assert 'value="pgp" checked' in filtree
    assert "1\u00a0résultat exact" in filtree
    assert 'href="?q=renouveler&amp;theme=%3Cscript%3E"' in filtree
    assert "pgp, recherche" in filtree.partition("</title>")[0]
    assert "à jour seulement, recherche" in lire(client, "/aide/chercher/?q=renouveler&a_jour=1")
    assert "espaces fermés aussi, recherche" in lire(client, "/aide/chercher/?q=renouveler&clos=1")
    assert "<script>alert" not in filtree
    rien = lire(client, "/aide/chercher/?q=zorglub")
    assert "Rien n’a été trouvé" in rien
    assert RechercheSansSuite.objects.get().texte == "zorglub"
    refusee = lire(client, "/aide/chercher/?q=1+85+04+59+999+123+03", 400)
    assert "sécurité sociale" in refusee
    assert "185" not in sans_tirages(refusee).replace("1 85", "")
    assert client.get("/aide/proposer/?q=185045999912303").json()["propositions"] == []
    proposees = client.get("/aide/proposer/?q=renouv").json()["propositions"]
    assert {p["detail"] for p in proposees} == {CONTENU["reponse"]}


def test_a_number_typed_in_the_box_is_offered_to_who_works_here(client, publier, hier) -> None:
    adresse = "/aide/chercher/?q=0990325001187G0993"
    assert "Chercher le dossier" not in lire(client, adresse)
    agent = comptes.connecter(Client(), comptes.creer_agent())
    assert "Chercher le dossier 0990325001187G0993" in lire(agent, adresse)
    assert not RechercheSansSuite.objects.exists()


def test_addresses_of_before_lead_somewhere(client, publier, publieur, hier) -> None:
    page = publier(le=hier).page
    regler_page(
        page.code,
        adresse="vie/renouveler",
        proprietaire=publieur.id,
        verifier_mois=6,
        acte=Acte(publieur, maintenant()),
    )
    ancienne = "campagne-de-sensibilisation"
    lire(client, f"/{ancienne}/", 404)
    rediriger(ancienne, page.code)
    assert client.get(f"/{ancienne}/")["Location"] == "/aide/vie/renouveler/"
    assert client.get("/pgp/")["Location"] == "/aide/theme/pgp/"
    reponse = client.get(ADRESSE)
    assert (reponse.status_code, reponse["Location"]) == (301, "/aide/vie/renouveler/")
    autre = publier(le=hier, adresse="vie/reprendre", titre="Reprendre").page
    retirer_page(page.code, "Fondue", remplacee_par=autre.code, acte=Acte(publieur, maintenant()))
    retiree = lire(client, "/aide/vie/renouveler/", 410)
    assert 'href="/aide/vie/reprendre/"' in retiree
    assert "Fondue" in retiree


def test_what_one_thinks_of_a_page_is_kept_and_nothing_typed_is_lost(client, publier, hier) -> None:
    code = publier(le=hier).page.code
    adresse = f"/aide/avis/{code}/1/"
    assert client.post(adresse, {"utile": "oui"})["Location"] == ADRESSE
    sans = client.post(adresse, {"utile": "non", "texte": "Le délai manque"}).content.decode()
    assert "Dites pourquoi" in sans
    assert "Le délai manque" in sans
    trop = client.post(adresse, {"utile": "non", "raison": "MANQUE", "texte": "x" * 601}).content.decode()
    assert "600" in trop
    client.post(adresse, {"utile": "non", "raison": "MANQUE", "texte": "Mon n° 185045999912303"})
    assert [(a.utile, a.compte) for a in AvisPage.objects.order_by("survenu_le")] == [
        (True, None),
        (False, None),
    ]
    assert "185045999912303" not in AvisPage.objects.get(utile=False).texte
    assert client.post("/aide/avis/inconnue/1/", {"utile": "oui"}).status_code == 404
    client.post(adresse, {"utile": "oui"})
    assert "Réessayez dans une heure" in client.post(adresse, {"utile": "oui"}).content.decode()
    assert AvisPage.objects.count() == 3
    assert (
        comptes.connecter(Client(), comptes.creer_agent()).post(adresse, {"utile": "oui"}).status_code == 302
    )


def test_documents_are_listed_filtered_and_taken_away(client, publier, hier) -> None:
    code = publier(le=hier, genre="DOC", titre="Un mémo").page.code
    publier(le=hier, genre="AFFICHE", titre="Une affiche", adresse="pgp/affiche", theme="pgp", acces=["pro"])
    publier(le=hier, titre="Renvoie", adresse="vie/renvoie", corps=f"::: document {code}\n:::")
    dessiner_les_documents()
    liste = lire(client, "/aide/documents/")
    assert "Un mémo" in liste
    assert "Une affiche" not in liste
    agent = comptes.connecter(Client(), comptes.creer_agent())
    assert "Une affiche" in lire(agent, "/aide/documents/?theme=pgp")
    assert "Un mémo" not in lire(agent, "/aide/documents/?theme=pgp&public=guichet")
    assert "0\u00a0document" in lire(client, "/aide/documents/?public=gt&theme=jamais")
    fichier = client.get(f"/aide/documents/{code}/document.pdf")
    assert (fichier["Content-Type"], fichier.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"/aide/documents/{code}/document.pdf" in lire(client, ADRESSE)
    assert ADRESSE in lire(client, "/aide/vie/renvoie/")
    assert client.get("/aide/documents/affiche/a4.pdf").status_code == 404
    assert agent.get("/aide/documents/affiche/a4.pdf")["Cache-Control"] == "no-store"


def test_the_tab_of_the_portal_says_what_was_asked_and_no_word_of_it(client, publier, hier) -> None:
    code = publier(le=hier, theme="pgp").page.code
    client.post(f"/aide/avis/{code}/1/", {"utile": "non", "raison": "MANQUE", "texte": "Dupont attend"})
    page = lire(client, "/aide/theme/pgp/")
    assert "Ce qui manque ici" in page
    assert "il manque une information" in page
    assert "Pas encore lu" in page
    assert "Dupont" not in page


def test_so_many_searches_a_minute_and_keystrokes_a_second(client, publier, hier) -> None:
    """From a network without an account thirty, from an account sixty, ten proposals a second; then it says when."""
    publier(le=hier)
    agent = comptes.connecter(Client(), comptes.creer_agent())
    ou, le = "/aide/chercher/?q=renouveler", maintenant()
    with time_machine.travel(le, tick=False):
        assert [client.get(ou).status_code for _ in range(31)] == [200] * 30 + [429]
        refus = client.get(ou)
        assert refus["Retry-After"] == "2"
        assert "Attendez quelques secondes" in refus.content.decode()
        assert client.get(ou, REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/aide/chercher/").status_code == 200, "nothing is looked for"
        assert [agent.get(ou).status_code for _ in range(61)] == [200] * 60 + [429]
        frappes = [agent.get("/aide/proposer/?q=ren") for _ in range(11)]
        assert [r.status_code for r in frappes] == [200] * 10 + [429]
        assert frappes[-1].json() == {"propositions": [], "phrase": ""}
    with time_machine.travel(le + timedelta(seconds=2), tick=False):
        assert [client.get(ou).status_code for _ in range(2)] == [200, 429]
        assert agent.get("/aide/proposer/?q=ren").status_code == 200
