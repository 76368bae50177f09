"""What the portal lets in: short forms, read once; nothing large is read from anybody."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from sne.socle.corps import TROP_LENT
from sne.socle.middleware import SIGNE_NUL, a_un_signe_nul, illisible

OCTETS_MAX = 1 << 16  # of a form: the longest one holds a few short answers


class EnvoiBorneMiddleware:
    """A form beyond what these pages ask is refused before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        annoncee = request.META.get("CONTENT_LENGTH") or "0"
        if annoncee.isdecimal() and int(annoncee) > OCTETS_MAX:
            return _trop()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Read the form, as the check of its token does."""
        try:
            return illisible(SIGNE_NUL) if a_un_signe_nul(request.POST) else None
        except UnreadablePostError:
            return illisible(TROP_LENT, status=408)
        except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
            return _trop()


def _trop() -> HttpResponse:
    return illisible(
        _("Cet envoi est trop long pour cette page. Rien n’a été lu. Revenez en arrière, puis recommencez."),
        status=413,
    )
