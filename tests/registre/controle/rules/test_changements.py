"""What applies and what waits, without a database."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import avec_identites, avec_personnes
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules import plan as changements
from sne.registre.controle.rules.decision import Clause, Decision
from sne.registre.controle.rules.operations import Operation
from sne.registre.controle.rules.plan import Alentours, Dossier, Plan, a_examiner
from sne.registre.demande.rules.refus import ControleEnCours
from sne.socle.acteur import Canal

LEA, PAUL = uuid.UUID(int=1), uuid.UUID(int=2)
NIR = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
IDENTITE = {
    "civilite": "2",
    "nom_naissance": "Dubreuil",
    "prenoms": "Léa",
    "date_naissance": "1990-05-03",
    "nationalite": "1",
}


LE = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
SEUILS = parametres_par_defaut(LE.date())[Seuils]
ANCIENNE = date(2020, 1, 1)


def alentours(depot: date = ANCIENNE, **autres: Any) -> Alentours:
    return Alentours(acte=Operation(LE, Canal.GUICHET), passees=(), depot=depot, seuils=SEUILS, **autres)


def planifier(
    connu: Dossier, demande: Contenu, *, nirs: dict[str, str], depot: date = ANCIENNE, **autres: Any
) -> Plan:
    return changements.planifier(connu, demande, nirs=nirs, alentours=alentours(depot, **autres))


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


def test_young_everything_applies_and_says_why(contenu: Contenu) -> None:
    """A counter that corrects what it has just typed waits for nobody, departures included."""
    sans = voulu(contenu, nom_naissance="Morel").model_copy(update={"cotitulaires": ()})
    plan = planifier(dossier(contenu), sans, nirs={}, depot=LE.date())
    assert (plan.contenu, plan.proposees, plan.departs, plan.partis) == (sans, {}, (), (str(PAUL),))
    assert plan.appliquees[str(LEA)].nom_naissance == "Morel"
    assert {v.decision for v in plan.verdicts.values()} == {Decision.AUTOMATIQUE}


def test_an_automatic_change_is_examined_too(contenu: Contenu) -> None:
    plan = planifier(dossier(contenu), voulu(contenu, nom_naissance="Dubreuill"), nirs={})
    assert plan.contenu.demandeur.identite.nom_naissance == "Dubreuill"
    assert plan.verdicts[str(LEA)].clauses == (Clause.NOM,)
    assert planifier(dossier(contenu), voulu(contenu, nom_usage="Morel"), nirs={}).verdicts == {}


def test_one_trait_that_waits_makes_the_others_wait(contenu: Contenu) -> None:
    """One letter of the name would pass alone; not with a birth date."""
    demande = voulu(contenu, nom_naissance="Dubreuill", date_naissance=date(1991, 1, 1), nom_usage="Haddad")
    plan = planifier(dossier(contenu), demande, nirs={})
    assert plan.contenu == voulu(contenu, nom_usage="Haddad")
    assert plan.proposees[str(LEA)].nom_naissance == "Dubreuill"


def test_the_used_name_of_the_person_lets_their_name_pass(contenu: Contenu) -> None:
    demande = voulu(contenu, nom_naissance="Haddad")
    assert planifier(dossier(contenu), demande, nirs={}, usages={str(LEA): "Haddad"}).appliquees
    assert planifier(dossier(contenu), demande, nirs={}, usages={str(PAUL): "Haddad"}).proposees


def test_the_same_proposal_again_is_the_same_request_even_if_it_would_pass(contenu: Contenu) -> None:
    demande = voulu(contenu, nom_naissance="Morel")
    connu = dossier(contenu, en_attente={str(LEA): demande.demandeur.identite})
    plan = planifier(connu, demande, nirs={}, depot=LE.date())
    assert (plan.deja_proposees, plan.appliquees, plan.verdicts) == ((str(LEA),), {}, {})


def test_an_automatic_change_passes_beside_a_request(contenu: Contenu) -> None:
    attente = {str(LEA): voulu(contenu, nom_naissance="Morel").demandeur.identite}
    demande = voulu(contenu, nom_naissance="Du Breuil")
    assert planifier(dossier(contenu, en_attente=attente), demande, nirs={}).appliquees


def test_what_has_to_be_examined(contenu: Contenu) -> None:
    assert not a_examiner(contenu, contenu)
    assert not a_examiner(contenu, voulu(contenu, nom_usage="Haddad"))
    assert a_examiner(contenu, voulu(contenu, prenoms="Lea"))
    assert a_examiner(contenu, contenu.model_copy(update={"cotitulaires": ()}))
    with pytest.raises(ValueError, match="what surrounds"):
        changements.planifier(dossier(contenu), voulu(contenu, prenoms="Zoé"), nirs={})
