"""People who ask and who answer, and a ticket on its way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.models import Ticket
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.habilitations import factories as comptes
from tests.habilitations.factories import Nom

PARIS = ZoneInfo("Europe/Paris")
LE = datetime(2026, 11, 24, 10, tzinfo=PARIS)  # a Tuesday
VEILLE = LE - timedelta(days=1)
SAISI = {
    "categorie": "GENANT",
    "titre": "L’écran des pièces reste vide",
    "corps": "J’ouvre une pièce et rien ne vient.",
}
GT099 = "role:GESTIONNAIRE_TERRITORIAL:099"
GUICHET = "guichet:099:G0993"


@pytest.fixture
def agent(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_agent(nom=Nom("Awa", "Diarra"), le=VEILLE), le=LE)


@pytest.fixture
def collegue(db: None) -> Acteur:
    """Of the same counter."""
    return comptes.acteur(comptes.creer_agent(nom=Nom("Paul", "Collin"), le=VEILLE), le=LE)


@pytest.fixture
def gt(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_gestionnaire(nom=Nom("Inès", "Marceau"), le=VEILLE), le=LE)


@pytest.fixture
def autre_gt(db: None) -> Acteur:
    """Of another territory."""
    return comptes.acteur(comptes.creer_gestionnaire("02B", nom=Nom("Léo", "Ferrand"), le=VEILLE), le=LE)


@pytest.fixture
def n2(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_support_n2(nom=Nom("Nora", "Petit"), le=VEILLE), le=LE)


@pytest.fixture
def dpo(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_dpo(nom=Nom("Dan", "Prat"), le=VEILLE), le=LE)


@pytest.fixture
def demander(agent: Acteur) -> Callable[..., Ticket]:
    """A ticket of the agent, or of ``par``."""

    def faire(par: Acteur | None = None, *, le: datetime = LE, **change: Any) -> Ticket:
        return ouvrir_ticket(NouveauTicket(**SAISI | change), acte=Acte(par or agent, le))

    return faire
