"""WSGI wrappers at the door of a listener: headers that only a proxy may write, bodies sent in chunks."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from wsgiref.headers import Headers

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PREFIXE = "HTTP_X_SNE_"
"""``X-SNE-…`` and ``X_SNE_…`` both come under it: servers write dashes and underscores alike."""
MORCEAU = 1 << 16  # bytes read at a time
SANS_FIN = 1 << 40
"""The length of a body that does not tell its own."""


def signer_fichier(entetes: Headers, _chemin: str, _url: str) -> None:
    """A static file as Django's own responses: the type announced is the type, and nothing runs in it by itself."""
    entetes["X-Content-Type-Options"] = "nosniff"
    entetes["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"


class SansEntetesDeCertificat:
    """Takes away every ``X-SNE-*`` header: on this listener nobody speaks for a client certificate."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        for cle in [cle for cle in environ if cle.startswith(PREFIXE)]:
            del environ[cle]
        return self.application(environ, start_response)


class CorpsEnMorceaux:
    """Reads a body sent in chunks, up to ``maximum`` bytes, and gives it a length: Django reads none without.

    Beyond: 413, and the connection closes. At the address ``au_fil`` nothing is read here: the view reads a file as it
    comes, once it knows who sends it, up to a length that is told as its bound.
    """

    def __init__(self, application: Application, *, maximum: int, au_fil: str) -> None:
        self.application, self.maximum, self.au_fil = application, maximum, au_fil

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if (
            environ.get("CONTENT_LENGTH")
            or "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        ):
            return self.application(environ, start_response)
        if environ.get("PATH_INFO") == self.au_fil:
            environ["CONTENT_LENGTH"] = str(SANS_FIN)
            return self.application(environ, start_response)
        corps = bytearray()
        while morceau := environ["wsgi.input"].read(min(MORCEAU, self.maximum + 1 - len(corps))):
            corps += morceau
            if len(corps) > self.maximum:
                start_response("413 Content Too Large", [("Connection", "close"), ("Content-Length", "0")])
                return [b""]
        environ["wsgi.input"] = BytesIO(corps)
        environ["CONTENT_LENGTH"] = str(len(corps))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return self.application(environ, start_response)
