"""Tree → wire → tree and wire → tree → wire, in both versions; a demande sent back unchanged changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

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


def _elements():
    """Every element of the message."""
    pile = [message()]
    while pile:
        element = pile.pop()
        pile += element.enfants
        yield element


OUI_NON = {element.nom for element in _elements() if element.genre == "bool"}
JOURS = {element.nom for element in _elements() if element.genre == "date"}


def _autrement(texte, tirer):
    """The same message as another software writes it: spaces, digits for yes and no, zones, a mark of what changed, a
    postal code without its first noughts."""
    racine = etree.fromstring(texte.encode())
    for element in [element for element in racine.iter() if not len(element)]:
        nom, dit = etree.QName(element).localname, element.text or ""
        if tirer(st.booleans()):
            dit = _dire_autrement(nom, dit, tirer)
            element.set("modifie", "true")
        element.text = tirer(BLANCS) + dit + tirer(BLANCS) if dit and nom not in LIBRES else dit
    return etree.tostring(racine, encoding="unicode")


def _dire_autrement(nom, dit, tirer):
    if nom in OUI_NON:
        return {"true": "1", "false": "0"}.get(dit, dit)
    if nom in JOURS and dit:
        return dit + tirer(st.sampled_from(["Z", "+14:00", "-12:00"]))
    return dit.lstrip("0") if nom == "codePostal" else dit


BLANCS = st.sampled_from(["", " ", "\n\t "])
LIBRES = {"precision", "besoinParticulier", "besoinAutre", "compAutreMotif"}


def _dit_la_meme_chose(contenu, version, tirer):
    ecrit = ecrire(contenu, version)
    lu, autre = lire(ecrit), lire(_autrement(ecrit, tirer))
    assert (autre.contenu()[0], autre.muets) == (lu.contenu()[0], lu.muets)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=PEU)
@given(contenu=arbres, tirage=st.data())
def test_what_another_software_writes_otherwise_is_read_the_same(version, contenu, tirage):
    _dit_la_meme_chose(contenu, version, tirage.draw)


@pytest.mark.longue
@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=BEAUCOUP)
@given(contenu=arbres, tirage=st.data())
def test_a_thousand_messages_written_otherwise_are_read_the_same(version, contenu, tirage):
    _dit_la_meme_chose(contenu, version, tirage.draw)


def test_every_leaf_of_the_message_has_a_field():
    feuilles = [element for element in _elements() if not element.est_conteneur]
    assert all(element.champ for element in feuilles)
    assert len(feuilles) > 225
