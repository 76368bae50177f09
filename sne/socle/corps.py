"""The door of the web server: a request is given a thread once its body is there, and a client that stalls is let go.

A WSGI server lets its threads wait for what a browser sends: a dozen connections that send nothing hold them all. Here
one event loop waits for everybody: the start of a body, which is the whole of an ordinary form, is kept in memory
before a thread is taken. The rest of a larger body (files) is read by the thread, each piece within the same time
limit, and so is the answer that the browser reads. From somebody who is not signed in, nothing larger is read
(``EnvoiTropGrandMiddleware``).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[..., Awaitable[None]]  # (scope, receive, send)

TAMPON = 1 << 18  # bytes kept before a thread is taken: every form without files, and no more for a stranger
TROP_LENT = (
    "La page a été envoyée trop lentement, et rien n’a été enregistré. Revenez en arrière, puis recommencez."
)


class CorpsDabord:
    """Gives a request to ``application`` once the start of its body has come, within ``delai`` seconds."""

    def __init__(self, application: Application, *, delai: float) -> None:
        self.application, self.delai = application, delai

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        entree = Entree(receive, self.delai)
        reponse = Sortie(send, self.delai, avant=entree.laisser_venir)
        try:
            await entree.remplir()
        except TimeoutError:
            await _trop_lent(reponse)
        except ConnectionResetError:
            return
        else:
            await self.application(_lisible(scope), entree.lire, reponse.envoyer)


class Entree:
    """What the browser sends: the start from memory, then piece by piece. A body cut short is never taken for whole."""

    def __init__(self, receive: Receive, delai: float) -> None:
        self.receive, self.delai = receive, delai
        self.debut, self.reste = bytearray(), True

    async def remplir(self) -> None:
        """Keep the start. Raises ``TimeoutError`` or ``ConnectionResetError``."""
        async with asyncio.timeout(self.delai):
            while self.reste and len(self.debut) < TAMPON:
                self.debut += await self._morceau()

    async def lire(self) -> Message:
        """As ASGI's ``receive``.

        Raises ``TimeoutError`` or ``ConnectionResetError``: ``OSError`` for the code that reads.
        """
        if self.debut or not self.reste:
            octets, self.debut = bytes(self.debut), bytearray()
        else:
            async with asyncio.timeout(self.delai):
                octets = await self._morceau()
        return {"type": "http.request", "body": octets, "more_body": self.reste}

    async def laisser_venir(self) -> None:
        """Let go by what nobody has read, for a while: a browser still sending would show a connection cut, no page."""
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            async with asyncio.timeout(self.delai):
                while self.reste:
                    await self._morceau()

    async def _morceau(self) -> bytes:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        self.reste = message.get("more_body", False)
        octets: bytes = message.get("body", b"")
        return octets


class Sortie:
    """What the browser reads: once it has gone, or takes nothing in that time, the rest goes nowhere."""

    def __init__(self, send: Send, delai: float, *, avant: Callable[[], Awaitable[None]]) -> None:
        self.send, self.delai, self.avant = send, delai, avant
        self.partie = False

    async def envoyer(self, message: Message) -> None:
        """As ASGI's ``send``, without ever holding the thread that writes, nor failing for want of a reader."""
        if self.partie:
            return
        if message["type"] == "http.response.start":
            await self.avant()
        try:
            async with asyncio.timeout(self.delai):
                await self.send(message)
        except Exception:  # whatever the server says of a connection that has gone
            self.partie = True


def _lisible(scope: Message) -> Message:
    """The request as a WSGI application may receive it: ASCII in the query, and no header whose name has an underscore.
    ``X_Forwarded_For`` and ``X-Forwarded-For`` are the same one for WSGI: a client could write the first and be taken
    for the proxy.
    """
    entetes = [(nom, valeur) for nom, valeur in scope["headers"] if b"_" not in nom]
    requete = quote(scope["query_string"], safe="%&=+;/?:@!$'()*,~-._[]").encode()
    return {**scope, "headers": entetes, "query_string": requete}


async def _trop_lent(reponse: Sortie) -> None:
    corps = TROP_LENT.encode()
    entetes = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(corps)).encode()),
        (b"connection", b"close"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await reponse.envoyer({"type": "http.response.start", "status": 408, "headers": entetes})
    await reponse.envoyer({"type": "http.response.body", "body": corps, "more_body": False})
