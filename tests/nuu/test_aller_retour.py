"""Tree → wire → tree and wire → tree → wire, in both versions; a demande sent back unchanged changes nothing."""

import pytest
from hypothesis import given, settings

from sne.nuu.rules.description import VERSIONS, message
from sne.registre.contenu.rules.arbre.difference import difference
from sne.registre.modification.rules.echo import restituer
from tests.nuu.arbres import aller_retour, arbres, ecrire, lire

PEU, BEAUCOUP = 12, 1000


def _stable(contenu, version):
    """What was written once is written the same again, and read the same again."""
    ecrit = ecrire(contenu, version)
    lu, _ = lire(ecrit).contenu()
    assert lu is not None
    assert ecrire(lu, version) == ecrit
    assert aller_retour(lu, version) == lu


def _sans_effet(contenu, version):
    """A consult sent back: nothing changes, whatever the emission had to cut, omit or round."""
    lu = lire(ecrire(contenu, version))
    recu, _ = lu.contenu()
    voulu = restituer(contenu, echo=recu, recu=recu, muets=lu.muets)
    assert difference(contenu, voulu) == ()


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=PEU)
@given(contenu=arbres)
def test_wire_and_tree_agree(contenu, version):
    _stable(contenu, version)
    _sans_effet(contenu, version)


@pytest.mark.longue
@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=BEAUCOUP)
@given(contenu=arbres)
def test_wire_and_tree_agree_on_a_thousand(contenu, version):
    _stable(contenu, version)
    _sans_effet(contenu, version)


def test_every_leaf_of_the_message_has_a_field():
    pile, feuilles = [message()], 0
    while pile:
        element = pile.pop()
        pile += element.enfants
        feuilles += not element.est_conteneur
        assert element.est_conteneur or element.champ
    assert feuilles > 225
