"""Places held and freed: a person known by their number holds one open demande in a territory (CCH R441-2-1)."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.rules.refus import DejaOuverte


def place(demande: Demande, empreinte: bytes) -> PlaceOuverte:
    """The row that holds the place of a number, by its fingerprint."""
    return PlaceOuverte(territoire=demande.territoire, nir_empreinte=empreinte, demande_id=demande.id)


def tenir(demande: Demande, empreintes: Iterable[bytes], *, champ: str = "") -> None:
    """Hold the place of each of these numbers; one already held by this demande stays. Raises ``DejaOuverte``."""
    tenues = PlaceOuverte.objects.filter(demande=demande).values_list("nir_empreinte", flat=True)
    # One global order, so that two transactions of one household never wait for each other.
    for empreinte in sorted(set(empreintes) - {bytes(e) for e in tenues}):
        try:
            with transaction.atomic():
                place(demande, empreinte).save(force_insert=True)
        except IntegrityError:
            raise DejaOuverte(champ=champ) from None


def liberer(
    demande: Demande, empreintes: Iterable[bytes] | None = None, *, sauf: Iterable[bytes] = ()
) -> None:
    """Free the places of these numbers, or all those of the demande; but for those of ``sauf``."""
    tenues = PlaceOuverte.objects.filter(demande=demande).exclude(nir_empreinte__in=list(sauf))
    if empreintes is not None:
        tenues = tenues.filter(nir_empreinte__in=list(empreintes))
    tenues.delete()
