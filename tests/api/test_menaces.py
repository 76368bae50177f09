"""A vendor’s software takes a demande away: in one message, in small steps, by another way; nothing moves by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from tests.api.conftest import Editeur
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
INTRUS = {"civilite": "1", "nom_naissance": "Zimmer", "prenoms": "Karl", "date_naissance": "1979-01-30"}


class Dossier:
    """An old demande, and the software that wants it."""

    def __init__(self, editeur: Editeur) -> None:
        self.editeur = editeur
        self.recepisse = f.deposer(le=f.ANCIEN, nirs={"demandeur": f.nir_de(f.date(1987, 3, 14))})
        self.nud = self.recepisse.nud

    def lire(self) -> tuple[dict[str, Any], str]:
        lue = self.editeur("GET", f"/demandes/{self.nud}")
        return lue.json()["data"], lue["ETag"]

    def corriger(self, **correctif: Any) -> Any:
        return self.editeur("PATCH", f"/demandes/{self.nud}/contenu", correctif, If_Match=self.lire()[1])

    def remplacer(self, changer: Callable[[dict[str, Any]], None], **autres: Any) -> Any:
        data, etiquette = self.lire()
        changer(data["contenu"])
        corps = {"contenu": data["contenu"]} | autres
        return self.editeur("PUT", f"/demandes/{self.nud}/contenu", corps, If_Match=etiquette)

    def en_vigueur(self) -> tuple[str, str]:
        demandeur = Personne.objects.select_related("identite_courante").get(
            demande=self.recepisse.demande_id, rang=0
        )
        return demandeur.identite_courante.nom_naissance, demandeur.identite_courante.prenoms

    def en_attente(self) -> int:
        return Identite.objects.filter(demande=self.recepisse.demande_id, voie="CONTROLE").count()


@pytest.fixture
def dossier(editeur: Editeur) -> Dossier:
    return Dossier(editeur)


def _tout(contenu: dict[str, Any]) -> None:
    contenu["demandeur"]["identite"] |= INTRUS


def _par_un_cotitulaire(contenu: dict[str, Any]) -> None:
    intrus = {"identite": INTRUS | {"nationalite": "1"}, "lien_demandeur": "C", "situation_familiale": "C"}
    contenu["cotitulaires"] = [contenu["demandeur"] | {"lien_demandeur": "C"}]
    contenu["cotitulaires"][0].pop("adresse_courrier", None)
    contenu["demandeur"] = contenu["demandeur"] | intrus
    contenu["demandeur"].pop("lien_demandeur")


def _sans_identifiant(contenu: dict[str, Any]) -> None:
    contenu["demandeur"].pop("personne")
    _tout(contenu)


@pytest.mark.parametrize("prendre", [_tout, _sans_identifiant, _par_un_cotitulaire])
def test_the_whole_identity_in_one_message_waits(dossier: Dossier, prendre: Any) -> None:
    reponse = dossier.remplacer(prendre)
    assert reponse.status_code in {202, 409, 422}, reponse.content.decode()
    assert dossier.en_vigueur() == ("Dubreuil", "Élodie")
    if reponse.status_code == 202:
        (attente, *_) = reponse.json()["data"]["en_attente"]
        assert reponse["Location"] == attente["suivi"]
        assert (
            dossier.editeur("GET", attente["suivi"].removeprefix("/api/v1")).json()["data"]["etat"]
            == "EN_ATTENTE"
        )


@pytest.mark.parametrize(
    "identite",
    [
        {"nom_naissance": "Zimmer"},
        INTRUS | {"nom_naissance": "Dubreuil"},
        {"date_naissance": "1979-03-14"},
        {"prenoms": "Karl"},
        {"civilite": "1"},
    ],
    ids=["name", "same surname", "birth", "first names", "sex"],
)
def test_one_trait_after_another_waits_and_a_second_is_refused(
    dossier: Dossier, identite: dict[str, str]
) -> None:
    reponse = dossier.corriger(demandeur={"identite": identite})
    assert reponse.status_code == 202, reponse.content.decode()
    assert dossier.en_vigueur() == ("Dubreuil", "Élodie")
    encore = dossier.corriger(demandeur={"identite": {"nom_naissance": "Autre"}})
    assert (encore.status_code, encore.json()["errors"][0]["code"]) == (409, "CONTROLE_EN_COURS")
    assert dossier.en_attente() == 1


def test_the_same_proposal_again_makes_no_second_one(dossier: Dossier) -> None:
    premiere = dossier.corriger(demandeur={"identite": {"nom_naissance": "Zimmer"}})
    seconde = dossier.corriger(demandeur={"identite": {"nom_naissance": "Zimmer"}})
    assert premiere.json()["data"]["en_attente"] == seconde.json()["data"]["en_attente"]
    assert dossier.en_attente() == 1


def test_contacts_do_not_follow_a_change_of_identity(dossier: Dossier) -> None:
    assert dossier.corriger(demandeur={"identite": {"nom_naissance": "Zimmer"}}).status_code == 202
    retenu = dossier.corriger(demandeur={"contact": {"courriel": "karl@rare.example"}})
    assert (retenu.status_code, retenu.json()["errors"][0]["code"]) == (409, "CONTACT_RETENU")


def test_a_number_of_somebody_else_waits_and_is_said_nowhere(
    dossier: Dossier, capsys: Any, caplog: Any
) -> None:
    nir = f.nir_de(f.date(1979, 1, 30), 1)
    reponse = dossier.remplacer(_tout, nirs={"demandeur": nir})
    assert reponse.status_code in {202, 409, 422}, reponse.content.decode()
    faux = dossier.remplacer(lambda _: None, nirs={"demandeur": nir[:-1] + "x"})
    assert faux.status_code == 422
    lignes = capsys.readouterr()
    tout = reponse.content.decode() + faux.content.decode() + lignes.out + lignes.err + caplog.text
    assert nir[:13] not in tout.replace(" ", "")
    with connection.cursor() as curseur:
        curseur.execute("SELECT string_agg(operation, '') FROM appel_convention")
        assert nir[:13] not in curseur.fetchone()[0]


def test_a_trace_made_up_is_refused(dossier: Dossier) -> None:
    def forger(contenu: dict[str, Any]) -> None:
        contenu["demandeur"]["identite"]["nir"] = {"etat": "PERMANENT", "empreinte": "0" * 64}

    assert dossier.remplacer(forger).status_code == 422


def test_the_seniority_is_nobody_s_to_write(dossier: Dossier) -> None:
    avant = Demande.objects.get(nud=dossier.nud).date_anciennete
    for champ in ("date_depot", "date_anciennete", "statut", "revision"):
        assert dossier.corriger(**{champ: "2001-01-01"}).status_code == 422
    assert Demande.objects.get(nud=dossier.nud).date_anciennete == avant


def test_who_leaves_with_the_seniority_is_who_was_there(dossier: Dossier) -> None:
    data, etiquette = dossier.lire()
    corps = {
        "personne": data["personnes"][0]["personne"],
        "preuve": "JUG",
        "document": "au guichet",
        "demande": {
            "date_reception": f.AUJOURD_HUI.isoformat(),
            "piece_vue": {"type": "CNI", "vue_le": f.AUJOURD_HUI.isoformat()},
            "contenu": data["contenu"] | {"demandeur": data["contenu"]["demandeur"] | {"identite": INTRUS}},
        },
    }
    refus = dossier.editeur("POST", f"/demandes/{dossier.nud}/separations", corps, If_Match=etiquette)
    assert refus.status_code in {409, 422}, refus.content.decode()
    assert Demande.objects.count() == 1


def test_a_decision_ends_what_waits(dossier: Dossier) -> None:
    attente = dossier.corriger(demandeur={"identite": {"nom_naissance": "Zimmer"}}).json()["data"][
        "en_attente"
    ][0]
    f.decider(Identite.objects.get(id=attente["id"]), issue="REFUSEE")
    suivi = dossier.editeur("GET", attente["suivi"].removeprefix("/api/v1")).json()["data"]
    assert (suivi["etat"], suivi["motif"]) == ("REFUSEE", "ERREUR_SAISIE")
    assert dossier.editeur("GET", f"/demandes/{dossier.nud}/changements-en-attente").json()["data"] == []
