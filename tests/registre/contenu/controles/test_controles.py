"""Every control speaks where it must and is silent elsewhere; its weight depends on the door."""

import re

import pytest
from hypothesis import given

from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.champs import champ_de
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.contenu.rules.controles import CONTROLES, controler
from sne.registre.contenu.rules.controles.contexte import Porte
from tests.registre import strategies
from tests.registre.contenu.controles import (
    cas_contacts,
    cas_handicaps,
    cas_logement,
    cas_personnes,
    cas_situations,
    cas_souhaits,
)
from tests.registre.exemples import ASSOCIATION, JOUR, LIMITES, REFERENCES, avec, minimale

MODULES = (cas_personnes, cas_contacts, cas_situations, cas_logement, cas_souhaits, cas_handicaps)
CAS = [cas for module in MODULES for cas in module.CAS]


def controle(contenu, *, porte=Porte.ECRAN, limites=LIMITES, nirs=None):
    return controler(
        contenu, aujourd_hui=JOUR, porte=porte, references=REFERENCES, limites=limites, nirs=nirs or {}
    )


CODES = [controle.code for controle in CONTROLES]


@pytest.mark.parametrize("cas", CAS, ids=str)
def test_case(cas):
    trouvees = controle(avec(cas.base, **cas.changements), nirs=cas.nirs)
    assert tuple(a.chemin for a in trouvees if a.code == cas.code) == cas.chemins


def test_every_control_has_a_case_and_a_counter_example():
    assert len(set(CODES)) == len(CODES)
    assert {cas.code for cas in CAS if cas.chemins} == set(CODES)
    assert {cas.code for cas in CAS if not cas.chemins} == set(CODES)


def test_least_trees_are_clean():
    assert controle(minimale()) == ()
    assert controle(avec(ASSOCIATION)) == ()


BLOQUANTS_A_L_IMPORT = {"BRANCHE_TITULAIRE", "NAISSANCE_FUTURE", "COMMUNE_HORS_TERRITOIRE"}


@pytest.mark.parametrize("regle", CONTROLES, ids=lambda regle: regle.code)
def test_imports_block_on_the_wire_set_only_and_never_more_than_screens(regle):
    assert (regle.niveau_par(Porte.IMPORT) is Niveau.BLOQUANT) == (regle.code in BLOQUANTS_A_L_IMPORT)
    assert regle.niveau_par(Porte.ECRAN) is regle.niveau
    par_interface = BLOQUANTS_A_L_IMPORT | {"CODE_INCONNU", "COMMUNE_INCONNUE", "NIR_ILLISIBLE"}
    assert (regle.niveau_par(Porte.INTERFACE) is Niveau.BLOQUANT) == (regle.code in par_interface)
    assert not regle.filaire or regle.niveau is Niveau.BLOQUANT


def test_same_content_blocks_on_a_screen_and_is_only_remarked_on_at_import():
    contenu = minimale(motifs={"codes": ["01", "02", "03", "04"]})
    (ecran,) = controle(contenu)
    (recu,) = controle(contenu, porte=Porte.IMPORT)
    assert (ecran.niveau, recu.niveau) == (Niveau.BLOQUANT, Niveau.AVERTISSEMENT)
    assert (ecran.code, ecran.chemin, ecran.phrase) == (recu.code, recu.chemin, recu.phrase)


@pytest.mark.parametrize("porte", Porte)
@given(contenu=strategies.contenus)
def test_blocking_rules_alone_find_what_blocks_among_all(porte, contenu):
    toutes = controle(contenu, porte=porte)
    seules = controler(
        contenu,
        aujourd_hui=JOUR,
        porte=porte,
        references=REFERENCES,
        limites=LIMITES,
        niveaux=(Niveau.BLOQUANT,),
    )
    assert seules == tuple(a for a in toutes if a.niveau is Niveau.BLOQUANT)


def test_limits_are_dated_parameters():
    serrees = LIMITES.model_copy(update={"motifs_max_ecran": 1, "localisations_max_ecran": 1})
    contenu = minimale(
        motifs={"codes": ["01", "02"]}, souhaits__localisations=[{"commune": "2A004"}, {"commune": "2A041"}]
    )
    assert [a.code for a in controle(contenu, limites=serrees)] == ["TROP_DE_MOTIFS", "TROP_DE_LOCALISATIONS"]
    assert controle(contenu) == ()


def test_sentences_name_the_field_and_never_the_nir():
    nir = "287032A00401582"
    nirs = {"demandeur": nir}
    phrases = [
        a.phrase for cas in CAS for a in controle(avec(cas.base, **cas.changements), nirs=cas.nirs or nirs)
    ]
    for phrase in phrases:
        assert phrase[0].isupper()
        assert phrase.endswith(".")
        assert not re.search(r"(?<!\u00a0)[:;?!]|« | »|'", phrase), phrase
        assert nir not in phrase


@given(contenu=strategies.contenus)
def test_any_tree_can_be_controlled_through_any_door(contenu):
    for porte in Porte:
        for anomalie in controle(contenu, porte=porte, nirs={"demandeur": "12", "garde:1": "13"}):
            assert champ_de(anomalie.chemin), anomalie
    for anomalie in manques_pour_enregistrer(contenu):
        assert champ_de(anomalie.chemin), anomalie


@given(contenu=strategies.demandes_enregistrables)
def test_registrable_trees_are_registrable(contenu):
    assert manques_pour_enregistrer(contenu) == ()
    assert [a for a in controle(contenu) if a.bloquante] == []
