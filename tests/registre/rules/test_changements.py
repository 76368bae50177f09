"""What applies and what waits, without a database."""

import uuid
from datetime import date

import pytest

from sne.registre.rules.changements import Dossier, planifier
from sne.registre.rules.contenu import Contenu, EtatNir, Nir, avec_identites, avec_personnes
from sne.registre.rules.refus import ControleEnCours

LEA, PAUL = uuid.UUID(int=1), uuid.UUID(int=2)
NIR = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
IDENTITE = {
    "civilite": "2",
    "nom_naissance": "Dubreuil",
    "prenoms": "Léa",
    "date_naissance": "1990-05-03",
    "nationalite": "1",
}


@pytest.fixture
def contenu() -> Contenu:
    brut = Contenu.model_validate(
        {
            "titulaire": "PERSONNE",
            "demandeur": {"identite": IDENTITE},
            "cotitulaires": [
                {"identite": {**IDENTITE, "civilite": "1", "prenoms": "Paul"}, "lien_demandeur": "M"}
            ],
        }
    )
    return avec_personnes(brut, {"demandeur": LEA, "cotitulaire:1": PAUL})


def dossier(contenu: Contenu, **autres: object) -> Dossier:
    ancres = {str(LEA): contenu.demandeur.identite, str(PAUL): contenu.cotitulaires[0].identite}
    return Dossier(contenu=contenu, ancres=ancres, **autres)


def voulu(contenu: Contenu, **traits: object) -> Contenu:
    return avec_identites(contenu, {"demandeur": contenu.demandeur.identite.model_copy(update=traits)})


def test_nothing_asked_nothing_done(contenu: Contenu) -> None:
    plan = planifier(dossier(contenu), contenu, nirs={})
    assert (plan.contenu, plan.appliquees, plan.proposees, plan.departs, plan.en_attente) == (
        contenu,
        {},
        {},
        (),
        (),
    )


def test_protected_trait_waits_and_the_tree_keeps_the_old_one(contenu: Contenu) -> None:
    plan = planifier(dossier(contenu), voulu(contenu, nom_naissance="Morel"), nirs={})
    assert plan.contenu == contenu
    assert plan.proposees[str(LEA)].nom_naissance == "Morel"
    assert plan.en_attente == (str(LEA),)


def test_comparison_is_with_the_anchor_not_with_the_last_value(contenu: Contenu) -> None:
    """An automatic change never moves the anchor: coming back to it is always free."""
    ancre = contenu.demandeur.identite
    derive = voulu(contenu, nom_naissance="Du Breuil")
    connu = Dossier(contenu=derive, ancres={str(LEA): ancre, str(PAUL): contenu.cotitulaires[0].identite})
    assert planifier(connu, contenu, nirs={}).appliquees[str(LEA)].nom_naissance == "Dubreuil"


def test_departure_and_replacement_wait_and_newcomers_come_last(contenu: Contenu) -> None:
    autre = contenu.cotitulaires[0].model_copy(update={"personne": str(uuid.UUID(int=3))})
    plan = planifier(dossier(contenu), contenu.model_copy(update={"cotitulaires": (autre,)}), nirs={})
    assert plan.departs == (str(PAUL),)
    assert [c.personne for c in plan.contenu.cotitulaires] == [str(PAUL), autre.personne]


def test_departure_asked_twice_is_one_request(contenu: Contenu) -> None:
    sans = contenu.model_copy(update={"cotitulaires": ()})
    plan = planifier(dossier(contenu, departs_en_attente=frozenset({str(PAUL)})), sans, nirs={})
    assert (plan.departs, plan.deja_proposees) == ((), (str(PAUL),))


def test_departure_of_someone_whose_identity_waits_is_refused(contenu: Contenu) -> None:
    attente = {str(PAUL): contenu.cotitulaires[0].identite.model_copy(update={"nom_naissance": "Morel"})}
    with pytest.raises(ControleEnCours, match="Paul Dubreuil"):
        planifier(
            dossier(contenu, en_attente=attente), contenu.model_copy(update={"cotitulaires": ()}), nirs={}
        )


def test_identity_change_of_someone_whose_departure_waits_is_refused(contenu: Contenu) -> None:
    connu = dossier(contenu, departs_en_attente=frozenset({str(LEA)}))
    with pytest.raises(ControleEnCours):
        planifier(connu, voulu(contenu, nom_naissance="Morel"), nirs={})


def test_nir_disagreeing_with_the_civil_status_waits(contenu: Contenu) -> None:
    demande = voulu(contenu, nir=NIR)
    assert planifier(dossier(contenu), demande, nirs={str(LEA): "190059900000123"}).proposees
    assert planifier(dossier(contenu), demande, nirs={str(LEA): "290059900000123"}).appliquees


def test_none_held_then_a_number_never_waits_alone(contenu: Contenu) -> None:
    aucun = voulu(contenu, nir=Nir(etat=EtatNir.AUCUN))
    plan = planifier(dossier(contenu), aucun, nirs={})
    assert (plan.contenu, plan.en_attente) == (aucun, ())
    plan = planifier(dossier(aucun), voulu(aucun, nir=NIR), nirs={str(LEA): "290059900000123"})
    assert plan.en_attente == ()
    assert plan.contenu.demandeur.identite.nir == NIR


def test_none_held_said_beside_a_proposal_is_no_other_proposal(contenu: Contenu) -> None:
    """The name asked twice is one proposal, whatever was said of the number in between."""
    attente = {str(LEA): voulu(contenu, nom_naissance="Morel").demandeur.identite}
    aucun = voulu(contenu, nir=Nir(etat=EtatNir.AUCUN))
    plan = planifier(
        Dossier(contenu=aucun, ancres=dossier(contenu).ancres, en_attente=attente),
        voulu(aucun, nom_naissance="Morel"),
        nirs={},
    )
    assert plan.deja_proposees == (str(LEA),)
    assert plan.contenu == aucun


def test_association_has_nobody_to_control() -> None:
    vide = Contenu.model_validate({"titulaire": "ASSOCIATION", "association": {"nom": "Logis pour tous"}})
    assert planifier(Dossier(contenu=vide, ancres={}), vide, nirs={}).contenu == vide


def test_what_qualifies_a_birth_date_waits_with_it(contenu: Contenu) -> None:
    demande = voulu(contenu, date_naissance=date(1991, 1, 1), date_naissance_presumee=True)
    plan = planifier(dossier(contenu), demande, nirs={})
    assert plan.contenu == contenu
    assert plan.proposees[str(LEA)].date_naissance_presumee
