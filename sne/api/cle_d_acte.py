"""The key of idempotency of a write: as its header says it, and the identifier of what the act makes."""

import re
import uuid

from django.http import HttpRequest

ENTETE = "Idempotency-Key"
CLE = re.compile(r"[!-~]{1,128}")


def nommer(request: HttpRequest, convention_id: uuid.UUID) -> uuid.UUID | None:
    """The identifier of what the act makes, from the key in its place (agreement, method, path): the same at each try,
    so that a second one finds it done. ``None``: the header is not a key.
    """
    texte = request.headers.get(ENTETE, "")
    if not CLE.fullmatch(texte):
        return None
    return uuid.uuid5(convention_id, f"{request.method} {request.path} {texte}")
