"""A message sent again does nothing more: the same receipt, whether it was answered or the line was cut."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sne.api import idempotence
from sne.conventions.actions import revoquer_cle
from sne.conventions.models import Appel, Cadence, Cle
from sne.registre.demande.models.demande import Demande
from sne.socle import verrous
from tests.api.conftest import Editeur, demande
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_exploitation

pytestmark = pytest.mark.django_db


def test_le_meme_message_a_la_meme_reponse(editeur: Editeur) -> None:
    premiere = editeur("POST", "/demandes", demande(), cle="k1")
    seconde = editeur("POST", "/demandes", demande(), cle="k1")
    assert (premiere.status_code, premiere.content) == (201, seconde.content)
    assert seconde["Idempotency-Replayed"] == "true"
    assert seconde["Location"] == premiere["Location"]
    assert Demande.objects.filter(nud=premiere.json()["data"]["nud"]).count() == 1
    autre = editeur("POST", "/demandes", demande(anteriorite_motif="autre"), cle="k1")
    assert (autre.status_code, autre.json()["errors"][0]["code"]) == (422, "CLE_IDEMPOTENCE_DIFFERENTE")


def test_coupee_entre_l_acte_et_la_reponse_elle_est_retrouvee(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as coupure:
        coupure.setattr(
            idempotence, "garder_reponse", lambda *_, **__: (_ for _ in ()).throw(ConnectionError)
        )
        editeur.client.raise_request_exception = False
        assert editeur("POST", "/demandes", demande(), cle="k2").status_code == 500
    (faite,) = Demande.objects.filter(canal="INTERFACE").values_list("nud", flat=True)
    reprise = editeur("POST", "/demandes", demande(), cle="k2")
    assert (reprise.status_code, reprise.json()["data"]["nud"]) == (201, faite)


def test_un_refus_du_registre_est_garde_une_revision_absente_non(editeur: Editeur) -> None:
    vide = demande(contenu={"titulaire": "PERSONNE"})
    assert editeur("POST", "/demandes", vide, cle="k3").status_code == 422
    assert editeur("POST", "/demandes", vide, cle="k3")["Idempotency-Replayed"] == "true"
    nud = editeur("POST", "/demandes", demande()).json()["data"]["nud"]
    radiation = {"motif": "RADABA", "date_courrier": demande()["date_reception"], "document": "au guichet"}
    sans = editeur("POST", f"/demandes/{nud}/radiations", radiation, cle="k4")
    assert (sans.status_code, sans.json()["errors"][0]["code"]) == (428, "REVISION_ABSENTE")
    avec = editeur("POST", f"/demandes/{nud}/radiations", radiation, cle="k4", If_Match='"r1"')
    assert avec.status_code == 201, avec.content.decode()
    refaite = editeur("POST", f"/demandes/{nud}/radiations", radiation, cle="k4", If_Match='"r1"')
    assert refaite.content == avec.content


def test_sans_cle_rien_n_est_fait(editeur: Editeur) -> None:
    sans = editeur("POST", "/demandes", demande(), Idempotency_Key="")
    assert (sans.status_code, sans.json()["errors"][0]["code"]) == (400, "CLE_IDEMPOTENCE_ABSENTE")


def test_tant_que_le_premier_court_le_second_attend_et_s_il_meurt_le_second_reprend(editeur: Editeur) -> None:
    lue = editeur("GET", "/moi").json()["data"]["convention"]
    cle = uuid.uuid5(uuid.UUID(lue), "POST /api/v1/demandes k5")
    verrou = [int.from_bytes(cle.bytes[:8], signed=True)]
    ailleurs = connection.copy()
    try:
        with ailleurs.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_lock(%s)", verrou)
        reponse = editeur("POST", "/demandes", demande(), cle="k5")
        assert (reponse.status_code, reponse["Retry-After"]) == (409, "1")
    finally:
        ailleurs.close()
    with connection.cursor() as curseur:  # once the server has seen that it died
        curseur.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", verrou * 2)
    assert editeur("POST", "/demandes", demande(), cle="k5").status_code == 201


def verrou_de(editeur: Editeur, cle: str) -> list[int]:
    """The lock of this key of a registration."""
    convention = uuid.UUID(editeur("GET", "/moi").json()["data"]["convention"])
    identifiant = uuid.uuid5(convention, f"POST /api/v1/demandes {cle}")
    return [int.from_bytes(identifiant.bytes[:8], signed=True)]


def is_libre(verrou: list[int]) -> bool:
    """Whether somebody else may take this lock now."""
    ailleurs = connection.copy()
    try:
        with ailleurs.cursor() as curseur:
            curseur.execute("SELECT pg_try_advisory_lock(%s)", verrou)
            return bool(curseur.fetchone()[0])
    finally:
        ailleurs.close()


def test_un_appel_tient_en_trois_ordres_autour_de_l_acte(editeur: Editeur) -> None:
    verrou = verrou_de(editeur, "k6")
    Appel.objects.all().delete()
    with CaptureQueriesContext(connection) as vus:
        assert editeur("POST", "/demandes", demande(reference_editeur="D-1"), cle="k6").status_code == 201
    siens = [
        q["sql"]
        for q in vus
        if any(nom in q["sql"] for nom in ("_convention", "reponse_gardee", "compte", "pg_try_advisory"))
    ]
    qui, cle, acte, fin = siens
    assert all(nom in qui for nom in ("cle_convention", "habilitation", "INSERT INTO cadence_convention"))
    assert "pg_try_advisory_lock" in cle
    assert "INSERT INTO demande" in acte, "what the software calls it is written with the registration"
    assert all(nom in fin for nom in ("reponse_gardee", "appel_convention", "pg_advisory_unlock"))
    assert Appel.objects.get().statut == 201
    assert is_libre(verrou)


def test_tenue_par_une_autre_connexion_la_cle_est_rendue_par_elle(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    verrou = verrou_de(editeur, "k7")
    monkeypatch.setattr(verrous, "est_celle_des_actes", lambda: False)
    monkeypatch.setattr(verrous, "session", _ici)
    assert editeur("POST", "/demandes", demande(), cle="k7").status_code == 201
    assert is_libre(verrou)
    assert editeur("POST", "/demandes", demande(), cle="k7")["Idempotency-Replayed"] == "true"


@contextmanager
def _ici() -> Iterator[verrous.Executer]:
    yield verrous._executer


def test_une_cle_reprise_ne_compte_rien(editeur: Editeur) -> None:
    assert editeur("GET", "/moi").status_code == 200
    avant = list(Cadence.objects.values_list("groupe", "plein_le"))
    cle = Cle.objects.get()
    revoquer_cle(cle.id, acte=acte(creer_exploitation()))
    assert editeur("GET", "/moi").status_code == 401
    assert list(Cadence.objects.values_list("groupe", "plein_le")) == avant
