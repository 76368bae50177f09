"""A message sent again does nothing more: the same receipt, whether it was answered or the line was cut."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from sne.api import idempotence
from sne.api.contenu import emettre
from sne.conventions.actions import (
    Tenue,
    regler_cadence,
    rendre_cle,
    reponses,
    revoquer_cle,
    suspendre_convention,
)
from sne.conventions.models import Appel, Cadence, Cle, Convention
from sne.conventions.rules.cadences import Groupe
from sne.registre.demande.models.demande import Demande
from sne.socle import verrous
from tests.api.conftest import Editeur, demande
from tests.conventions.factories import acte
from tests.habilitations.factories import creer_exploitation
from tests.registre import factories as f

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
    """Whether somebody else may take this lock now: let go with the statement, before the connection is."""
    ailleurs = connection.copy()
    try:
        with ailleurs.cursor() as curseur:
            curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", verrou)
            return bool(curseur.fetchone()[0])
    finally:
        ailleurs.close()


def ordres_de(editeur: Editeur, corps: dict[str, Any], cle: str, *, statut: int = 201) -> list[str]:
    """The statements that a registration asks besides those of its act alone."""
    with CaptureQueriesContext(connection) as vus:
        assert editeur("POST", "/demandes", corps, cle=cle).status_code == statut
    dits = ("_convention", "reponse_gardee", "compte", "pg_try_advisory", "pg_advisory_unlock")
    return [q["sql"] for q in vus if any(nom in q["sql"] for nom in dits)]


def test_un_appel_tient_en_deux_ordres_autour_de_l_acte(editeur: Editeur) -> None:
    """The first one of a process, which does not know yet whose key it is, in three."""
    premiers = [verrou_de(editeur, "k6"), verrou_de(editeur, "k8")]
    Appel.objects.all().delete()
    qui, cle, acte, fin = ordres_de(editeur, demande(reference_editeur="D-1"), "k6")
    assert all(nom in qui for nom in ("cle_convention", "habilitation", "INSERT INTO cadence_convention"))
    assert "pg_try_advisory_lock" in cle
    assert "INSERT INTO demande" in acte, "what the software calls it is written with the registration"
    assert all(nom in fin for nom in ("reponse_gardee", "appel_convention", "pg_advisory_unlock"))
    assert Appel.objects.get().statut == 201
    autre = emettre(f.contenu(demandeur=f.personne("Quenneville", "Ida")))
    qui, acte, fin = ordres_de(editeur, demande(contenu=autre, reference_editeur="D-2"), "k8")
    assert all(
        nom in qui for nom in ("cle_convention", "INSERT INTO cadence_convention", "pg_try_advisory_lock")
    )
    assert "INSERT INTO demande" in acte
    assert "pg_advisory_unlock" in fin
    assert all(is_libre(verrou) for verrou in premiers)
    rejouee = editeur("POST", "/demandes", demande(contenu=autre, reference_editeur="D-2"), cle="k8")
    assert (rejouee.status_code, rejouee["Idempotency-Replayed"]) == (201, "true")
    assert is_libre(premiers[1])


@pytest.mark.parametrize("refus", ["corps", "guichet", "cadence", "suspendue"])
def test_une_cle_tenue_avec_l_appel_est_rendue_quoi_qu_il_en_soit(editeur: Editeur, refus: str) -> None:
    verrou = verrou_de(editeur, "k9")
    assert editeur("POST", "/demandes", demande(), cle="k0").status_code == 201
    convention, exploitant = Convention.objects.get().id, acte(creer_exploitation())
    if refus == "cadence":
        regler_cadence(convention, Groupe.ECRITURE, 1, acte=exploitant)
    elif refus == "suspendue":
        suspendre_convention(convention, motif="Essai", acte=exploitant)
    voulu = {"corps": 422, "guichet": 403, "cadence": 429, "suspendue": 401}[refus]
    entetes = {"SNE_Guichet": "G9999"} if refus == "guichet" else {}
    with CaptureQueriesContext(connection) as vus:
        reponse = editeur("POST", "/demandes", {} if refus == "corps" else demande(), cle="k9", **entetes)
    assert reponse.status_code == voulu, reponse.content.decode()
    assert any("pg_try_advisory_lock" in q["sql"] for q in vus)
    assert is_libre(verrou)


def test_une_connexion_morte_ne_tenait_plus_rien(monkeypatch: pytest.MonkeyPatch) -> None:
    def morte(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(reponses, "lire_ligne", morte)
    tenue = Tenue(uuid.uuid4(), tenue=True)
    rendre_cle(tenue)
    assert tenue.rendue


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
