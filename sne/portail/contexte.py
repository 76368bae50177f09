"""What the frame of the portal's pages shows: the service's name, the language, the same page in the others."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sne.socle.langues import LANGUES, Langue, langue_de

EXEMPLE = "exemple"
"""Attribute of a request."""


@dataclass(frozen=True, slots=True)
class Traduction:
    """The same page in a language."""

    langue: Langue
    adresse: str
    courante: bool


@dataclass(frozen=True, slots=True)
class Cadre:
    """``traductions``: the links to the other languages, none after a form was sent. ``francaise``: the page exists in
    French only. ``exemple``: the household on screen does not exist.
    """

    langue: Langue
    traductions: tuple[Traduction, ...]
    francaise: bool
    exemple: bool = False
    demonstration: bool = field(default_factory=lambda: settings.DEMONSTRATION)
    identite_etat: bool = field(default_factory=lambda: settings.IDENTITE_ETAT)

    @property
    def titre(self) -> str:
        """Name of the service; the demonstration says so everywhere."""
        nom = _("Demande de logement social")
        return f"{nom} – {_('démonstration')}" if self.demonstration else nom


def service(request: HttpRequest) -> dict[str, Cadre]:
    """Context processor: ``{{ service }}``, under the name that the shared pages read."""
    langue = langue_de(get_language() or "")
    exemple, traductions = getattr(request, EXEMPLE, False), tuple(_traductions(request, langue))
    liens = traductions if request.method in {"GET", "HEAD"} else ()
    return {"service": Cadre(langue, liens, not traductions, exemple)}


def marquer_exemple(request: HttpRequest) -> None:
    """Say on the page made for this request that its household does not exist."""
    setattr(request, EXEMPLE, True)


def _traductions(request: HttpRequest, courante: Langue) -> list[Traduction]:
    """Nothing of a page that the languages do not prefix, nor of an address that leads nowhere."""
    if request.resolver_match is None:
        return []
    adresses = {langue: translate_url(request.path, langue.code) for langue in LANGUES}
    if len(set(adresses.values())) == 1:
        return []
    return [Traduction(langue, adresse, langue == courante) for langue, adresse in adresses.items()]
