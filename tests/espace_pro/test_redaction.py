"""Writing the site without a script: a draft that loses nothing, two persons, a day to come, what readers said."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sne.espace_pro.ecriture import MODELES
from sne.habilitations.models import Compte
from sne.recherche.actions import noter_sans_suite
from sne.recherche.models import RechercheSansSuite, Synonyme
from sne.site_pro.actions.avis import donner_avis
from sne.site_pro.models import AvisPage, BrouillonPage, FinPage, Page, RevisionPage
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.textes.rules import rendre
from tests.espace_pro.test_lecture import lire
from tests.habilitations import factories as comptes
from tests.site_pro.conftest import CONTENU

R = "/aide/redaction/"
SAISI = CONTENU | {"acces": "*", "note": "Le délai est dit"}
DONNE = {
    "Titre": "<h2",
    "Titre plus petit": "<h3",
    "Gras": "<strong>",
    "Liste": "<ul>",
    "Étapes": "sne-etapes",
    "Attention": "fr-alert",
    "Encart": "fr-callout",
    "Question": "fr-highlight",
    "Tableau": "<table>",
    "Lien vers un autre site": 'href="https://exemple.fr/"',
}


@pytest.fixture
def hier():
    return maintenant() - timedelta(days=1)


def entrer(acteur: Any) -> Client:
    return comptes.connecter(Client(), Compte.objects.get(id=acteur.id))


@pytest.fixture
def agent(redacteur) -> Client:
    return entrer(redacteur)


@pytest.fixture
def pole(publieur) -> Client:
    return entrer(publieur)


def poster(client: Client, adresse: str, statut: int = 302, /, **champs: Any) -> str:
    reponse = client.post(adresse, champs)
    assert reponse.status_code == statut, reponse.content.decode()
    return reponse["Location"] if statut == 302 else reponse.content.decode()


def test_a_page_goes_from_a_draft_to_its_readers(agent, pole, db) -> None:
    brouillon = poster(agent, f"{R}nouvelle/")
    page = poster(
        agent, brouillon, 200, lu="1", titre="Un titre", corps="## Déjà\ndu <b>texte", enregistrer="oui"
    )
    assert "du &lt;b&gt;texte</p>" in page.partition('id="apercu"')[2]
    assert 'value="Un titre"' in lire(agent, brouillon)
    for nom, modele in MODELES:  # what is copied without a script gives what its name says
        assert f"<pre><code>{modele}</code></pre>" in page
        assert DONNE[nom] in rendre(modele).html
    assert "Un titre" in lire(agent, R)
    refusee = poster(agent, brouillon, 200, lu="2", titre="Un titre", soumettre="oui")
    for phrase in (
        "Choisissez un thème",
        "Répondez en une phrase",
        "Écrivez le texte",
        "Dites qui peut la lire",
    ):
        assert phrase in refusee
    conflit = poster(agent, brouillon, 409, lu="2", titre="D’un autre onglet")
    assert "autre onglet. Comparez" in conflit
    assert 'value="D’un autre onglet"' in conflit
    assert BrouillonPage.objects.get().contenu["titre"] == "Un titre"
    reservee = poster(agent, brouillon, 200, lu="3", **SAISI | {"adresse": "theme/moi"}, soumettre="oui")
    assert "sert au site lui-même" in reservee
    assert poster(agent, brouillon, lu="4", **SAISI, soumettre="oui") == R
    assert "Attend d’être relu" in lire(agent, R)

    lue = RevisionPage.objects.select_related("page").get()
    adresse = f"{R}page/{lue.page.code}/1/"
    assert agent.get(f"{R}a-relire/").status_code == 403
    assert adresse in lire(pole, f"{R}a-relire/")
    assert "Reprendre ma version" in lire(agent, adresse)
    relue = lire(pole, adresse)
    assert '<ins class="reg-apres">' in relue
    assert "Reprendre ma version" not in relue
    assert "son auteur la lira" in poster(pole, adresse, 200, issue="RENVOYEE")
    assert "date passée" in poster(pole, adresse, 200, issue="PUBLIEE", effet_le="01/01/2020")
    assert "Publier" in poster(pole, adresse, 200, issue="JAMAIS")
    demain = (jour(maintenant()) + timedelta(days=1)).strftime("%d/%m/%Y")
    poster(pole, adresse, issue="PUBLIEE", effet_le=demain)
    assert f"{demain} à 0" in lire(agent, f"{R}calendrier/").replace("\xa0", " ")
    assert agent.get(f"/aide/{lue.page.adresse}/").status_code == 404
    assert "Programmée" in lire(pole, f"{R}page/{lue.page.code}/")
    assert "Publier</button>" not in lire(pole, adresse)


def test_what_is_sent_back_is_written_again(agent, pole, proposer) -> None:
    code = proposer(le=maintenant()).page.code
    poster(pole, f"{R}page/{code}/1/", issue="RENVOYEE", motif="Dites le délai")
    assert "Dites le délai" in lire(agent, R)
    assert "Écrire de nouveau" in lire(agent, f"{R}page/{code}/1/")
    brouillon = poster(agent, f"{R}page/{code}/modifier/")
    assert "Tous les ans." in lire(agent, brouillon)
    assert brouillon == poster(agent, f"{R}page/{code}/modifier/")
    textes = {nom: v for nom, v in SAISI.items() if nom not in {"adresse", "genre", "theme"}}
    poster(agent, brouillon, lu="1", **textes, soumettre="oui")
    encore = poster(agent, f"{R}page/{code}/modifier/")
    assert "attend déjà" in poster(agent, encore, 200, lu="1", **textes, soumettre="oui")
    assert poster(agent, f"{R}page/{code}/2/", issue="REPRISE") == R
    poster(agent, f"{encore}supprimer/")
    assert not BrouillonPage.objects.exists()
    assert agent.get(encore).status_code == 404


def test_a_page_is_kept_then_withdrawn_with_what_leads_to_it(agent, pole, publier, hier) -> None:
    page = publier(le=hier).page
    autre = publier(
        le=hier, adresse="vie/autre", titre="Autre page", corps=f"[là](/aide/{page.adresse}/)"
    ).page
    assert "Versions" in lire(agent, f"/aide/{page.adresse}/")
    assert "Toujours juste" not in lire(
        entrer(comptes.acteur(comptes.creer_agent())), f"/aide/{page.adresse}/"
    )
    assert "Renouveler une demande" in lire(pole, f"{R}pages/")
    poster(agent, f"{R}page/{page.code}/verifier/")
    assert FinPage.objects.get().nature == "VERIFIER"
    retrait = f"{R}page/{page.code}/retirer/"
    assert agent.get(retrait).status_code == 403
    ecran = lire(pole, retrait)
    assert "Autre page</a>" in ecran
    assert "est retirée" in poster(pole, retrait, 200, motif="", remplacee_par=autre.code)
    plus_tard = {"motif": "Dépassée", "effet_le": f"{jour(maintenant()) + timedelta(days=7):%d/%m/%Y}"}
    passee = plus_tard | {"effet_le": f"{jour(hier):%d/%m/%Y}"}
    assert "aujourd’hui ou plus tard" in poster(pole, f"{R}page/{autre.code}/retirer/", 200, **passee)
    poster(pole, f"{R}page/{autre.code}/retirer/", **plus_tard)
    assert "Autre page" in lire(agent, f"/aide/{autre.adresse}/")
    assert ["Dépassée" in lire(qui, f"{R}calendrier/") for qui in (pole, agent)] == [True, False]
    poster(pole, retrait, motif="Fondue", remplacee_par=autre.code)
    assert f"/aide/{autre.adresse}/" in lire(agent, f"/aide/{page.adresse}/", 410)
    assert "pas en ligne" in poster(pole, retrait, 200, motif="Encore")
    assert "Retirée" in lire(pole, f"{R}page/{page.code}/")
    etranger = entrer(comptes.acteur(comptes.creer_agent()))
    assert "Version 1" not in lire(etranger, f"{R}page/{page.code}/")
    assert etranger.get(f"{R}page/{page.code}/1/").status_code == 404


def test_a_page_is_moved_and_given_by_who_publishes(agent, pole, publier, publieur, hier) -> None:
    page = publier(le=hier).page
    reglage = f"{R}page/{page.code}/regler/"
    assert agent.get(reglage).status_code == 403
    assert "La personne qui en répond" in lire(pole, reglage)
    dits = {"adresse": "vie/ailleurs", "proprietaire": str(publieur.id), "verifier_mois": "6"}
    for change, phrase in (
        ({"adresse": "Été"}, "en minuscules"),
        ({"verifier_mois": "25"}, "de 1 à 24"),
        ({"verifier_mois": "six"}, "de 1 à 24"),
        ({"proprietaire": ""}, "Dites qui en répond"),
    ):
        assert phrase in poster(pole, reglage, 200, **dits | change)
    poster(pole, reglage, **dits)
    page.refresh_from_db()
    assert (page.adresse, page.proprietaire, page.verifier_mois) == ("vie/ailleurs", publieur.id, 6)
    assert agent.get(f"/aide/{CONTENU['adresse']}/")["Location"] == "/aide/vie/ailleurs/"


def test_a_list_that_stops_says_so(agent, pole, publier, hier, monkeypatch) -> None:
    page, lecteur = publier(le=hier).page, comptes.acteur(comptes.creer_agent())
    donner_avis(
        page.code, 1, utile=False, raison="MANQUE", texte="Le délai", acte=Acte(lecteur, maintenant())
    )
    for jours in range(3):
        noter_sans_suite("zorglub", trouvees=False, jour=jour(maintenant()) - timedelta(days=jours))
    for client, adresse, borne in (
        (agent, f"{R}signalements/", "sne.espace_pro.signalements.AVIS_AU_PLUS"),
        (pole, f"{R}recherche/", "sne.espace_pro.reglages.SANS_SUITE_AU_PLUS"),
    ):
        assert "à la fois" not in lire(client, adresse)
        monkeypatch.setattr(borne, 1)
        assert "La page en montre 1 à la fois" in lire(client, adresse)


def test_what_a_reader_says_is_answered_by_a_difference(agent, pole, publier, redacteur, hier) -> None:
    page = publier(le=hier).page
    lecteur = comptes.acteur(comptes.creer_agent())
    client = entrer(lecteur)
    dits = {"utile": False, "raison": "MANQUE", "acte": Acte(lecteur, maintenant())}
    avis = [donner_avis(page.code, 1, texte=texte, **dits) for texte in ("Le délai manque", "Rien")]
    assert "Pas encore lu" in lire(client, f"{R}mes-signalements/")
    assert client.get(f"{R}mes-signalements/{avis[0]}/").status_code == 404
    assert "Le délai manque" in lire(agent, f"{R}signalements/")
    assert "Le délai manque" not in lire(pole, f"{R}signalements/")
    poster(agent, f"{R}signalements/{avis[1]}/classer/")
    poster(agent, f"{R}page/{page.code}/modifier/")
    brouillon = poster(agent, f"{R}page/{page.code}/corriger/{avis[0]}/")
    corps = "## Quand\nTous les ans, deux mois avant.\n"
    poster(agent, brouillon, lu="1", **SAISI | {"corps": corps}, soumettre="oui")
    assert "Le délai manque" in lire(pole, f"{R}page/{page.code}/2/")
    poster(pole, f"{R}page/{page.code}/2/", issue="PUBLIEE")
    miens = lire(client, f"{R}mes-signalements/")
    assert "Page modifiée" in miens
    assert "sans changement" in miens
    assert "deux mois avant." in lire(client, f"{R}mes-signalements/{avis[0]}/")
    assert agent.get(f"{R}mes-signalements/{avis[0]}/").status_code == 404
    assert not AvisPage.objects.filter(vu_le=None).exists()
    assert "1\u00a0signalement" in lire(agent, f"/aide/{page.adresse}/")


def test_search_is_tuned_by_who_writes_the_site(agent, pole, db) -> None:
    reglages = f"{R}recherche/"
    assert agent.get(reglages).status_code == 403
    for jours in range(3):
        noter_sans_suite("zorglub", trouvees=False, jour=jour(maintenant()) - timedelta(days=jours))
    assert 'value="zorglub"' in lire(pole, f"{reglages}?dit=zorglub").partition('name="dit"')[2]
    assert "à chercher en plus" in poster(pole, reglages, 200, dit="zorglub", pour="")
    assert "puisse se chercher" in poster(pole, reglages, 200, dit="?!", pour="rien")
    poster(pole, reglages, dit="zorglub", pour="renouveler")
    assert Synonyme.objects.get().pour == "renouveler"
    poster(pole, f"{reglages}oter/", dit="zorglub")
    poster(pole, f"{reglages}rien-a-faire/", texte="zorglub")
    assert not Synonyme.objects.exists()
    assert set(RechercheSansSuite.objects.values_list("classee", flat=True)) == {True}
    assert "zorglub" not in lire(pole, reglages)


def test_help_of_a_screen_opens_the_page_tied_to_it(agent, publier, hier) -> None:
    page = publier(le=hier).page
    assert 'href="/aide/ecran/aide-accueil/"' in lire(agent, "/aide/")
    assert agent.get("/aide/ecran/enregistrer/")["Location"] == "/aide/"
    assert "Aucune page ne décrit encore" in lire(agent, "/aide/")
    Page.objects.filter(pk=page.pk).update(ecrans=["enregistrer"])
    assert agent.get("/aide/ecran/enregistrer/")["Location"] == f"/aide/{page.adresse}/"
    assert Client().get("/aide/ecran/enregistrer/").status_code == 302
