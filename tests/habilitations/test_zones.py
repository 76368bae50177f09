"""Roles held in a département or a region: where they reach, how a form names the place, what is said of them."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Habilitation
from sne.habilitations.rules import Permission, Role
from sne.habilitations.selectors import list_postes
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.lieux import list_lieux
from sne.habilitations.selectors.zones import lire_lieu, nom_de_la_zone
from sne.socle.acteur import Perimetre
from sne.socle.horloge import aujourd_hui
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db


def test_a_region_is_each_of_its_territories() -> None:
    compte = f.creer_coordination_regionale(region="94")
    acteur = f.acteur(compte)
    assert acteur.territoires(Permission.RAPPORT_LIRE) == {"02A", "02B"}
    assert (acteur.territoire, acteur.guichet) == ("", "")
    assert not any(m.perimetre.national for m in acteur.mandats)
    assert acteur.extra["lieu"] == "Corse"
    assert acteur.peut(Permission.RAPPORT_LIRE, "02A")
    assert not acteur.peut(Permission.RAPPORT_LIRE, "099")


def test_a_departement_holds_no_counter_by_its_code() -> None:
    acteur = f.acteur(f.creer_coordination_departementale("111", "75"))
    assert acteur.mandats[0].perimetre == Perimetre("111", departement="75")
    assert acteur.peut(Permission.RAPPORT_LIRE, "111")
    assert not acteur.peut(Permission.RAPPORT_LIRE, "111", "G1111")
    assert acteur.extra["lieu"] == "Paris (75)"
    with pytest.raises(ValueError, match="département"):
        Perimetre("111", "G1111", departement="75")


def test_a_region_without_territory_gives_nothing() -> None:
    assert f.acteur(f.creer_coordination_regionale(region="988")).mandats == ()


def test_a_session_reads_the_same_places() -> None:
    compte = f.creer_coordination_regionale(region="94")
    page = f.connecter(Client(), compte).get(reverse("mon-compte")).content.decode()
    assert "Corse" in page
    assert "ire les rapports de l’infocentre" in page
    [poste] = list_postes(compte, le=aujourd_hui())
    assert poste.nom_du_lieu == "Corse"


@pytest.mark.parametrize(
    ("lieu", "tape", "attendu"),
    [
        ("099-", "", ("099", "", "")),
        ("099-", "G0993", ("099", "G0993", "")),
        ("099-G0993", "", ("099", "G0993", "")),
        ("099-D9931", "", ("099", "D9931", "")),
        ("111-D75", "", ("111", "", "75")),
        ("974-D974", "", ("974", "", "974")),
        ("region-84", "", ("", "", "84")),
        ("", "", ("", "", "")),
    ],
)
def test_a_place_of_a_form(lieu: str, tape: str, attendu: tuple[str, str, str]) -> None:
    assert lire_lieu(lieu, tape) == attendu


def test_the_nation_grants_in_zones_through_the_page() -> None:
    exploitation, compte = f.creer_exploitation(), f.creer_personne(courriel="dreal@exemple.fr")
    lieux = dict(list_lieux(f.acteur(exploitation), le=aujourd_hui()))
    assert lieux["region-94"] == "Région Corse"
    assert lieux["111-D75"] == "Département Paris (75)"
    assert not any(
        lieu.startswith("region")
        for lieu, _ in list_lieux(f.acteur(f.creer_gestionnaire()), le=aujourd_hui())
    )
    saisie = {"courriel": "dreal@exemple.fr", "role": "COORDINATION_REGIONALE", "lieu": "region-94"}
    client = f.connecter(Client(), exploitation)
    assert client.post(reverse("habilitations-accorder"), saisie).status_code == 302
    tenue = Habilitation.objects.get(compte=compte)
    assert (tenue.role, tenue.territoire, tenue.zone) == (Role.COORDINATION_REGIONALE, "", "94")
    assert nom_du_lieu("", "", "94", le=aujourd_hui()) == "Corse"
    assert nom_de_la_zone("111", "ZZ") == "ZZ"
    page = client.get(reverse("habilitations-personne", args=[compte.id])).content.decode()
    assert "Corse" in page
