"""« Vos changements regardés »: one's own list, explained on screen, read by whoever decides."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.controle.models import Operation
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.selectors import regards
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import acteur, connecter, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.identite.test_observer_identite import regarder

LISTE = reverse("changements-regardes")


@pytest.fixture
def acte(compte: Compte) -> Operation:
    return regarder(acteur(compte, le=f.MAINTENANT))


def test_seen_explained_and_read_beside_the_score(agent: Client, acte: Operation) -> None:
    page = texte(agent.get(reverse("accueil")))
    assert LISTE in page
    page = texte(agent.get(LISTE))
    assert "Vos changements regardés" in page
    assert "Part de l’identité qui change" in page
    assert "repères\u00a0: 0,30 à regarder, 0,45 à regarder aujourd’hui" in page
    assert "Dubreuil Élodie, demande" in page
    vise = str(acte.id)
    vide = texte(agent.post(LISTE, {"vise": vise, f"{vise}-texte": ""}))
    assert "Écrivez votre explication." in vide
    nir = texte(agent.post(LISTE, {"vise": vise, f"{vise}-texte": "Le 2 87 03 99 123 456"}))
    assert "Retirez le numéro de sécurité sociale" in nir
    assert "Le 2 87 03 99 123 456" in nir
    fin = texte(agent.post(LISTE, {"vise": vise, f"{vise}-texte": "Acte de mariage vu"}, follow=True))
    assert "Explication enregistrée." in fin
    assert "Acte de mariage vu" in fin
    assert f'value="{vise}"' not in fin
    gt = connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))
    demandee = Identite.objects.get(demande=acte.demande_id, voie="CONTROLE")
    lu = texte(gt.get(reverse("identite", args=[demandee.id])))
    assert "explique son acte du 24/11/2026" in lu
    assert "Acte de mariage vu" in lu
    assert "son auteur l’a vu" in lu
    assert "pas encore vu" not in lu


def test_nobody_else(agent: Client, acte: Operation) -> None:
    collegue = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    page = texte(collegue.get(LISTE))
    assert "Aucun de vos changements n’est regardé." in page
    assert LISTE not in texte(collegue.get(reverse("accueil")))
    vise = str(acte.id)
    assert collegue.post(LISTE, {"vise": vise, f"{vise}-texte": "x"}).status_code == 404
    assert agent.post(LISTE, {"vise": "rien"}).status_code == 404


def encore(acte: Operation, fois: int) -> None:
    """As many acts that are looked at, beside this one."""
    autre = Operation.objects.get(id=acte.id)
    for rang in range(fois):
        autre.pk, autre.revision, autre._state.adding = None, 1 + rang % 2, True
        autre.id = type(acte)._meta.get_field("id").get_default()
        autre.save(force_insert=True)


def test_constant_queries(agent: Client, acte: Operation) -> None:
    une = requetes(lambda: agent.get(LISTE))
    encore(acte, 3)
    assert requetes(lambda: agent.get(LISTE)) == une


def test_each_is_reached_and_explained_on_its_page(
    agent: Client, acte: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    encore(acte, 1)
    vises = set(re.findall(r'name="vise" value="([^"]+)"', texte(agent.get(LISTE))))
    monkeypatch.setattr(regards, "PAR_PAGE", 1)
    adresse, lus = LISTE, []
    for _ in vises:
        page = texte(agent.get(adresse))
        lus += re.findall(r'name="vise" value="([^"]+)"', page)
        derniere, suite = adresse, re.search(r'href="([?]apres=[^"]+)" rel="next"', page)
        adresse = LISTE + (suite[1] if suite else "")
    assert suite is None
    assert (len(lus), set(lus)) == (len(vises), vises)
    fait = agent.post(derniere, {"vise": lus[-1], f"{lus[-1]}-texte": "Acte de mariage vu"}, follow=True)
    assert "Acte de mariage vu" in texte(fait)
    deux = texte(agent.post(derniere, {"vise": lus[-1], f"{lus[-1]}-texte": "Acte de mariage revu"}))
    assert "Acte de mariage revu" in deux, "explained meanwhile: what is typed is shown all the same"
    avant = re.search(r'href="([?]avant=[^"]+)" rel="prev"', texte(fait))
    assert avant
    assert f'value="{lus[-2]}"' in texte(agent.get(LISTE + avant[1]))


def test_what_is_typed_of_a_line_gone_to_another_page_is_given_back(
    agent: Client, acte: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts made meanwhile push the line away: the refusal shows what was typed, and the same form ends it."""
    encore(acte, 1)
    *_, vise = re.findall(r'name="vise" value="([^"]+)"', texte(agent.get(LISTE)))
    monkeypatch.setattr(regards, "PAR_PAGE", 1)
    tape = {"vise": vise, f"{vise}-texte": "Le 2 87 03 99 123 456"}
    refus = texte(agent.post(LISTE, tape))
    assert "Retirez le numéro de sécurité sociale" in refus
    assert "Le 2 87 03 99 123 456" in refus
    assert refus.count(f'name="vise" value="{vise}"') == 1
    fin = agent.post(LISTE, tape | {f"{vise}-texte": "Acte de mariage vu"}, follow=True)
    assert "Explication enregistrée." in texte(fin)
    assert "Votre explication n’est pas enregistrée" not in texte(fin)
