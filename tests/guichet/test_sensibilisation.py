"""The reminder on the page that changes a civil status, the situations, the coverage of counters."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

import sne
from sne.assistance.models import Ticket
from sne.habilitations.models import Compte
from sne.sensibilisation.models import LectureRappel, ReponseScenario
from sne.sensibilisation.rules import RAPPEL, SCENARIOS
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_exploitation, creer_gestionnaire, creer_responsable
from tests.registre import factories as f

GABARITS = Path(sne.__file__).parent
SOMMAIRE = reverse("sensibilisation")
COUVERTURE = reverse("sensibilisation-guichets")


@pytest.fixture
def nud(compte: Compte) -> str:
    return f.deposer().nud


@pytest.mark.parametrize(("page", "rappele"), [("personne", True), ("foyer", True), ("coordonnees", False)])
def test_shown_where_a_civil_status_is_changed(agent: Client, nud: str, page: str, rappele: bool) -> None:
    lue = texte(agent.get(reverse("demande-modifier", args=[nud, page])))
    assert (RAPPEL.titre in lue) is rappele


def test_the_box_is_kept_with_the_change_and_the_reminder_leaves(agent: Client, nud: str) -> None:
    adresse = reverse("demande-modifier", args=[nud, "personne"])
    envoi = {"continuer": "oui", "revision": "1", "nom_naissance": "", "rappel_lu": RAPPEL.version}
    refusee = texte(agent.post(adresse, envoi))
    assert "Nom de naissance" in refusee
    assert RAPPEL.titre not in refusee
    assert LectureRappel.objects.count() == 1
    assert RAPPEL.titre not in texte(agent.get(adresse))


def test_a_change_is_never_held_up_by_the_reminder(agent: Client, nud: str) -> None:
    adresse = reverse("demande-modifier", args=[nud, "personne"])
    page = texte(agent.post(adresse, {"continuer": "oui", "revision": "1", "rappel_lu": "2020-1"}))
    assert "Relisez-le" in page
    assert RAPPEL.titre in page
    assert not LectureRappel.objects.exists()


def test_read_from_its_own_page(agent: Client) -> None:
    assert SOMMAIRE in texte(agent.get(reverse("accueil")))
    assert "J’ai lu ce rappel" in texte(agent.get(SOMMAIRE))
    page = texte(agent.post(SOMMAIRE, {"rappel_lu": RAPPEL.version}, follow=True))
    assert "Rappel lu" in page
    assert "J’ai lu ce rappel" not in page
    assert COUVERTURE not in page


def test_a_situation_says_why(agent: Client) -> None:
    adresse = reverse("sensibilisation-scenario", args=["tiret"])
    vide = texte(agent.post(adresse, {}))
    assert "Votre réponse\u00a0: choisissez une réponse." in vide
    assert SCENARIOS["tiret"].question in vide
    assert not ReponseScenario.objects.exists()
    fausse = texte(agent.post(adresse, {"reponse": "renvoyer"}))
    assert "Ce n’est pas la bonne réponse" in fausse
    assert "C’est inutile." in fausse
    assert "Répondre" in fausse
    juste = texte(agent.post(adresse, {"reponse": "corriger"}))
    assert "C’est la bonne réponse" in juste
    assert "Situation suivante" in juste
    assert "1\u00a0situation suivie sur 8." in texte(agent.get(SOMMAIRE))
    assert agent.get(reverse("sensibilisation-scenario", args=["inconnue"])).status_code == 404


def test_the_last_one_says_so(agent: Client) -> None:
    for code, pose in SCENARIOS.items():
        page = texte(
            agent.post(reverse("sensibilisation-scenario", args=[code]), {"reponse": pose.juste.code})
        )
    assert "Vous avez suivi toutes les mises en situation." in page


def test_nothing_to_read_for_whoever_changes_nothing(agent: Client) -> None:
    national = connecter(Client(), creer_exploitation(le=f.MAINTENANT))
    assert national.get(SOMMAIRE).status_code == 403
    assert national.get(reverse("sensibilisation-scenario", args=["tiret"])).status_code == 403
    assert SOMMAIRE not in texte(national.get(reverse("accueil")))
    assert agent.get(COUVERTURE).status_code == 403


def test_coverage_of_the_territory_and_of_a_manager_s_own_body(agent: Client) -> None:
    agent.post(SOMMAIRE, {"rappel_lu": RAPPEL.version})
    gt = connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))
    page = texte(gt.get(COUVERTURE))
    assert "G0993" in page
    assert "1 sur 1" in page
    assert "0 sur 1\u00a0personne qui peut changer un état civil" in page
    assert "Camille Rousset" in page
    responsable = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    sien = texte(responsable.get(COUVERTURE))
    assert "G0993" in sien
    assert "G0991" in page
    assert "G0991" not in sien


def test_constant_queries(agent: Client) -> None:
    gt = connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))
    gt.get(COUVERTURE)
    une = requetes(lambda: gt.get(COUVERTURE))
    for rang in range(3):
        creer_responsable(courriel=f"r{rang}@exemple.fr", le=f.MAINTENANT)
    assert requetes(lambda: gt.get(COUVERTURE)) == une


def test_what_a_household_reads_is_the_portal_s_own_text(
    agent: Client, nud: str, settings: LazySettings
) -> None:
    """Beside it, the same page for a household that does not exist, where there is a portal."""
    settings.URL_MENAGES = "https://menages.exemple"
    lue = texte(agent.get(reverse("pieces", args=[nud])))
    dit = "«\u00a0Votre numéro et votre date ne dépendent pas de ces documents.\u00a0»"
    assert f"Ce que le ménage lit en ligne\u00a0: {dit}" in lue
    assert "https://menages.exemple/exemple/ma-demande/?cas=incomplete" in lue
    settings.URL_MENAGES = ""
    assert "Voir comme le ménage" not in texte(agent.get(reverse("pieces", args=[nud])))


def test_each_sentence_has_one_source_shown_on_both_sides() -> None:
    sources = {
        f"saisie/menage/{page.name}" for page in (GABARITS / "saisie/templates/saisie/menage").iterdir()
    }
    for cote in ("portail", "guichet"):
        pages = [page.read_text("utf-8") for page in (GABARITS / cote / "templates").rglob("*.html")]
        assert {nom for page in pages for nom in re.findall(r"saisie/menage/\w+\.html", page)} == sources


def test_an_agent_says_what_is_not_clear_and_the_desk_answers(agent: Client) -> None:
    adresse = reverse("remarquer", args=["requete"])
    refusee = texte(agent.post(adresse, {"texte": "Numéro 1 84 12 76 451 089 46"}))
    assert "Retirez le numéro de sécurité sociale" in refusee
    assert "1 84 12 76" in refusee  # nothing typed is lost
    assert not Ticket.objects.exists()
    suivie = texte(agent.post(adresse, {"texte": "Peu clair."}, follow=True))
    ticket = Ticket.objects.get()
    assert (ticket.categorie, ticket.titre) == (
        "CONTENU",
        "Pas clair pour les ménages\u00a0: Changement demandé à un guichet",
    )
    for dit in (ticket.numero, "Peu clair.", "Changement demandé à un guichet"):
        assert dit in suivie
    assert agent.get(reverse("remarquer", args=["autre"])).status_code == 404
