"""The file after something was saved: back in the block that changed, told there; its documents are in it."""

import re

from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from tests.guichet.parcours import requetes, texte
from tests.guichet.test_modification import saisie
from tests.habilitations.factories import connecter, creer_dpo
from tests.registre import factories as f
from tests.registre.pieces import pieces

FAIT = "Changement appliqué"


def section(page: str, code: str) -> str:
    """The block of that name."""
    trouve = re.search(rf'<section [^>]*aria-labelledby="{code}">.*?</section>', page, re.DOTALL)
    assert trouve is not None, code
    return trouve[0]


def test_what_was_saved_is_told_in_the_block_that_it_changed(agent: Client) -> None:
    nud = f.deposer().nud
    adresse = reverse("demande-modifier", args=[nud, "coordonnees"])
    champs = saisie(agent, nud, "coordonnees") | {"telephone_portable": ["0612345699"]}
    fiche = reverse("demande", args=[nud])
    assert agent.post(adresse, champs)["Location"] == f"{fiche}#coordonnees"
    page = texte(agent.get(fiche))
    assert page.count(FAIT) == 1
    assert FAIT in section(page, "coordonnees")
    assert '<h2 id="coordonnees" tabindex="-1">' in page
    assert FAIT not in texte(agent.get(fiche))
    agent.post(adresse, saisie(agent, nud, "coordonnees") | {"telephone_portable": ["0612345698"]})
    assert FAIT in texte(agent.get(reverse("accueil")))  # on top of a page that has no such block


def test_what_was_explained_is_told_in_its_block(agent: Client) -> None:
    nud = f.deposer().nud
    fiche = reverse("demande", args=[nud])
    suite = agent.post(reverse("demande-egalite", args=[nud]), {"egalite_avant_montre": "oui"})
    assert suite["Location"] == f"{fiche}#egalite"
    assert "Explications et remises consignées." in section(texte(agent.get(fiche)), "egalite")


def test_the_documents_are_in_the_file(agent: Client, compte: Compte) -> None:
    """Those in force, the newest first, each opened from there; as many statements for ten as for one."""
    recu = f.deposer()
    fiche = reverse("demande", args=[recu.nud])
    vide = section(texte(agent.get(fiche)), "documents")
    assert "Aucune pièce n’est encore dans ce dossier." in vide
    assert re.search(r"\d+\u00a0pièces? peu(?:t|vent) être demandée au ménage", vide)
    pieces.joindre(recu.demande_id)
    page = texte(agent.get(fiche))
    assert "Pièces du dossier (1)" in page
    assert "À vérifier" in section(page, "documents")
    cout = requetes(lambda: agent.get(fiche))
    for _ in range(10):
        pieces.joindre(recu.demande_id)
    assert requetes(lambda: agent.get(fiche)) == cout
    lues = section(texte(agent.get(fiche)), "documents")
    assert lues.count('<th scope="row">') == 10
    assert "Les autres sont dans" in lues
    sans_droit = texte(connecter(Client(), creer_dpo()).get(fiche))
    assert 'id="documents"' in sans_droit or "Pièces du dossier" not in sans_droit
