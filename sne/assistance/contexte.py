"""What the frame of every page shows of an incident, while it lasts: of the counters', of the households' portal."""

from collections.abc import Callable

from django.http import HttpRequest

from sne.assistance.models import Incident
from sne.assistance.rules.incidents import PORTAIL, concerne
from sne.assistance.selectors.avant import list_incidents_a_annoncer
from sne.socle.horloge import maintenant


def du_guichet(request: HttpRequest) -> dict[str, Callable[[], list[Incident]]]:
    """Context processor: ``incidents_ici``, asked for by the frame alone, of who has signed in."""

    def ici() -> list[Incident]:
        if getattr(request, "acteur", None) is None or request.resolver_match is None:
            return []
        adresse = request.resolver_match.view_name
        return [i for i in list_incidents_a_annoncer(le=maintenant()) if concerne(i.vues, adresse)]

    return {"incidents_ici": ici}


def du_portail(_: HttpRequest) -> dict[str, Callable[[], list[Incident]]]:
    """The same, on every page of the portal."""
    return {
        "incidents_ici": lambda: [i for i in list_incidents_a_annoncer(le=maintenant()) if PORTAIL in i.vues]
    }
