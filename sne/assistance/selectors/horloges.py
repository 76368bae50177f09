"""Clocks that run; the desk that each is counted by."""

from datetime import date, time

from django.db.models import Exists, OuterRef, QuerySet

from sne.assistance.models import HorlogeTicket, PauseTicket
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.rules.horloges import Bureau, feries_de
from sne.assistance.rules.niveaux import Niveau, Place
from sne.referentiels.rules import PARIS
from sne.referentiels.selectors import get_fuseau, get_parametres


def horloges_dues() -> QuerySet[HorlogeTicket]:
    """Those that run: not done, not left, not paused."""
    pauses = PauseTicket.objects.filter(horloge=OuterRef("pk"), a=None)
    return HorlogeTicket.objects.filter(~Exists(pauses), atteinte_le=None, quittee_le=None)


def get_bureau(place: Place, *, le: date) -> Bureau:
    """The hours of the desk that has a ticket: those of its territory, or of Paris for a national level."""
    lues = get_parametres(le)[ParametresAssistance]
    territoire = place.territoire if place.niveau is Niveau.GT else ""
    plages = (
        (time.fromisoformat(lues.assistance_matin_debut), time.fromisoformat(lues.assistance_matin_fin)),
        (
            time.fromisoformat(lues.assistance_apres_midi_debut),
            time.fromisoformat(lues.assistance_apres_midi_fin),
        ),
    )
    return Bureau(plages, get_fuseau(territoire) if territoire else PARIS, feries_de(territoire))
