"""The body of a request before its page: waited for within a time, never taken for whole when it is cut."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from sne.socle.corps import TAMPON, CorpsDabord, Message

PORTEE = {"type": "http", "method": "POST", "headers": [(b"a-b", b"1"), (b"x_forwarded_for", b"6.6.6.6")]}
PORTEE |= {"query_string": "q=é%41&b=1".encode()}


class Passage:
    """One request: what the browser sends (then nothing for ever), what the page read, what the browser got."""

    def __init__(self, recus: Iterable[Message]) -> None:
        self.recus = iter(recus)
        self.lu, self.portee, self.rendu = b"", {}, []
        self.erreur: BaseException | None = None

    async def receive(self) -> Message:
        try:
            return next(self.recus)
        except StopIteration:
            await asyncio.Event().wait()
            raise

    async def send(self, message: Message) -> None:
        self.rendu.append(message)

    async def page(self, scope: Message, receive: Any, send: Any) -> None:
        self.portee = dict(scope)
        try:
            encore = True
            while encore:
                message = await receive()
                self.lu += message["body"]
                encore = message["more_body"]
        except OSError as exc:
            self.erreur = exc
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"oui"})

    def derouler(self, send: Any = None, portee: Message = PORTEE) -> "Passage":
        porte = CorpsDabord(self.page, delai=0.01)
        asyncio.run(porte(portee, self.receive, send or self.send))
        return self

    @property
    def statut(self) -> int:
        return int(self.rendu[0]["status"])


def morceau(octets: bytes, *, encore: bool) -> Message:
    return {"type": "http.request", "body": octets, "more_body": encore}


def test_page_begins_once_the_whole_form_is_there() -> None:
    passage = Passage([morceau(b"nom=", encore=True), morceau(b"Lea", encore=False)]).derouler()
    assert (passage.statut, passage.lu) == (200, b"nom=Lea")


def test_form_that_never_ends_is_refused_without_a_page() -> None:
    passage = Passage([morceau(b"nom=", encore=True)]).derouler()
    assert (passage.statut, passage.portee) == (408, {})
    assert "rien n’a été enregistré" in passage.rendu[1]["body"].decode()


@pytest.mark.parametrize("taille", [TAMPON - 1, TAMPON])
def test_body_that_is_cut_is_never_taken_for_whole(taille: int) -> None:
    coupe = Passage([morceau(b"x" * taille, encore=True), {"type": "http.disconnect"}]).derouler()
    assert coupe.portee == {} or isinstance(coupe.erreur, ConnectionResetError)


def test_large_body_goes_on_piece_by_piece_and_its_thread_waits_no_longer() -> None:
    debut, suite = morceau(b"x" * TAMPON, encore=True), morceau(b"y", encore=False)
    assert len(Passage([debut, suite]).derouler().lu) == TAMPON + 1
    assert isinstance(Passage([debut]).derouler().erreur, TimeoutError)


def test_whoever_has_gone_holds_no_thread() -> None:
    async def parti(_: Message) -> None:
        raise RuntimeError("closed")

    async def immobile(_: Message) -> None:
        await asyncio.Event().wait()

    for send in (parti, immobile):
        assert (
            Passage([morceau(b"", encore=False)]).derouler(send).portee
        )  # the page ended, whatever became of it


def test_page_is_told_nothing_that_a_proxy_would_not_write() -> None:
    portee = Passage([morceau(b"", encore=False)]).derouler().portee
    assert portee["headers"] == [(b"a-b", b"1")]
    assert portee["query_string"] == b"q=%C3%A9%41&b=1"


def test_what_is_not_a_request_goes_by() -> None:
    assert Passage([morceau(b"", encore=False)]).derouler(portee={"type": "lifespan"}).portee == {
        "type": "lifespan"
    }


def test_what_nobody_reads_goes_by_before_the_page_that_refuses_it() -> None:
    class Refus(Passage):
        async def page(self, scope: Message, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 413, "headers": []})
            await send({"type": "http.response.body", "body": b"trop"})

    suite = [morceau(b"x" * TAMPON, encore=True), morceau(b"y", encore=True), morceau(b"z", encore=False)]
    passage = Refus(suite).derouler()
    assert (passage.statut, len(passage.rendu), next(passage.recus, None)) == (413, 2, None)
    assert Refus(suite[:1]).derouler().statut == 413
