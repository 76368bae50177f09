"""Finding a file page by page, then the counter's doubt: asked, decided by the territorial manager, answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect

from sne.habilitations.models import Compte
from sne.registre.doublons.actions.balayer import balayage_du_registre, balayer
from sne.registre.recherche.actions import rechercher
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


@pytest.fixture
def agent() -> Compte:
    return creer_agent()


def deposer(nom: str, prenoms: str) -> str:
    """A demande of last year; its number."""
    le = maintenant() - timedelta(days=200)
    return f.deposer(
        f.contenu(demandeur=f.personne(nom, prenoms)),
        le=le,
        doublons_ecartes="autre personne",
    ).nud


def chercher(poste: Poste, tape: str) -> None:
    poste.aller("/rechercher/")
    poste.page.locator("#q").fill(tape)
    poste.page.keyboard.press("Enter")


def test_feuilleter_une_liste(asseoir: Asseoir, agent: Compte, monkeypatch: pytest.MonkeyPatch) -> None:
    courtes = rechercher.get_parametres(aujourd_hui()).avec(recherche_resultats_max=2)
    monkeypatch.setattr(rechercher, "get_parametres", lambda le: courtes)
    for prenoms in ("Zoé", "Anaïs", "Léa"):
        deposer("Martin", prenoms)
    poste = asseoir()
    poste.se_connecter(agent)
    chercher(poste, "martin")
    poste.titre("Dossiers par ordre alphabétique")
    poste.examiner("recherche-liste")
    poste.page.get_by_role("button", name="Suivants").click()
    poste.titre("suite de la liste")
    expect(poste.page.get_by_role("link", name="Martin Zoé")).to_be_visible()
    assert "/rechercher/r/" in poste.page.url
    poste.page.get_by_role("button", name="Précédents").click()
    expect(poste.page.get_by_role("link", name="Martin Anaïs")).to_be_visible()


def test_la_question_depassee_est_abandonnee(asseoir: Asseoir, agent: Compte) -> None:
    """While one types: one question for each stop of the hand; what was asked before is dropped, and never shown."""
    deposer("Martin", "Zoé")
    poste = asseoir()
    poste.se_connecter(agent)
    poste.aller("/rechercher/")
    page, abandonnees = poste.page, []
    page.on("requestfailed", lambda demande: abandonnees.append(demande.post_data_json["q"]))

    def repondre_a_la_fin(route: Route) -> None:
        if route.request.post_data_json["q"] == "martin":
            route.continue_()

    page.route("**/rechercher/au-fil/", repondre_a_la_fin)
    page.locator("#q").focus()
    for tapes, question in (("mar", "mar"), ("tin", "martin")):
        with page.expect_request("**/rechercher/au-fil/") as posee:
            page.keyboard.type(tapes, delay=20)
        assert posee.value.post_data_json["q"] == question
    expect(page.locator(".reg-propositions").get_by_role("link", name="Martin Zoé")).to_be_visible()
    assert abandonnees == ["mar"]


@pytest.mark.longue
def test_sans_javascript(asseoir: Asseoir, agent: Compte) -> None:
    deposer("Dubreuil", "Élodie")
    poste = asseoir(java_script_enabled=False)
    poste.se_connecter(agent)
    chercher(poste, "eldoie dubreuil")
    expect(poste.page.get_by_role("link", name="Oui, ouvrir le dossier")).to_be_visible()


@pytest.mark.longue
def test_une_lettre_et_un_cotitulaire(asseoir: Asseoir, agent: Compte) -> None:
    deposer("Dubreuil", "Élodie")
    haddad = f.personne("Dubreil", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    f.deposer(f.contenu(demandeur=f.personne("Marchetti", "Rose"), cotitulaires=[haddad]), le=maintenant())
    poste = asseoir()
    poste.se_connecter(agent)
    chercher(poste, "dubreul")
    expect(poste.page.locator("main")).to_contain_text(
        "Aucun nom ne s’écrit exactement «\u00a0dubreul\u00a0»"
    )
    expect(poste.page.locator("main")).to_contain_text("Cotitulaire\u00a0: Dubreil Karim")
    poste.examiner("recherche-ressemblants")


def test_du_doute_a_la_reponse(asseoir: Asseoir, agent: Compte) -> None:
    deposer("Dubreuil", "Élodie")
    guichet, gestion = asseoir(), asseoir()
    guichet.se_connecter(agent)
    guichet.commencer_une_demande("Dubreuil", "Elodie", "14031987")
    guichet.titre("Une demande proche existe déjà")
    guichet.page.get_by_role("button", name="demander au gestionnaire territorial").click()
    guichet.aller("/")
    expect(guichet.page.locator("main")).to_contain_text("Vos questions au gestionnaire territorial")
    guichet.examiner("accueil-questions")
    gestion.se_connecter(creer_gestionnaire())
    gestion.page.get_by_role("link", name="Décisions (1)").first.click()
    gestion.page.get_by_role("link", name="Personnes à comparer (1)").click()
    gestion.titre("Décisions")
    gestion.examiner("decisions")
    gestion.page.get_by_role("link", name="Dubreuil Elodie").click()
    gestion.titre("même personne")
    gestion.examiner("cas-doublon")
    gestion.page.get_by_role("button", name="Enregistrer la décision").click()
    gestion.titre("champs à corriger")
    gestion.examiner("cas-doublon-erreur")
    gestion.cocher("C’est la même personne")
    gestion.choisir(motif="AUTRE_ORTHOGRAPHE")
    gestion.page.get_by_role("button", name="Enregistrer la décision").click()
    expect(gestion.page.locator("main")).to_contain_text("Aucune décision n’attend.")
    gestion.examiner("decisions-vide")
    guichet.aller("/")
    expect(guichet.page.locator("main")).to_contain_text("continuez sur la demande existante")


def test_demandes_proches(asseoir: Asseoir) -> None:
    """Three demandes found close by night: compared, split, then one household."""
    for nom in ("Dubreuil", "Dubreuil", "Dubreil"):
        deposer(nom, "Élodie")
    balayer("099", acte=Acte(balayage_du_registre("099"), maintenant()))
    gestion = asseoir()
    gestion.se_connecter(creer_gestionnaire())
    gestion.aller("/decisions/")
    gestion.page.get_by_role("link", name="Demandes proches (1)").click()
    gestion.titre("Demandes proches")
    gestion.examiner("demandes-proches")
    gestion.page.get_by_role("link", name="Dubreuil Élodie").click()
    gestion.titre("3 demandes proches")
    gestion.examiner("ensemble-doublon")
    gestion.page.get_by_role("button", name="Enregistrer la décision").click()
    gestion.titre("champs à corriger")
    gestion.examiner("ensemble-doublon-erreur")
    gestion.cocher("C’est le même foyer")
    gestion.cocher("déposée le")
    gestion.choisir(motif="AUTRE_ORTHOGRAPHE")
    gestion.page.get_by_role("button", name="Enregistrer la décision").click()
    expect(gestion.page.locator("main")).to_contain_text("Décision enregistrée. Aucune demande n’a changé.")
    gestion.examiner("ensemble-doublon-decide")
    gestion.page.get_by_role("link", name="Radier la demande").first.click()
    gestion.titre("Radier")
    gestion.cocher("Renonciation écrite", dans="main")
    gestion.remplir(date_courrier=f"{aujourd_hui():%d/%m/%Y}", document="Classeur B")
    gestion.barre("Continuer")
    expect(gestion.page.locator("main")).to_contain_text("par le gestionnaire territorial seulement")
    gestion.examiner("radier-confirmer")
    gestion.barre("Radier la demande")
    expect(gestion.page.locator("main")).to_contain_text("Demande radiée")
