"""A reader without the right to health sees none of it, and all the rest."""

import json
import uuid

from hypothesis import given

from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.champs import valeurs
from sne.registre.contenu.rules.arbre.references import adultes, avec_personnes
from sne.registre.contenu.rules.arbre.sante import avec_sante_de, partager, porte_sante, sans_sante
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


def avec_lignes(contenu):
    """The tree as the register keeps it: each adult has a row."""
    return avec_personnes(contenu, {ref: uuid.uuid5(uuid.NAMESPACE_OID, ref) for ref, _ in adultes(contenu)})


@given(contenu=strategies.contenus)
def test_what_was_hidden_comes_back_where_it_was(contenu):
    contenu = avec_lignes(contenu)
    assert avec_sante_de(sans_sante(contenu), contenu) == contenu
    assert porte_sante(contenu) == (sans_sante(contenu) != contenu)


@given(avant=strategies.contenus, apres=strategies.contenus)
def test_one_who_sees_no_health_changes_everything_else(avant, apres):
    apres, avant = sans_sante(avec_lignes(apres)), avec_lignes(avant)
    assert sans_sante(avec_sante_de(apres, avant)) == apres
    assert avec_sante_de(apres, avant).handicaps == avant.handicaps


def test_partage_tells_health_by_path_alone():
    avant = minimale(motifs={"codes": ["01", "07"]}, demandeur__ressources=SALAIRE)
    apres = minimale(
        motifs={"codes": ["08", "12"]},
        demandeur__ressources=AAH,
        handicaps=[{"personne": "demandeur", "etat": "EVO"}],
        souhaits__loyer_maximum=600,
    )
    partage = partager(avant, apres)
    assert {c.chemin: (c.avant, c.apres) for c in partage.ordinaires} == {
        "motifs.codes": (["01"], ["12"]),
        "souhaits.loyer_maximum": (None, "600.00"),
    }
    assert partage.sante == ("demandeur.ressources.recues", "motifs.codes", "handicaps[0]")


def test_partage_tells_a_reason_of_health_that_only_moved():
    partage = partager(minimale(motifs={"codes": ["07", "13"]}), minimale(motifs={"codes": ["13", "07"]}))
    assert (partage.ordinaires, partage.sante) == ((), ("motifs.codes",))


def test_partage_of_a_new_co_holder_keeps_their_health_apart():
    partage = partager(minimale(), minimale(cotitulaires=[{**COTITULAIRE, "ressources": AAH}]))
    (arrivee,) = partage.ordinaires
    assert "AAH" not in json.dumps(arrivee.apres)
    assert partage.sante == ("cotitulaires[0]",)


@given(avant=strategies.contenus, apres=strategies.contenus)
def test_partage_forgets_no_change(avant, apres):
    partage = partager(avant, apres)
    dits = {c.chemin for c in partage.ordinaires} | set(partage.sante)
    assert dits >= {c.chemin for c in difference(avant, apres)}
    assert bool(partage.ordinaires) == (sans_sante(avant) != sans_sante(apres))


@given(avant=strategies.contenus, apres=strategies.contenus)
def test_partage_of_trees_without_health_has_none(avant, apres):
    assert partager(sans_sante(avant), sans_sante(apres)).sante == ()
