"""A software subscribes, is called, turns its secret, sees what was delivered, and stops: all by REST."""

import pytest
from django.db import connection
from standardwebhooks import Webhook

from sne.api import idempotence
from sne.flux.models import Abonnement, Livraison
from sne.flux.selectors.abonnements import list_secrets
from sne.flux.tasks import appeler_les_abonnes, livrer_une_ligne, passer_la_nuit, relever_une_serie
from sne.socle.horloge import maintenant
from tests.api.conftest import Editeur
from tests.api.test_flux import lignes
from tests.flux.test_abonnements import Recepteur, recepteur

__all__ = ["recepteur"]
pytestmark = pytest.mark.django_db


def en_file(tache: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [tache])
        return int(curseur.fetchone()[0])


def test_du_premier_appel_a_la_fin(editeur: Editeur, recepteur: Recepteur) -> None:
    corps = {"territoire": "099", "adresse": recepteur.adresse}
    ouvert = editeur("POST", "/abonnements", corps)
    assert ouvert.status_code == 201, ouvert.content.decode()
    lu = ouvert.json()["data"]
    ici = f"/abonnements/{lu['id']}"
    assert lu["etat"] == "A_CONFIRMER"
    confirme = editeur("POST", f"{ici}/confirmations")
    assert confirme.json()["data"]["etat"] == "ACTIF", confirme.content.decode()
    assert editeur("POST", f"{ici}/confirmations").json()["data"]["etat"] == "ACTIF"
    (liste,) = editeur("GET", "/abonnements").json()["data"]
    assert "secret" not in liste
    lignes(["DEPOSER"])
    recepteur.statut = 500
    assert (appeler_les_abonnes(0), en_file("flux.livrer")) == (1, 1)
    livraison = Livraison.objects.get()
    livrer_une_ligne(str(livraison.id))  # fails: the next try waits behind the one that was queued
    tourne = editeur("POST", f"{ici}/secrets").json()["data"]["secret"]
    recepteur.statut = 200
    essai = editeur("POST", f"{ici}/essais").json()["data"]
    assert essai == {"statut": 200, "recu": True}
    for secret in (lu["secret"], tourne):
        assert Webhook(secret).verify(*recepteur.recus[-1])["type"] == "abonnement.essai"
    (dite,) = editeur("GET", f"{ici}/livraisons").json()["data"]
    assert (dite["etat"], dite["essais"], dite["statut"]) == ("EN_ATTENTE", 1, 500)
    remise = editeur("POST", f"{ici}/livraisons/{livraison.id}/renvois")
    assert (remise.status_code, remise.json()["data"]["essais"]) == (202, 0)
    livrer_une_ligne(str(livraison.id))
    (dite,) = editeur("GET", f"{ici}/livraisons").json()["data"]
    assert (dite["etat"], dite["statut"]) == ("LIVREE", 200)
    assert editeur("DELETE", ici).json()["data"] == []
    for methode, suite in (("GET", "/livraisons"), ("POST", "/essais"), ("POST", "/secrets"), ("DELETE", "")):
        assert editeur(methode, ici + suite).status_code == 404
    assert Abonnement.objects.get().etat == "FERME"


def test_un_envoi_refait_ne_s_abonne_ni_ne_tourne_deux_fois(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    corps = {"territoire": "099", "adresse": "https://editeur.exemple.fr/"}
    sans = editeur("POST", "/abonnements", corps, Idempotency_Key="")
    assert (sans.status_code, sans.json()["errors"][0]["code"]) == (400, "CLE_IDEMPOTENCE_ABSENTE")
    editeur.client.raise_request_exception = False

    def coupee_puis_refaite(chemin: str, cle: str, envoi: object = None) -> dict[str, str]:
        with monkeypatch.context() as coupure:
            coupure.setattr(idempotence, "garder_reponse", lambda *_, **__: 1 / 0)
            assert editeur("POST", chemin, envoi, cle=cle).status_code == 500
        refaite, encore = (editeur("POST", chemin, envoi, cle=cle) for _ in range(2))
        assert refaite.content == encore.content
        assert encore["Idempotency-Replayed"] == "true"
        return refaite.json()["data"]

    ouvert = coupee_puis_refaite("/abonnements", "a1", corps)
    tourne = coupee_puis_refaite(f"/abonnements/{ouvert['id']}/secrets", "a2")
    abonnement = Abonnement.objects.get()
    assert list_secrets(abonnement, le=maintenant()) == [tourne["secret"], ouvert["secret"]]


def test_une_machine_qui_n_est_pas_publique(editeur: Editeur) -> None:
    refusee = editeur("POST", "/abonnements", {"territoire": "099", "adresse": "http://editeur.exemple.fr/"})
    assert refusee.status_code == 409, refusee.content.decode()
    assert refusee.json()["errors"][0]["source"] == {"pointer": "/adresse"}
    interne = editeur("POST", "/abonnements", {"territoire": "099", "adresse": "https://127.0.0.1/"})
    essai = editeur("POST", f"/abonnements/{interne.json()['data']['id']}/confirmations")
    assert (essai.status_code, "publi" in essai.json()["errors"][0]["detail"]) == (409, True)


def test_la_nuit_sans_cle_ne_signe_rien(settings: pytest.MonkeyPatch) -> None:
    settings.CLES_JOURNAL = {}  # type: ignore[attr-defined]
    lignes(["DEPOSER"])
    assert passer_la_nuit(0) == 0
    relever_une_serie("099", "demandes")
    assert en_file("flux.relever") == 0
