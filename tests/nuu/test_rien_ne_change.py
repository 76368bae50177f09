"""Households of the demonstration, drawn: what is consulted, sent back as MOD, is the very same demande."""

from dataclasses import replace

import pytest
from lxml import etree

from sne.demo.generation.atelier import acteur_de_la_reprise, reprise
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from tests.demo.decors import generateur
from tests.nuu.conftest import Vendeur
from tests.nuu.test_messages import codes, fichier

MENAGES = 40


def au_guichet(rang: int) -> Reprise:
    """The household of this rank, at the guichet of the agreement."""
    lue = reprise(generateur().menage(rang))
    return replace(lue, depot=replace(lue.depot, guichet="G0993"))


@pytest.mark.django_db
def test_a_drawn_demande_consulted_and_sent_back_is_the_same(vendeur: Vendeur) -> None:
    reprendre_demandes([au_guichet(rang) for rang in range(MENAGES)], acteur=acteur_de_la_reprise())
    ouvertes = list(Demande.objects.filter(statut="ACTIVE").values_list("nud", "revision"))
    assert len(ouvertes) > MENAGES // 2
    for nud, revision in ouvertes:
        lu = fichier(vendeur.consulter(nud))
        renvoye = etree.tostring(lu, encoding="unicode").replace(">RET<", ">MOD<")
        assert codes(vendeur.numero(renvoye)) == [], nud
        assert Demande.objects.get(nud=nud).revision == revision, nud
    assert not Identite.objects.filter(voie="CONTROLE").exists()
