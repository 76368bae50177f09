"""Matching incoming adults with known persons: by what is said of them, never by place in a list."""

import pytest
from hypothesis import given

from sne.registre.contenu.rules.appariement import Connu, apparier, appliquer
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.contenu.rules.arbre.references import adultes, avec_identites, avec_personnes
from tests.registre import strategies
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale

D, A, B, X = (f"0190a000-0000-7000-8000-00000000000{n}" for n in "dabc")


def _identite(nom="ROSSI", prenoms="Paul", naissance="1985-06-30", nir=None):
    return {
        "civilite": "1",
        "nom_naissance": nom,
        "prenoms": prenoms,
        "date_naissance": naissance,
        "nir": nir,
    }


def _connu(personne, rang, **traits):
    return Connu(personne, rang, Identite.model_validate(_identite(**traits)))


def _tree(*identites, personnes=()):
    cotitulaires = [{**COTITULAIRE, "identite": identite} for identite in identites]
    contenu = minimale(cotitulaires=cotitulaires)
    return avec_personnes(contenu, dict(personnes))


LECA = Connu(D, 0, minimale().demandeur.identite)
ALPHA, BETA = {"nom": "ALPHA", "prenoms": "Anne"}, {"nom": "BETA", "prenoms": "Bob"}
PAUL = _connu(A, 1)


def test_applicant_is_matched_by_role_whatever_is_said_of_them():
    contenu = avec_identites(_tree(), {"demandeur": Identite(nom_naissance="VOLEUR")})
    assert apparier(contenu, [LECA]).paires == {"demandeur": D}


def test_same_traits_written_otherwise_whatever_the_order():
    contenu = _tree(_identite("beta", "BOB"), _identite("Alpha", "ANNE"))
    resultat = apparier(contenu, [LECA, _connu(A, 1, **ALPHA), _connu(B, 2, **BETA)])
    assert resultat.paires == {"demandeur": D, "cotitulaire:1": B, "cotitulaire:2": A}
    assert (resultat.nouveaux, resultat.partis) == ((), ())


def test_removing_the_first_does_not_rename_the_second():
    contenu = _tree(_identite(**BETA))
    resultat = apparier(contenu, [LECA, _connu(A, 1, **ALPHA), _connu(B, 2, **BETA)])
    assert resultat.paires["cotitulaire:1"] == B
    assert resultat.partis == (A,)


@pytest.mark.parametrize(
    "corrigee",
    [
        _identite(nom="ROSSINI"),
        _identite(prenoms="Pablo"),
        _identite(naissance="1985-07-30"),
    ],
)
def test_two_traits_of_three_are_a_correction(corrigee):
    assert apparier(_tree(corrigee), [LECA, PAUL]).paires["cotitulaire:1"] == A


@pytest.mark.parametrize(
    "autre",
    [
        _identite(nom="AUTRE", prenoms="Jean"),
        _identite(nom="AUTRE", naissance="1990-01-01"),
        {"civilite": "1"},
    ],
)
def test_one_trait_is_another_person(autre):
    resultat = apparier(_tree(autre), [LECA, PAUL])
    assert resultat.nouveaux == ("cotitulaire:1",)
    assert resultat.partis == (A,)


def test_names_that_nobody_said_are_not_the_same_name():
    muette = {"civilite": "1", "date_naissance": "1985-06-30"}
    assert apparier(_tree(muette), [LECA, Connu(A, 1, Identite.model_validate(muette))]).nouveaux == (
        "cotitulaire:1",
    )


def test_same_nir_is_the_same_person():
    nir = {"etat": "PERMANENT", "empreinte": "ab" * 32}
    connu = Connu(A, 1, Identite(nir=Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)))
    assert apparier(_tree(_identite(nir=nir)), [LECA, connu]).paires["cotitulaire:1"] == A


def test_two_persons_without_nir_are_not_the_same_for_that():
    sans = {"etat": "AUCUN"}
    connu = Connu(A, 1, Identite(nom_naissance="AUTRE", nir=Nir(etat=EtatNir.AUCUN)))
    assert apparier(_tree(_identite(nir=sans)), [LECA, connu]).partis == (A,)


def test_exact_match_goes_before_a_correction():
    contenu = _tree(_identite(prenoms="Pierre"), _identite(prenoms="Paul"))
    resultat = apparier(contenu, [LECA, PAUL])
    assert resultat.paires == {"demandeur": D, "cotitulaire:2": A}
    assert resultat.nouveaux == ("cotitulaire:1",)


def test_equal_candidates_are_told_apart_by_rank():
    contenu = _tree(_identite(), _identite())
    resultat = apparier(contenu, [LECA, _connu(B, 2), _connu(A, 1)])
    assert resultat.paires == {"demandeur": D, "cotitulaire:1": A, "cotitulaire:2": B}


def test_person_carried_by_the_tree_comes_first():
    contenu = _tree(
        _identite(nom="AUTRE", prenoms="Jean", naissance="1990-01-01"), personnes={"cotitulaire:1": A}
    )
    assert apparier(contenu, [LECA, PAUL]).paires["cotitulaire:1"] == A


def _avant():
    return _tree(_identite(), personnes={"demandeur": D, "cotitulaire:1": A})


def _personnes(contenu):
    return [adulte.personne for _, adulte in adultes(contenu)]


def test_forged_person_is_dropped():
    contenu = _tree(_identite(nom="AUTRE", prenoms="Jean"), personnes={"demandeur": X, "cotitulaire:1": X})
    assert _personnes(appliquer(contenu, _avant())) == [D, None]


def test_same_tree_keeps_its_persons():
    assert appliquer(_avant(), _avant()) == _avant()


def test_nobody_becomes_the_applicant_by_carrying_the_id_of_the_co_holder():
    echange = avec_personnes(_avant(), {"demandeur": A, "cotitulaire:1": D})
    assert _personnes(appliquer(echange, _avant()))[0] == D
    seul = _tree(personnes={"demandeur": A})
    assert _personnes(appliquer(seul, _avant())) == [D]


def test_tree_whose_persons_are_not_known_yet_matches_nobody():
    assert _personnes(appliquer(_tree(), _tree())) == [None]


def test_association_matches_nobody():
    assert apparier(avec(ASSOCIATION), []).paires == {}


def test_co_holders_without_applicant_keep_their_ranks():
    contenu = _tree(_identite(), _identite()).model_copy(update={"demandeur": None})
    assert apparier(contenu, [_connu(B, 2), _connu(A, 1)]).paires == {"cotitulaire:1": A, "cotitulaire:2": B}


@given(contenu=strategies.demandes_de_personnes)
def test_every_adult_and_every_person_is_in_one_pair_at_most(contenu):
    connus = [LECA, PAUL, _connu(B, 2, **BETA)]
    resultat = apparier(contenu, connus)
    assert len(set(resultat.paires.values())) == len(resultat.paires)
    assert set(resultat.paires) | set(resultat.nouveaux) == {reference for reference, _ in adultes(contenu)}
    assert set(resultat.paires.values()) | set(resultat.partis) == {connu.personne for connu in connus}


def _charge(identifiant, prenoms, naissance="2015-01-02"):
    return PersonneACharge(identifiant=identifiant, nom="LECA", prenoms=prenoms, date_naissance=naissance)
