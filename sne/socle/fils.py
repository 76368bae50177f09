"""Pages made by a few threads for one event loop: an answer that is whole crosses once, with its headers.

A file, or an export, is sent by its thread piece by piece, no faster than it is read.
"""

import asyncio
import contextvars
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from a2wsgi.wsgi import Body, build_environ

from sne.socle.corps import ENTIER, Message, Receive, Send
from sne.socle.entrees import Application

Envoyer = Callable[[Message], None]


class PagesEnFils:
    """``pages``, a WSGI application, as an ASGI one: the thread that makes a page is free once its answer is made."""

    def __init__(self, pages: Application, *, fils: int) -> None:
        self.pages = pages
        self.fils = ThreadPoolExecutor(fils, thread_name_prefix="pages")

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        boucle, entier = asyncio.get_running_loop(), scope.get(ENTIER)
        environ = build_environ(scope, Body(boucle, receive))  # type: ignore[arg-type]
        if entier is not None:
            environ["wsgi.input"] = BytesIO(entier)

        def envoyer(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_envoyer(send, message), boucle).result()

        faire = contextvars.copy_context().run
        for message in await boucle.run_in_executor(self.fils, faire, self._faire, environ, envoyer):
            await send(message)

    def _faire(self, environ: Any, envoyer: Envoyer) -> list[Message]:
        """In a thread: what is left to send of the answer."""
        debut: Message = {}

        def commencer(statut: str, entetes: Iterable[tuple[str, str]], _: Any = None) -> None:
            debut.update(
                type="http.response.start",
                status=int(statut.split(" ", 1)[0]),
                headers=[(nom.lower().encode("latin1"), dit.encode("latin1")) for nom, dit in entetes],
            )

        reponse = self.pages(environ, commencer)
        try:
            if isinstance(reponse, list) or getattr(reponse, "streaming", True) is False:
                return [debut, _morceau(b"".join(reponse))]
            envoyer(debut)
            for octets in reponse:
                envoyer(_morceau(octets, encore=True))
            return [_morceau(b"")]
        finally:
            getattr(reponse, "close", lambda: None)()


async def _envoyer(send: Send, message: Message) -> None:
    await send(message)


def _morceau(octets: bytes, *, encore: bool = False) -> Message:
    return {"type": "http.response.body", "body": octets, "more_body": encore}
