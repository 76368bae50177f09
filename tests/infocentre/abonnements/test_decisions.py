"""What a subscription may be set to, and whose place it is."""

import uuid
from dataclasses import replace

import pytest

from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.acteurs import mandat
from sne.infocentre.abonnements.rules.calendrier import Calendrier, Rythme
from sne.infocentre.abonnements.rules.decisions import (
    LIBELLES,
    Connus,
    Nature,
    Reglage,
    exiger_change,
    exiger_reglage,
    refus_des_filtres,
)
from sne.infocentre.abonnements.rules.periodes import PeriodeRelative
from sne.infocentre.abonnements.rules.places import Place, est_tenue, portee_de, roles_de
from sne.infocentre.rapports.rules.lieux import NATION, Lieu, NatureLieu
from sne.referentiels.rules.decoupage import Decoupage, DepartementChoix
from sne.socle.acteur import Perimetre
from sne.socle.erreurs import Interdit

REGLAGE = Reglage(
    rapport="TB06",
    version=2,
    periode=PeriodeRelative.DOUZE_MOIS,
    calendrier=Calendrier(Rythme.MOIS, 2),
    format="xlsx",
    filtres=(("categorie", "OPH"),),
    tri="-EVENEMENTS",
    roles=("GESTIONNAIRE_TERRITORIAL",),
)
CONNUS = Connus(
    colonnes=("EVENEMENTS",),
    filtres={"categorie": ("OPH", "ESH")},
    formats=("csv", "xlsx"),
    roles=("GESTIONNAIRE_TERRITORIAL",),
)
DECOUPAGE = Decoupage(
    {"11": "Île-de-France", "76": "Occitanie"},
    {
        d.code: d
        for d in (
            DepartementChoix("75", "Paris", "11", "111"),
            DepartementChoix("95", "Val-d’Oise", "11", "111"),
            DepartementChoix("31", "Haute-Garonne", "76", "031"),
            DepartementChoix("82", "Tarn-et-Garonne", "76", "082"),
        )
    },
)
TERRITOIRE, DEPARTEMENT = Lieu(NatureLieu.TERRITOIRE, "031"), Lieu(NatureLieu.DEPARTEMENT, "95")
REGION = Lieu(NatureLieu.REGION, "76")


