"""Pages made by threads for one loop: whole answers cross once, files as they are read, each body is read whole."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from sne.socle.corps import TAMPON, CorpsDabord, Message
from sne.socle.fils import PagesEnFils

PORTEE = {
    "type": "http",
    "method": "POST",
    "path": "/é",
    "query_string": b"q=1",
    "http_version": "1.1",
    "server": ("127.0.0.1", 80),
    "client": ("127.0.0.1", 1),
}


class Pages:
    """A WSGI application that answers what it is told to, and notes what it was given."""

    def __init__(self, reponse: Any) -> None:
        self.reponse, self.recu, self.fermees = reponse, b"", 0

    def __call__(self, environ: Any, commencer: Any) -> Any:
        self.recu = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        if isinstance(self.reponse, Exception):
            raise self.reponse
        commencer("302 Found", [("Location", "/là")])
        if not isinstance(self.reponse, list):
            self.reponse.close = self.fermer
        return self.reponse

    def fermer(self) -> None:
        self.fermees += 1


def demander(pages: Pages, corps: bytes) -> list[Message]:
    rendus: list[Message] = []
    recus = iter(
        [
            {"type": "http.request", "body": corps[:TAMPON], "more_body": len(corps) > TAMPON},
            {"type": "http.request", "body": corps[TAMPON:], "more_body": False},
        ]
    )

    async def recevoir() -> Message:
        return next(recus)

    async def envoyer(message: Message) -> None:
        rendus.append(message)

    portee = PORTEE | {"headers": [(b"content-length", str(len(corps)).encode())]}
    asyncio.run(CorpsDabord(PagesEnFils(pages, fils=1), delai=5)(portee, recevoir, envoyer))
    return rendus


def morceaux() -> Iterator[bytes]:
    yield b"un"
    yield b"deux"


@pytest.mark.parametrize("taille", [3, TAMPON - 1, TAMPON + 5])
@pytest.mark.parametrize("reponse", [HttpResponse(b"tout"), [b"to", b"ut"]], ids=["page", "liste"])
def test_a_whole_answer_crosses_once_whatever_the_body(reponse: Any, taille: int) -> None:
    pages = Pages(reponse)
    debut, corps = demander(pages, b"x" * taille)
    assert (debut["status"], debut["headers"]) == (302, [(b"location", b"/l\xe0")])
    assert (corps["body"], corps["more_body"]) == (b"tout", False)
    assert pages.recu == b"x" * taille
    assert pages.fermees == (0 if isinstance(reponse, list) else 1)


def test_a_file_leaves_as_it_is_read_and_is_closed() -> None:
    pages = Pages(StreamingHttpResponse(morceaux()))
    _, *suite = demander(pages, b"x")
    assert [(m["body"], m["more_body"]) for m in suite] == [(b"un", True), (b"deux", True), (b"", False)]
    assert pages.fermees == 1


def test_what_a_page_raises_is_told_to_the_server() -> None:
    with pytest.raises(ZeroDivisionError):
        demander(Pages(ZeroDivisionError()), b"x")
