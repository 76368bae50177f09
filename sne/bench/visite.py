"""A walk from link to link: what somebody signed in can open, each kind of page by a few of its addresses."""

import re
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur

LECTEURS: Mapping[str, str] = {
    "AGENT_GUICHET": "Counter",
    "GESTIONNAIRE_TERRITORIAL": "Territory",
    "EXPLOITATION_NATIONALE": "Operator",
    "DPO": "Privacy",
}
"""Agents who read, by their role."""
EXEMPLES = 4  # addresses of one kind that are opened
ESSAIS = 12  # asked for, of one kind: some answer by another page
QUELCONQUE = re.compile(r"[^/]*[0-9A-Z][^/]*|[a-z_-]{25,}")  # a number, an identifier, a code
# As large whatever the register is; in another language; of another site.
AILLEURS = re.compile(r"/(aide|static|[a-z]{2})?/")
PAGE = re.compile(rb"\s*<!doctype html", re.IGNORECASE)


def genre(adresse: str) -> str:
    """What kind of page an address is of: without what names one thing, and what several words ask of it."""
    parties = urlsplit(adresse)
    chemin = "/".join("…" if QUELCONQUE.fullmatch(p) else p for p in parties.path.split("/"))
    noms = sorted({nom for nom, _ in parse_qsl(parties.query, keep_blank_values=True)})
    return f"{chemin}?{noms[0] if len(noms) == 1 else '…'}" if noms else chemin


def liens(page: bytes, adresse: str) -> list[str]:
    """Addresses of this site that a page leads to."""
    racine = html.document_fromstring(page.decode())
    ici = (urljoin(adresse, str(lien)) for lien in racine.xpath("//a/@href"))
    return [lien.partition("#")[0] for lien in ici if lien.startswith("/") and not AILLEURS.match(lien)]


@dataclass
class Visite:
    """What one reader has found: addresses that answered by a page, by kind."""

    navigateur: Navigateur
    pages: dict[str, list[str]] = field(default_factory=dict)
    premieres: dict[str, float] = field(default_factory=dict)
    """The longest that a page of this kind took the first time, in milliseconds."""

    def parcourir(self, departs: Sequence[str]) -> None:
        """Open these, then what they lead to, nearest first."""
        attendent, vues, essais = deque(departs), {*departs}, dict[str, int]()
        while attendent:
            adresse = attendent.popleft()
            espece = genre(adresse)
            essais[espece] = essais.get(espece, 0) + 1
            if essais[espece] > ESSAIS or len(self.pages.get(espece, ())) >= EXEMPLES:
                continue
            debut = time.perf_counter()
            statut, suite, corps = self.navigateur.demander("GET", adresse)
            duree = (time.perf_counter() - debut) * 1000
            if statut >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise MesureImpossible(f"{adresse} : statut {statut}.")
            menees = [suite] if suite.startswith("/") else []
            if statut == HTTPStatus.OK and PAGE.match(corps):
                self.pages.setdefault(espece, []).append(adresse)
                self.premieres[espece] = max(duree, self.premieres.get(espece, 0.0))
                menees = liens(corps, adresse)
            attendent.extend(lien for lien in dict.fromkeys(menees) if lien not in vues)
            vues |= {*menees}
        self.navigateur.fermer()  # the server ends a connection that says nothing for long

    def rouvrir(self, espece: str, rang: int) -> float:
        """One page of that kind again, the addresses in turn; milliseconds."""
        adresses = self.pages[espece]
        debut = time.perf_counter()
        statut, _, _ = self.navigateur.demander("GET", adresses[rang % len(adresses)], compression=True)
        duree = (time.perf_counter() - debut) * 1000
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"{adresses[rang % len(adresses)]} : statut {statut}.")
        return duree
