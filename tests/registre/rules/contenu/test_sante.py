"""A reader without the right to health sees none of it, and all the rest."""

import json

from hypothesis import given

from sne.registre.rules.contenu import sans_sante, valeurs
from tests.registre import strategies
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale

AAH = {"recues": [{"nature": "AAH", "montant_mensuel": 900}, {"nature": "SAL", "montant_mensuel": 100}]}
SALAIRE = {"recues": [{"nature": "SAL", "montant_mensuel": 100}]}


def test_health_goes_wherever_it_hides():
    contenu = minimale(
        handicaps=[{"personne": "demandeur", "etat": "EVO"}],
        motifs={"codes": ["01", "07", "08"], "autre_motif": "mal de dos"},
        demandeur__ressources=AAH,
        cotitulaires=[{**COTITULAIRE, "ressources": AAH}],
        foyer={"ressources_personnes_a_charge": {"recues": [{"nature": "AEEH"}]}},
    )
    assert sans_sante(contenu) == minimale(
        motifs={"codes": ["01"]},
        demandeur__ressources=SALAIRE,
        cotitulaires=[{**COTITULAIRE, "ressources": SALAIRE}],
    )


def test_tree_without_health_is_shown_whole():
    assert sans_sante(minimale()) == minimale()
    assert sans_sante(avec(ASSOCIATION)) == avec(ASSOCIATION)


@given(contenu=strategies.contenus)
def test_no_health_is_left_in_any_tree(contenu):
    montre = sans_sante(contenu)
    assert montre.handicaps == ()
    natures = {str(valeur) for chemin, _, valeur in valeurs(montre) if chemin.endswith("].nature")}
    assert natures.isdisjoint({"AAH", "AEEH", "AJPP", "PINV"})
    assert not {"07", "08"} & set(montre.motifs.codes)
    assert "autre_motif" not in json.loads(montre.model_dump_json(exclude_none=True))["motifs"]
    assert sans_sante(montre) == montre
