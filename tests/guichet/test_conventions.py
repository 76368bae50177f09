"""Screens of the agreements: what each act says once done or refused, what is not found, who may open what."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.conventions.actions import couvrir_guichet
from sne.conventions.models import Certificat, Cle, Convention
from sne.conventions.rules.portees import Portee
from sne.flux.models import Abonnement, Livraison
from sne.flux.verbes import VerbeFlux
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.horloge import aujourd_hui, maintenant
from tests.api.test_flux import lignes
from tests.conventions.factories import acte, cle_de, ouvrir, prete, signer
from tests.habilitations.factories import (
    connecter,
    creer_agent,
    creer_exploitation,
    creer_gestionnaire,
    creer_gestionnaire_de_fichiers,
)

pytestmark = pytest.mark.django_db
DEMAIN = f"{aujourd_hui() + timedelta(days=30):%d/%m/%Y}"


@pytest.fixture
def exploitant(client: Client) -> Client:
    return connecter(client, creer_exploitation())


def faire(client: Client, convention: uuid.UUID, acte_: str, **champs: Any) -> str:
    adresse = reverse("convention-faire", args=[convention, acte_])
    assert client.get(adresse).status_code == 200
    return client.post(adresse, champs, follow=True).content.decode()


def agir(client: Client, convention: uuid.UUID, acte_: str, objet: object) -> Any:
    return client.post(reverse("convention-agir", args=[convention, acte_, str(objet)]), follow=True)


def test_what_is_settled_is_said(exploitant: Client) -> None:
    convention = prete([])
    page = faire(
        exploitant,
        convention,
        "reglages",
        attestation="SUR_DEMANDE",
        reponse_vide="OMISE",
        format_liste="UNE_RACINE",
        anteriorite="REFUSER",
        piece_vue="on",
    )
    assert "Convention réglée." in page
    assert "Remise sur demande" in page
    assert "Limite enregistrée." in faire(exploitant, convention, "cadence", groupe="FLUX", par_minute="7")
    assert (
        "7 (propre à cette convention)"
        in exploitant.get(reverse("convention", args=[convention])).content.decode()
    )
    assert "de 1 à" in faire(exploitant, convention, "cadence", groupe="FLUX", par_minute="0")
    assert "Portée ouverte." in faire(exploitant, convention, "portee", portee="recherche")
    assert "Portée fermée." in agir(exploitant, convention, "fermer-portee", "recherche").content.decode()
    assert "pas ouverte" in agir(exploitant, convention, "fermer-portee", "recherche").content.decode()
    assert "Guichet ajouté." in faire(exploitant, convention, "guichet", guichet="099-G0991")
    assert "n’est pas ouvert" in faire(exploitant, convention, "guichet", guichet="099-G0009")
    assert "Convention suspendue." in faire(exploitant, convention, "suspendre", motif="x")
    arret = Convention.objects.get().arrets.get()
    assert "Convention rétablie." in agir(exploitant, convention, "retablir", arret.id).content.decode()


def test_a_private_key_is_never_taken(exploitant: Client) -> None:
    convention = signer(creer_exploitation())
    pem = "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----"
    assert "clé privée" in faire(exploitant, convention, "certificat", pem=pem)
    assert not Certificat.objects.exists()


def test_a_key_that_cannot_be_made_is_not_shown(exploitant: Client) -> None:
    convention = prete([Portee.RECHERCHE])
    adresse = reverse("convention-cle", args=[convention])
    page = exploitant.post(adresse, {"portees": ["recherche"], "fin": "01/01/2020"}).content.decode()
    assert "sne_prod_" not in page
    page = exploitant.post(adresse, {"portees": ["recherche"], "fin": DEMAIN})
    assert "sne_prod_" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "sne_prod_" not in exploitant.get(adresse).content.decode()
    assert "sne_prod_" not in exploitant.get(reverse("convention", args=[convention])).content.decode()


@pytest.mark.parametrize(
    ("acte_", "objet"),
    [("inconnu", "x"), ("revoquer-cle", "x"), ("revoquer-cle", uuid.UUID(int=4)), ("fermer-portee", "tout")],
)
def test_what_is_not_there_is_not_found(exploitant: Client, acte_: str, objet: object) -> None:
    assert agir(exploitant, prete([]), acte_, objet).status_code == 404


def test_an_act_that_does_not_exist_is_not_found(exploitant: Client) -> None:
    assert exploitant.get(reverse("convention-faire", args=[prete([]), "inconnu"])).status_code == 404
    assert exploitant.get(reverse("convention", args=[uuid.UUID(int=4)])).status_code == 404


def test_an_agreement_that_is_refused_says_why(exploitant: Client) -> None:
    envoi = {"editeur": "X", "organisme": "000 000 000", "courriel": "x@editeur.exemple.fr"}
    assert "n’est pas connu" in exploitant.post(reverse("convention-ouvrir"), envoi).content.decode()


def test_who_opens_what(client: Client) -> None:
    convention = prete([Portee.RECHERCHE])
    cle_de(convention, [Portee.RECHERCHE])
    page, cle = reverse("convention", args=[convention]), Cle.objects.get().id
    regler = reverse("convention-faire", args=[convention, "reglages"])
    for creer, statuts in (
        (creer_agent, (403, 403, 403)),
        (creer_gestionnaire_de_fichiers, (200, 403, 403)),
        (creer_gestionnaire, (200, 403, 200)),
    ):
        connecter(client, creer())
        revoquee = agir(client, convention, "revoquer-cle", cle).status_code
        assert (client.get(page).status_code, client.get(regler).status_code, revoquee) == statuts, creer


def test_a_manager_sees_the_guichets_of_the_territory_alone(client: Client) -> None:
    convention = prete([])
    couvrir_guichet(convention, "974", "G9741", acte=acte(creer_exploitation()))
    connecter(client, creer_gestionnaire())
    page = client.get(reverse("convention", args=[convention])).content.decode()
    assert "G0993" in page
    assert "G9741" not in page


def test_nothing_to_follow_is_said(client: Client) -> None:
    connecter(client, creer_gestionnaire("974"))
    ouvrir(creer_exploitation())
    assert "Aucun logiciel" in client.get(reverse("conventions")).content.decode()


def test_who_is_late_and_what_is_delivered_again(exploitant: Client) -> None:
    convention = Convention.objects.get(pk=prete())
    page = exploitant.get(reverse("convention-flux", args=[convention.pk])).content.decode()
    assert "À jour" in page
    lignes(["DEPOSER"])
    abonnement = Abonnement(
        convention=convention,
        territoire="099",
        serie="demandes",
        adresse="https://editeur.exemple.fr/",
        etat="ACTIF",
        numero=1,
        secret=b"x",
        demande_le=maintenant(),
    )
    abonnement.save(force_insert=True)
    faits = {"abonnement": str(abonnement.id)}
    inscrire(Entree(VerbeFlux.ABONNER_AU_FLUX, acte(creer_exploitation()), faits=faits))
    livraison = Livraison.objects.create(
        abonnement=abonnement, numero=1, etat="ECHOUEE", essais=7, statut=500
    )
    page = exploitant.get(reverse("convention-flux", args=[convention.pk])).content.decode()
    assert "En retard" in page
    assert "https://editeur.exemple.fr/" in page
    assert (
        "Ligne à livrer de nouveau."
        in agir(exploitant, convention.pk, "renvoyer-livraison", livraison.id).content.decode()
    )
    livraison.refresh_from_db()
    assert (livraison.etat, livraison.essais) == ("EN_ATTENTE", 0)
    ailleurs = connecter(Client(), creer_gestionnaire("02B"))
    assert ailleurs.get(reverse("convention-flux", args=[convention.pk])).status_code == 404
    assert agir(ailleurs, convention.pk, "renvoyer-livraison", livraison.id).status_code == 404
    ici = connecter(Client(), creer_gestionnaire())
    assert "En retard" in ici.get(reverse("convention-flux", args=[convention.pk])).content.decode()
