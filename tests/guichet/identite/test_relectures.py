"""Changes read again by chance, on the screens: the tab, the blind page, the answer."""

import re
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.personne import Identite
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.identite.changements_identite import modifier

LISTE = reverse("relectures")


@pytest.fixture(autouse=True)
def _toutes() -> object:
    with mock.patch("sne.registre.controle.actions.est_tiree", return_value=True):
        yield


def corriger(nom: str = "Dubreuil") -> Identite:
    recu = f.deposer(f.contenu(demandeur=f.personne(nom)), le=f.ANCIEN, doublons_ecartes="Autre")
    modifier(recu.demande_id, f.creer_acteur(), traits={"nom_naissance": f"{nom}l"}, motif="Faute de frappe")
    return Identite.objects.select_related("demande").get(demande=recu.demande_id, voie="AUTOMATIQUE")


def test_relire_sans_savoir(gestionnaire: Client) -> None:
    ligne = corriger()
    adresse = reverse("relecture", args=[ligne.id])
    liste = texte(gestionnaire.get(LISTE))
    assert "Relectures (1)" in liste
    assert adresse in liste
    page = texte(gestionnaire.get(adresse))
    assert "Nom de naissance\u00a0: Dubreuil → Dubreuill" in page
    assert "Faute de frappe" in page
    assert "appliqué" not in page
    assert "Choisissez si ce changement se justifie" in texte(gestionnaire.post(adresse, {}))
    assert "Dites en une phrase" in texte(gestionnaire.post(adresse, {"avis": "REFUSEE", "precision": ""}))
    fin = texte(
        gestionnaire.post(adresse, {"avis": "REFUSEE", "precision": "Rien ne le montre"}, follow=True)
    )
    assert "Elle diffère de la première décision" in fin
    assert "Aucun changement à relire" in fin
    assert gestionnaire.get(adresse).status_code == 404


def test_rejoint_la_premiere_decision(gestionnaire: Client) -> None:
    adresse = reverse("relecture", args=[corriger().id])
    assert "Elle rejoint la première décision" in texte(
        gestionnaire.post(adresse, {"avis": "VALIDEE"}, follow=True)
    )


def test_reservee(agent: Client, compte: Compte) -> None:
    ligne = corriger()
    chef = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    for client in (agent, chef):
        for adresse in (LISTE, reverse("relecture", args=[ligne.id])):
            assert client.get(adresse).status_code == 403
    ailleurs = connecter(Client(), creer_gestionnaire(territoire="02A", le=f.MAINTENANT))
    assert "Aucun changement à relire" in texte(ailleurs.get(LISTE))
    assert ailleurs.get(reverse("relecture", args=[ligne.id])).status_code == 404


def test_requetes_constantes(gestionnaire: Client) -> None:
    corriger("Rousseau")
    une = requetes(lambda: gestionnaire.get(LISTE))
    corriger("Zimmermann")
    assert requetes(lambda: gestionnaire.get(LISTE)) == une


def test_la_liste_se_lit_jusqu_au_bout(gestionnaire: Client) -> None:
    """Page after page and back; sorted the other way, the whole of it."""
    attendus = [reverse("relecture", args=[corriger(nom).id]) for nom in ("Rousseau", "Zimmermann")]
    with mock.patch("sne.registre.identite.selectors.relectures.PAR_PAGE", 1):
        premiere = texte(gestionnaire.get(LISTE))
        seconde = texte(gestionnaire.get(LISTE + _lien(premiere, "next")))
        assert [_lues(premiere), _lues(seconde)] == [[attendus[0]], [attendus[1]]]
        assert _lues(texte(gestionnaire.get(LISTE + _lien(seconde, "prev")))) == [attendus[0]]
        assert _lues(texte(gestionnaire.get(LISTE, {"sens": "inverse"}))) == attendus[::-1]
        gestionnaire.post(attendus[0], {"avis": "VALIDEE"})
        assert _lues(texte(gestionnaire.get(LISTE + _lien(premiere, "next")))) == [attendus[1]], (
            "read since, it still says where"
        )


def _lien(page: str, sens: str) -> str:
    trouve = re.search(rf'href="([?][^"]+)" rel="{sens}"', page)
    return trouve[1].replace("&amp;", "&") if trouve else ""


def _lues(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a class="reg-numero" href="([^"]+)"', page)
