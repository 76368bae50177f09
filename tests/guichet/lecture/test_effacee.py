"""An erased demande on every screen: when, why, and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from tests.guichet.parcours import texte
from tests.registre import factories as f

PHRASE = "effacée le 24/11/2026, comme la loi le prévoit un an après une radiation"
RADIATION = f.MAINTENANT.replace(year=2025)


@pytest.fixture
def nud(agent: Client, compte: Compte) -> str:
    """Opened by this agent, struck off a year ago, erased today."""
    depot = date(2025, 11, 3)
    recepisse = f.deposer(
        f.contenu(demandeur=f.personne("Zorglub")), le=RADIATION.replace(day=3), date_reception=depot
    )
    assert "Zorglub" in texte(agent.get(reverse("demande", args=[recepisse.nud])))
    assert "Zorglub" in texte(agent.get(reverse("accueil")))  # among the files last opened
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=RADIATION.date(), document="Classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(f.creer_acteur(), RADIATION))
    passer_l_horloge(f.MAINTENANT, territoires=["099"])
    assert Demande.objects.get(nud=recepisse.nud).statut == "PURGEE"
    return recepisse.nud


def adresses(
    nud: str, motifs: list[URLPattern | URLResolver] | None = None, debut: str = "/"
) -> Iterator[str]:
    """Every address that names a demande by its number, whatever else it asks for."""
    autres = {"code": "logement", "nature": "EVENEMENT", "type": "CONTACT", "page": "1", "numero": "1"}
    for motif in motifs if motifs is not None else get_resolver().url_patterns:
        route = debut + str(motif.pattern)
        if isinstance(motif, URLResolver):
            yield from adresses(nud, motif.url_patterns, route)
        elif "nud>" in route:
            noms = motif.pattern.converters
            valeurs = {nom: autres.get(nom, "00000000-0000-7000-8000-000000000001") for nom in noms}
            yield reverse(str(motif.name), kwargs={**valeurs, "nud": nud})


def test_search_by_number_says_it_and_nothing_else(agent: Client, nud: str) -> None:
    page = texte(agent.post(reverse("rechercher"), {"q": nud}, follow=True))
    assert PHRASE in page
    assert "Zorglub" not in page
    assert "Aucun dossier" not in page
    assert "Aucun dossier" in texte(agent.post(reverse("rechercher"), {"q": "Zorglub"}, follow=True))


def test_file_says_it_and_nothing_else(agent: Client, nud: str) -> None:
    reponse = agent.get(reverse("demande", args=[nud]))
    assert reponse.status_code == 410
    page = texte(reponse)
    assert PHRASE in page
    assert "Zorglub" not in page
    assert "Renonciation" not in page


def test_no_page_of_a_file_fails_nor_tells_more(agent: Client, nud: str) -> None:
    essayees = list(adresses(nud))
    assert len(essayees) > 10
    for adresse in essayees:
        for reponse in (agent.get(adresse), agent.post(adresse, {})):
            assert reponse.status_code in {302, 403, 404, 405, 410}, adresse
            if reponse.status_code != 302:
                assert "Zorglub" not in texte(reponse), adresse


def test_home_and_lists_forget_it(agent: Client, nud: str) -> None:
    for nom in ("accueil", "attestations-a-remettre", "attestations-registre"):
        reponse = agent.get(reverse(nom))
        assert reponse.status_code == 200
        assert nud not in reponse.content.decode()
        assert "Zorglub" not in reponse.content.decode()
