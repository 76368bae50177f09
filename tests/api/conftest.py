"""The vendors' interface as its own process sets it, in the process of the tests."""

import importlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches

from sne.api.idempotence import Cle, Gardee
from sne.api.porte import Appel, Appelant, Groupe, Quota
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from tests.registre import factories as f

REGLAGES = ("ROOT_URLCONF", "MIDDLEWARE", "APPEND_SLASH", "TEMPLATES", "API_PORTIER", "API_MEMOIRE")
CLE = "sne_prod_aaaaaaaa_bbbb"


@dataclass
class PortierDEssai:
    appelants: dict[str, Appelant] = field(default_factory=dict)
    permis: bool = True

    def reconnaitre(self, cle: str, *, le: datetime) -> Appelant | None:
        return self.appelants.get(cle)

    def compter(self, appelant: Appelant, groupe: Groupe, *, le: datetime) -> tuple[bool, Quota]:
        return self.permis, Quota(120, 119, int((le + timedelta(minutes=1)).timestamp()))

    def acteur(self, appelant, *, guichet, agent, correlation, le):  # type: ignore[no-untyped-def]
        territoire = appelant.guichets[guichet]
        permissions = f.creer_acteur().mandats[0].permissions
        return Acteur(
            id=appelant.convention,
            nom=appelant.nom,
            canal=Canal.INTERFACE,
            mandats=(Mandat("EDITEUR", permissions, Perimetre(territoire, guichet)),),
            guichet=guichet,
            territoire=territoire,
            correlation=correlation,
        )


@dataclass
class MemoireDEssai:
    gardees: dict[Cle, Gardee] = field(default_factory=dict)
    tenues: set[Cle] = field(default_factory=set)

    @contextmanager
    def seule(self, cle: Cle) -> Iterator[bool]:
        yield cle not in self.tenues

    def retrouver(self, cle: Cle) -> Gardee | None:
        return self.gardees.get(cle)

    def garder(self, cle: Cle, gardee: Gardee, *, appel: Appel) -> None:
        self.gardees[cle] = gardee


PORTIER, MEMOIRE = PortierDEssai(), MemoireDEssai()
TOUTES = frozenset(
    {
        "demandes:lire",
        "demandes:ecrire",
        "demandes:radier",
        "evenements:ecrire",
        "decisions:ecrire",
        "attributions:ecrire",
        "dalo:lire",
        "dalo:ecrire",
        "pieces:lire",
        "pieces:ecrire",
        "drm:lire",
        "recherche",
    }
)


class Editeur:
    """A vendor's software: a key, a guichet, an agent."""

    def __init__(self, client: Client, *, cle: str = CLE, guichet: str = "G0993") -> None:
        self.client, self.cle, self.guichet = client, cle, guichet

    def __call__(
        self,
        methode: str,
        chemin: str,
        corps: Any = None,
        *,
        cle: str = "",
        brut: bytes | None = None,
        **entetes: str,
    ) -> HttpResponse:
        dits = {"Authorization": f"Bearer {self.cle}", "SNE-Guichet": self.guichet, "SNE-Agent": "a-1043"}
        if methode == "POST":
            dits["Idempotency-Key"] = cle or str(uuid.uuid4())
        dits |= {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        envoi: dict[str, Any] = {}
        if corps is not None or brut is not None:
            envoi = {
                "data": brut if brut is not None else json.dumps(corps),
                "content_type": "application/json",
            }
        if "Content-Type" in dits:
            envoi["content_type"] = dits.pop("Content-Type")
        retires = {nom: valeur for nom, valeur in dits.items() if valeur}
        return self.client.generic(methode, f"/api/v1{chemin}", headers=retires, **envoi)


@pytest.fixture
def editeur(settings: Any) -> Iterator[Editeur]:
    """A software with every scope, at G0993."""
    reglages = importlib.import_module("config.settings.editeurs")
    for nom in REGLAGES:
        setattr(settings, nom, getattr(reglages, nom))
    settings.API_PORTIER, settings.API_MEMOIRE = "tests.api.conftest.PORTIER", "tests.api.conftest.MEMOIRE"
    clear_url_caches()
    PORTIER.appelants = {CLE: Appelant(uuid.uuid4(), "Éditeur d’essai", TOUTES, {"G0993": "099"})}
    PORTIER.permis = True
    MEMOIRE.gardees.clear()
    MEMOIRE.tenues.clear()
    yield Editeur(Client())
    clear_url_caches()


def demande(**autres: Any) -> dict[str, Any]:
    """A body of registration."""
    from sne.api.contenu import emettre
    from sne.socle.horloge import aujourd_hui

    jour = aujourd_hui().isoformat()
    return {
        "date_reception": jour,
        "piece_vue": {"type": "CNI", "vue_le": jour},
        "contenu": emettre(f.contenu()),
    } | autres
