"""How the bytes of a document leave: kept by nobody, of the type said, alone on their page."""

from django.http import StreamingHttpResponse

from sne.documents.ouverture import Ouvert


def servir(ouvert: Ouvert, *, csp: str) -> StreamingHttpResponse:
    """The bytes as they were decrypted and marked; ``csp``: what a browser may do with them."""
    reponse = StreamingHttpResponse(ouvert.octets, content_type=ouvert.mime)
    reponse["Cache-Control"] = "no-store, private"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = csp
    reponse["Cross-Origin-Resource-Policy"] = "same-origin"
    return reponse
