"""The client certificate of a call: from the TLS socket of this very process, or from the proxy that checked it."""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

ENTETE = "HTTP_X_SNE_CERTIFICAT"


def empreinte(environ: Mapping[str, Any]) -> bytes | None:
    """SHA-256 of the DER of the certificate that the client proved, or ``None``.

    The header is read only where the settings say that this process sits behind a proxy which writes it itself; a bare
    ``SSL_*`` key is never read: some servers copy the variables of their own process there.
    """
    der = _de_l_entete(environ) if settings.CERTIFICAT_PAR_ENTETE else _de_la_prise(environ)
    return hashlib.sha256(der).digest() if der else None


def _de_la_prise(environ: Mapping[str, Any]) -> bytes | None:
    prise = environ.get("gunicorn.socket")
    lire = getattr(prise, "getpeercert", None)
    return lire(True) if lire is not None else None


def _de_l_entete(environ: Mapping[str, Any]) -> bytes | None:
    pem = unquote(str(environ.get(ENTETE, "")))
    if not pem:
        return None
    try:
        return x509.load_pem_x509_certificate(pem.encode("ascii")).public_bytes(Encoding.DER)
    except ValueError:
        return None
