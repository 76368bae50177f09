"""The walk through the pages: what is one kind, where it goes, and where it does not."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from sne.bench.pgbench import MesureImpossible
from sne.bench.visite import EXEMPLES, Visite, genre, liens
from sne.bench.web import Navigateur


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("/demandes/099112600001234567/historique/", "/demandes/…/historique/"),
        ("/pieces/0192f3f0-0000-7000-8000-00000000000a/voir/", "/pieces/…/voir/"),
        ("/suivi/guichets/G0993/", "/suivi/guichets/…/"),
        ("/listes/incompletes/?apres=0192f3f0", "/listes/incompletes/?apres"),
        ("/listes/incompletes/?tri=date&ordre=", "/listes/incompletes/?…"),
    ],
)
def test_pages_of_one_kind_have_one_name(adresse: str, attendu: str) -> None:
    assert genre(adresse) == attendu


def test_links_of_this_site_alone_are_followed() -> None:
    page = b"""<!doctype html><a href="/suivi/#haut">.</a><a href="?page=2">.</a><a href="//ailleurs.fr/x/">.</a>
    <a href="https://ailleurs.fr/">.</a><a href="/aide/theme/">.</a><a href="/uk/porte/">.</a>
    <a href="mailto:x@y.fr">.</a>"""
    assert liens(page, "/accueil/") == ["/suivi/", "/accueil/?page=2"]


class Site(BaseHTTPRequestHandler):
    """A home page, a file for each number, each one leading to the next; one address fails."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, a redirection, or what is not a page."""
        rang = int(self.path.strip("/").rpartition("/")[2] or 0) if self.path != "/accueil/" else 0
        corps = f'<!doctype html><a href="/fiche/{rang + 1}">.</a><a href="/image/{rang + 1}">.</a>'.encode()
        self.send_response(500 if self.path == "/fiche/99" else 302 if self.path == "/fiche/0" else 200)
        if self.path == "/fiche/0":
            self.send_header("Location", "/fiche/10")
        corps = b"GIF89a" if self.path.startswith("/image/") else corps
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def visite() -> Iterator[Visite]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as serveur:
        fil = Thread(target=serveur.serve_forever)
        fil.start()
        visite = Visite(Navigateur(serveur.server_port))
        yield visite
        visite.navigateur.fermer()
        serveur.shutdown()
        fil.join()


def test_each_kind_is_opened_a_few_times(visite: Visite) -> None:
    visite.parcourir(["/accueil/", "/fiche/0"])
    assert visite.pages == {"/accueil/": ["/accueil/"], "/fiche/…": [f"/fiche/{n}" for n in (1, 10, 2, 11)]}
    assert len(visite.pages["/fiche/…"]) == EXEMPLES
    assert visite.rouvrir("/fiche/…", 5) > 0
    assert visite.premieres.keys() == visite.pages.keys()


def test_a_page_that_fails_is_told(visite: Visite) -> None:
    with pytest.raises(MesureImpossible, match="/fiche/99 : statut 500"):
        visite.parcourir(["/fiche/99"])