def test_what_can_be_sent_is_kept() -> None:
    exiger_reglage(REGLAGE, CONNUS, a_soi=False)
    exiger_reglage(replace(REGLAGE, roles=(), tri=""), CONNUS, a_soi=True)


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"format": "pdf"}, "format"),
        ({"roles": ()}, "roles"),
        ({"roles": ("DPO",)}, "roles"),
        ({"tri": "INCONNUE"}, "tri"),
        ({"filtres": (("quartier", "QP"),)}, "filtres"),
        ({"filtres": (("categorie", "INCONNUE"),)}, "filtres"),
    ],
)
def test_what_cannot_is_refused_on_its_field(change: dict[str, object], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        exiger_reglage(replace(REGLAGE, **change), CONNUS, a_soi=False)  # type: ignore[arg-type]
    assert refus.value.champ == champ


def test_a_filter_that_is_gone_is_named_with_the_remedy() -> None:
    assert refus_des_filtres((), {}, 2) == ""
    un = refus_des_filtres((("quartier", "x"),), {}, 2)
    assert "«\u00a0quartier\u00a0» n’existe pas dans la version\u00a02" in un
    assert "changez ses filtres" in un
    assert "n’existent pas" in refus_des_filtres((("a", ""), ("b", "")), {}, 2)


def test_the_same_again_is_refused() -> None:
    exiger_change(REGLAGE, replace(REGLAGE, format="csv"))
    with pytest.raises(Interdit):
        exiger_change(REGLAGE, REGLAGE)
    assert set(LIBELLES) == set(Nature)


@pytest.mark.parametrize(
    ("place", "role", "perimetre", "organisme", "tenue"),
    [
        (Place(TERRITOIRE), Role.GESTIONNAIRE_TERRITORIAL, Perimetre("031"), "", True),
        (Place(TERRITOIRE), Role.GESTIONNAIRE_TERRITORIAL, Perimetre("082"), "", False),
        (Place(TERRITOIRE), Role.RESPONSABLE_GUICHET, Perimetre("031", "G0311"), "S1", False),
        (Place(TERRITOIRE), Role.POLE_METIER, Perimetre(), "", False),
        (Place(TERRITOIRE, "S1"), Role.RESPONSABLE_GUICHET, Perimetre("031", "G0311"), "S1", True),
        (Place(TERRITOIRE, "S1"), Role.RESPONSABLE_GUICHET, Perimetre("031", "G0312"), "S2", False),
        (Place(TERRITOIRE, "S1"), Role.RESPONSABLE_GUICHET, Perimetre("082", "G0821"), "S1", False),
        (Place(TERRITOIRE, "S1"), Role.AGENT_GUICHET, Perimetre("031", "G0311"), "S1", False),
        (Place(TERRITOIRE, "S1"), Role.GESTIONNAIRE_TERRITORIAL, Perimetre("031"), "", False),
        (Place(DEPARTEMENT), Role.COORDINATION_DEPARTEMENTALE, Perimetre("111", departement="95"), "", True),
        (Place(DEPARTEMENT), Role.COORDINATION_DEPARTEMENTALE, Perimetre("111", departement="75"), "", False),
        (Place(NATION), Role.POLE_METIER, Perimetre(), "", True),
        (Place(NATION), Role.EXPLOITATION_NATIONALE, Perimetre(), "", False),
        (
            Place(Lieu(NatureLieu.TERRITOIRE, "999")),
            Role.GESTIONNAIRE_TERRITORIAL,
            Perimetre("999"),
            "",
            False,
        ),
    ],
)
def test_a_place_is_held_by_its_own_roles(
    place: Place, role: Role, perimetre: Perimetre, organisme: str, tenue: bool
) -> None:
    assert est_tenue(place, [mandat(role, perimetre, organisme=organisme)], DECOUPAGE) is tenue


def test_a_region_is_held_in_each_of_its_territories() -> None:
    role = Role.COORDINATION_REGIONALE
    entiere = [mandat(role, Perimetre(t)) for t in ("031", "082")]
    assert est_tenue(Place(REGION), entiere, DECOUPAGE)
    assert not est_tenue(Place(REGION), entiere[:1], DECOUPAGE)
    assert not est_tenue(
        Place(REGION),
        [mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre(t)) for t in ("031", "082")],
        DECOUPAGE,
    )


def test_a_right_that_was_taken_back_holds_nothing() -> None:
    sans = mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre("031"), sans=[Permission.RAPPORT_ABONNER])
    assert not est_tenue(Place(TERRITOIRE), [sans], DECOUPAGE)


def test_a_right_on_one_demande_holds_no_place() -> None:
    sienne = mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre("031", demande=uuid.uuid4()))
    assert not est_tenue(Place(TERRITOIRE), [sienne], DECOUPAGE)


def test_what_is_counted_is_the_place_or_a_body_of_it() -> None:
    entiere = portee_de(Place(TERRITOIRE), DECOUPAGE)
    assert entiere is not None
    assert (entiere.territoires, entiere.organismes) == (("031",), None)
    siens = portee_de(Place(TERRITOIRE, "S1"), DECOUPAGE)
    assert siens is not None
    assert siens.organismes == frozenset({"S1"})
    assert portee_de(Place(Lieu(NatureLieu.REGION, "00"), "S1"), DECOUPAGE) is None


def test_a_place_knows_its_roles_and_its_territory() -> None:
    assert roles_de(Place(TERRITOIRE)) == (
        Role.GESTIONNAIRE_TERRITORIAL,
        Role.GESTIONNAIRE_FICHIERS_PARTAGES,
    )
    assert roles_de(Place(TERRITOIRE, "S1")) == (Role.RESPONSABLE_GUICHET,)
    assert Role.COORDINATION_REGIONALE in roles_de(Place(REGION))
    assert (Place(TERRITOIRE).territoire, Place(REGION).territoire) == ("031", "")
    a_soi = Place(TERRITOIRE, compte=uuid.uuid4())
    assert a_soi.du_lieu == Place(TERRITOIRE)
