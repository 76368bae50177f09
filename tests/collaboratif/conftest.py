"""People of two territories and of the nation, and the spaces that the product is shipped with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from sne.collaboratif.espaces.actions import livrer_les_espaces
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.rules import espace_du_territoire, espaces_nationaux
from sne.habilitations.models import Compte
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes

LE = datetime(2026, 11, 30, 9, tzinfo=UTC)


@dataclass
class Gens:
    """One account per role, made when it is first asked for."""

    tenus: dict[str, Compte] = field(default_factory=dict)
    FAIRE = {
        "gt": lambda: comptes.creer_gestionnaire(nom=comptes.Nom("Inès", "Vauquelin")),
        "gt2": lambda: comptes.creer_gestionnaire("02A", nom=comptes.Nom("Paul", "Ferrand")),
        "responsable": lambda: comptes.creer_responsable(nom=comptes.Nom("Odile", "Marsac")),
        "agent": comptes.creer_agent,
        "agent2": lambda: comptes.creer_agent("02A", "GD2A1"),
        "gfp": comptes.creer_gestionnaire_de_fichiers,
        "n1": comptes.creer_support,
        "n2": comptes.creer_support_n2,
        "pole": lambda: comptes.creer_pole_metier(nom=comptes.Nom("Mona", "Delattre")),
        "exploitation": comptes.creer_exploitation,
        "dpo": comptes.creer_dpo,
        "aidant": comptes.creer_aidant,
        "union": comptes.creer_union_hlm,
    }

    def compte(self, qui: str) -> Compte:
        if qui not in self.tenus:
            self.tenus[qui] = self.FAIRE[qui]()
        return self.tenus[qui]

    def acteur(self, qui: str) -> Acteur:
        return comptes.acteur(self.compte(qui))

    def acte(self, qui: str, le: datetime | None = None) -> Acte:
        return Acte(self.acteur(qui), le or maintenant())

    def client(self, qui: str) -> Client:
        return comptes.connecter(Client(), self.compte(qui))


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """Accounts are opened, and acts done, on the one day of these tests."""
    with time_machine.travel(LE):
        yield


@pytest.fixture
def gens(db: Any) -> Gens:
    return Gens()


@pytest.fixture
def livres(db: Any) -> dict[str, Espace]:
    """The spaces of the product, two territories: by code."""
    livrer_les_espaces(
        [
            *espaces_nationaux(),
            espace_du_territoire("099", "Val-d’Aurette"),
            espace_du_territoire("02A", "Haute-Sémine"),
        ],
        acte=Acte(comptes.SYSTEME, maintenant() - timedelta(days=50)),
    )
    return {e.code: e for e in Espace.objects.all()}


@pytest.fixture
def lire() -> Callable[..., str]:
    def faire(client: Client, adresse: str, statut: int = 200) -> str:
        reponse = client.get(adresse)
        assert reponse.status_code == statut, reponse.content.decode()
        return reponse.content.decode()

    return faire


@pytest.fixture
def poster() -> Callable[..., str]:
    """What a form answers: where it leads, or its page."""

    def faire(client: Client, adresse: str, statut: int = 302, /, **champs: Any) -> str:
        reponse = client.post(adresse, champs)
        assert reponse.status_code == statut, reponse.content.decode()
        return reponse["Location"] if statut == 302 else reponse.content.decode()

    return faire
