"""Meetings as a calendar reads them (RFC 5545): titles and times; where one joins is read signed in."""

from collections.abc import Iterable
from datetime import UTC

from sne.collaboratif.calendrier.models import Rencontre


def ecrire_flux(rencontres: Iterable[Rencontre], *, hote: str) -> bytes:
    """One calendar, never in pages; what is cancelled says so, or calendars would keep it for ever."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - 5 MB that a web worker holds only once a feed was read

    calendrier = Calendar()
    calendrier.add("prodid", "-//SNE//Calendrier//FR")
    calendrier.add("version", "2.0")
    calendrier.add("x-wr-calname", "Demande de logement social")
    for rencontre in rencontres:
        evenement = Event()
        evenement.add("uid", f"{rencontre.id}@{hote}")
        evenement.add("dtstamp", rencontre.modifiee_le)
        evenement.add("last-modified", rencontre.modifiee_le)
        evenement.add("sequence", rencontre.sequence)
        evenement.add("summary", rencontre.titre)
        evenement.add(
            "dtstart", rencontre.debut.astimezone(UTC)
        )  # no clock to describe: each calendar has its own
        evenement.add("dtend", rencontre.fin.astimezone(UTC))
        evenement.add("status", "CANCELLED" if rencontre.annulee_le else "CONFIRMED")
        calendrier.add_component(evenement)
    return bytes(calendrier.to_ical())
