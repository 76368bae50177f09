"""How many statements the pages that a counter opens all day may make: what one more would cost is asked here."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from tests.guichet.parcours import requetes
from tests.habilitations.factories import connecter
from tests.registre import factories as f

PLUS_TARD = f.MAINTENANT + timedelta(days=60)
NOM = "Dubreuil"


@pytest.fixture
def nud(compte: Compte) -> str:
    """A file of two months ago, with its number: what may be done with a new one alone is asked of it no more."""
    return f.deposer(nirs={"demandeur": f.nir_de(date(1987, 3, 14))}).nud


def resultats(client: Client, tape: str) -> str:
    """Where what is found for this is shown."""
    return client.post(reverse("rechercher"), {"q": tape}).headers["Location"]


def test_pages_of_a_counter_stay_within_their_statements(compte: Compte, nud: str) -> None:
    """Those of a transaction inside the test's own included."""
    with time_machine.travel(PLUS_TARD, tick=False):
        agent = connecter(Client(), compte)
        fiche = reverse("demande", args=[nud])
        assert NOM in agent.get(fiche).content.decode()
        assert requetes(lambda: agent.get(fiche)) <= 23
        assert requetes(lambda: agent.get(reverse("accueil"))) <= 18
        assert requetes(lambda: agent.get(reverse("liste", args=["echeance"]))) <= 8
        assert requetes(lambda: agent.post(reverse("rechercher"), {"q": NOM[:3]})) <= 4
        for tape, au_plus in ((NOM, 12), (nud, 10)):
            assert requetes(partial(agent.get, resultats(agent, tape))) <= au_plus, tape
