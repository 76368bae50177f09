"""People who write, publish and read the site, and a page on its way."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from sne.site_pro.actions.rediger import Reponse, commencer, repondre, soumettre
from sne.site_pro.models import Issue, RevisionPage
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.habilitations import factories as comptes

LE = datetime(2026, 11, 29, 9, tzinfo=UTC)
CONTENU = {
    "adresse": "vie/renouveler-une-demande",
    "genre": "FICHE",
    "theme": "vie",
    "titre": "Renouveler une demande",
    "reponse": "À faire avant l’expiration.",
    "mots": "prolonger",
    "corps": "## Quand\nTous les ans.\n",
    "publics": ["guichet"],
    "acces": ["*"],
}


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """Accounts are opened, and acts done, on the one day of these tests."""
    with time_machine.travel(LE):
        yield


@pytest.fixture
def redacteur(db) -> Acteur:
    return comptes.acteur(comptes.creer_agent())


@pytest.fixture
def publieur(db) -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture
def proposer(redacteur: Acteur) -> Callable[..., RevisionPage]:
    """A revision submitted by the agent, of a new page or of ``page``."""

    def faire(page: Any = None, *, le: datetime = LE, **change: Any) -> RevisionPage:
        acte = Acte(redacteur, le)
        return soumettre(commencer(page, CONTENU | change, acte=acte), acte=acte)

    return faire


@pytest.fixture
def publier(proposer: Callable[..., RevisionPage], publieur: Acteur) -> Callable[..., RevisionPage]:
    """The same, published by somebody else from ``effet_le``."""

    def faire(
        page: Any = None, *, le: datetime = LE, effet_le: datetime | None = None, **change: Any
    ) -> RevisionPage:
        revision = proposer(page, le=le, **change)
        repondre(revision.id, Reponse(Issue.PUBLIEE, effet_le=effet_le), acte=Acte(publieur, le))
        revision.refresh_from_db()
        return revision

    return faire
