"""The reminder where a civil status is changed: shown until it is read, never in the way of the work."""

from django.contrib import messages

from sne.sensibilisation.actions import reconnaitre_rappel
from sne.sensibilisation.rules import Rappel
from sne.sensibilisation.selectors import get_rappel
from sne.socle.erreurs import Refus
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de

RAPPEL_LU = "rappel_lu"
"""Box sent along with the form of the change: its value is the version that was read."""


def rappel_a_montrer(request: RequeteHabilitee) -> Rappel | None:
    """The reminder, while this person has not said that they read it."""
    return get_rappel(request.acteur, le=maintenant())


def noter_lecture(request: RequeteHabilitee) -> None:
    """Keep that the box was ticked, before and whatever becomes of the change itself."""
    if RAPPEL_LU in request.POST:
        try:
            reconnaitre_rappel(request.POST[RAPPEL_LU], acte=acte_de(request))
        except Refus as exc:
            messages.info(request, exc.phrase)
