"""What a watermark says: who looked, when by the clock of Paris, why. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sne.documents.rules.lecture import Filigrane

PARIS = ZoneInfo("Europe/Paris")
LONGUEUR_MAX = 160


def phrase_du_filigrane(filigrane: Filigrane) -> str:
    """One line of 160 signs at most, without anything that is not drawn."""
    morceaux = (filigrane.qui, quand(filigrane.quand), filigrane.pourquoi)
    propres = (" ".join("".join(c if c.isprintable() else " " for c in m).split()) for m in morceaux)
    return " · ".join(m for m in propres if m)[:LONGUEUR_MAX]


def quand(instant: datetime) -> str:
    """Day and time, as they are written in French."""
    local = instant.astimezone(PARIS)
    return f"{local:%d/%m/%Y} à {local.hour} h {local:%M}"
