"""« Toutes mes données »: what is theirs in one file, and nothing of anybody else's; by whom, and how it is told."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from sne.demandeurs.actions import accueillir
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.rattachement.rules.donnees import donnees_de
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, YVONNE, servie_par_le_portail
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import KARIM, deposer
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def ouvrir(reponse: Any) -> dict[str, str]:
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reponse.content)) as archive:
        return {nom: archive.read(nom).decode("utf-8-sig") for nom in archive.namelist()}


def porte_close(porte: Client, adresse: str) -> str:
    """The page that says why not, and the file refused all the same."""
    lue = porte.get(adresse)
    assert (lue.status_code, porte.post(adresse).status_code) == (200, 403)
    return str(lue.content.decode())


def test_all_that_is_theirs_in_one_file_and_nobody_else_s(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(cotitulaires=[KARIM])
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/mes-donnees/"
    assert "Télécharger toutes mes données" in porte.get(adresse).content.decode()
    lus = ouvrir(porte.post(adresse))
    assert lus.keys() == {
        "lisez-moi.txt",
        "declare.json",
        "qui-a-vu-ma-demande.csv",
        "documents.csv",
        "attestations.csv",
        "ressources-connues.csv",
    }
    tout = json.loads(lus["declare.json"])
    assert tout["demande"]["numero"] == demande.nud
    assert tout["declare"]["demandeur"]["identite"]["nom_naissance"] == "Dubreuil"
    assert tout["messages"] == {"langue": "fr", "refuses": []}
    assert tout["declare"]["cotitulaires"] == [{"lien_demandeur": "C"}]
    assert "HADDAD" not in lus["declare.json"].upper()
    assert "empreinte" not in lus["declare.json"]
    assert "enregistr" in lus["qui-a-vu-ma-demande.csv"]
    dite = Entree.objects.get(demande=demande.id, verbe="EXPORTER_DONNEES")
    assert dite.acteur["role"] == "DEMANDEUR"
    assert (
        "avez téléchargé la copie de toutes les données"
        in porte.get(f"/ma-demande/{demande.nud}/historique/").content.decode()
    )


def test_a_session_of_some_time_ago_and_a_code_have_the_reason_instead(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer()
    adresse = f"/ma-demande/{demande.nud}/mes-donnees/"
    se_connecter(porte, fc, ELODIE)
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
        assert "Votre connexion est trop ancienne" in porte.get(adresse).content.decode()
        assert porte.post(adresse).status_code == 403
    par_code = Client()
    entrer(par_code, demande)
    assert "connectez-vous avec FranceConnect" in porte_close(par_code, adresse)


def test_a_helper_has_the_reason_instead(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    se_connecter(porte, fc, YVONNE)
    assert "sans aidant" in porte_close(porte, f"/ma-demande/{demande.nud}/mes-donnees/")
    assert not Entree.objects.filter(verbe="EXPORTER_DONNEES").exists()


@pytest.mark.django_db(transaction=True)
def test_under_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert ouvrir(porte.post(f"/ma-demande/{demande.nud}/mes-donnees/"))


def test_a_co_holder_has_their_own_part_and_what_is_shared() -> None:
    contenu = Contenu.model_validate(
        f.contenu(
            demandeur=f.personne("Dubreuil") | {"personne": "01a22300-0000-7000-8000-000000000001"},
            cotitulaires=[KARIM | {"personne": "01a22300-0000-7000-8000-000000000002"}],
            precisions="Deux chambres suffisent.",
        ).model_dump(mode="json")
    )
    lues = donnees_de(contenu, "01a22300-0000-7000-8000-000000000002", titulaire=False)
    assert lues["cotitulaires"][0]["identite"]["nom_naissance"] == "Haddad"
    assert lues["demandeur"] == {}
    assert "precisions" not in lues
    assert "souhaits" in lues
    sans = donnees_de(contenu.model_copy(update={"demandeur": None}), "x", titulaire=True)
    assert "demandeur" not in sans


def test_a_sign_in_of_an_hour_that_was_not_said_proves_nothing_recent(
    porte: Client,
    fc: Fournisseur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    demande = deposer()
    sans = "sne.portail.views.connexion.accueillir"
    monkeypatch.setattr(sans, lambda qui, **dits: accueillir(qui, **{**dits, "prouvee_le": None}))
    se_connecter(porte, fc, ELODIE)
    adresse = f"/ma-demande/{demande.nud}/mes-donnees/"
    assert "Votre connexion est trop ancienne" in porte.get(adresse).content.decode()
    assert porte.post(adresse).status_code == 403
