"""An association applies: three short steps, no household to look for, a number like any other."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from sne.registre.demande.models.demande import Demande
from sne.saisie.brut import Brut
from tests.guichet import parcours

ASSOCIATION = {
    "nom": ["Un toit pour tous"],
    "siren": ["732 829 320"],
    "telephone_travail": ["04 95 00 00 00"],
    "continuer": ["oui"],
}


def association(**autres: str) -> Brut:
    """What is typed on the first step."""
    adresse = {nom: valeur for nom, valeur in parcours.coordonnees().items() if "telephone" not in nom}
    return adresse | ASSOCIATION | {nom: [valeur] for nom, valeur in autres.items()}


@pytest.fixture
def brouillon(agent: Client) -> str:
    reponse = agent.post(reverse("enregistrer-association"))
    return str(resolve(reponse.headers["Location"]).kwargs["brouillon_id"])


def test_three_steps_and_a_number(agent: Client, brouillon: str) -> None:
    page = parcours.texte(agent.get(parcours.adresse(brouillon, "association")))
    assert "étape 1 sur 3" in page
    assert "Association à nommer" in page
    assert parcours.poster(agent, brouillon, "association", association()).status_code == 302
    assert parcours.poster(agent, brouillon, "souhaits", parcours.souhaits()).status_code == 302
    recap = parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    assert "732829320" in recap
    assert "piece_type" not in recap
    assert "Aucune demande proche" not in recap
    reponse = agent.post(
        reverse("brouillon-verifier", args=[brouillon]),
        parcours.lu(brouillon) | {"date_reception": "24/11/2026", "relu": "on", "continuer": "oui"},
        follow=True,
    )
    assert "Numéro unique de Un toit pour tous" in parcours.texte(reponse)
    demande = Demande.objects.get(id=brouillon)
    assert (demande.titulaire, demande.nb_personnes, demande.statut) == ("ASSOCIATION", 0, "ACTIVE")


def test_pages_of_a_household_are_not_asked(agent: Client, brouillon: str) -> None:
    assert "id_concernes" not in parcours.texte(agent.get(parcours.adresse(brouillon, "souhaits")))
    for code in ("personne", "foyer", "logement", "handicap"):
        assert agent.get(parcours.adresse(brouillon, code)).status_code == 404
    assert agent.get(parcours.adresse(parcours.ouvrir(agent), "association")).status_code == 404


def test_name_is_asked_and_siren_has_nine_digits(agent: Client, brouillon: str) -> None:
    reponse = parcours.poster(agent, brouillon, "association", association(nom="", siren="12"))
    page = parcours.texte(reponse)
    assert "Nom de l’association\u00a0: tapez le nom de l’association." in page
    assert "Ce numéro a 9 chiffres" in page
    assert 'value="12"' in page


def test_nothing_but_the_minimal_set_is_asked_before_the_number(agent: Client, brouillon: str) -> None:
    page = parcours.texte(
        agent.post(
            reverse("brouillon-verifier", args=[brouillon]),
            parcours.lu(brouillon) | {"date_reception": "24/11/2026", "relu": "on", "continuer": "oui"},
        )
    )
    assert "Association, nom de l’association\u00a0: indiquez-le." in page
    assert not Demande.objects.filter(id=brouillon).exists()


def test_preferences_need_somewhere_to_send(agent: Client) -> None:
    brouillon = parcours.saisir(agent, coordonnees=parcours.coordonnees(telephone_portable="", courriel=""))
    saisie = {"notification_sms": ["oui"], "avis_renouvellement_electronique": ["oui"], "continuer": ["oui"]}
    page = parcours.texte(parcours.poster(agent, brouillon, "preferences", saisie))
    assert "Il faut un téléphone portable." in page
    assert "Il faut une adresse électronique." in page


def test_preferences_and_help_are_kept(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    saisie = {
        "notification_sms": ["oui"],
        "notification_evenements": ["non"],
        "accompagne": ["oui"],
        "courriel_accompagnant": ["aide@exemple.fr"],
        "continuer": ["oui"],
    }
    assert parcours.poster(agent, brouillon, "preferences", saisie).status_code == 302
    assert parcours.verifier(agent, brouillon).status_code == 302
    contenu = Demande.objects.get(id=brouillon).version_courante.contenu
    assert contenu["preferences"] == {"notification_sms": True, "notification_evenements": False}
    assert contenu["accompagnant"] == {"accompagne": True, "courriel": "aide@exemple.fr"}
