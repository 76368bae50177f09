"""Who is in a team today: who holds its role there."""

from datetime import date

from django.db.models import Q, QuerySet

from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.selectors.periodes import en_vigueur


def list_membres(cle: str, *, le: date) -> QuerySet[Compte]:
    """The accounts that this key is of on that day, in the order of names; nobody for a key that is of no team."""
    genre, _, reste = cle.partition(":")
    premier, _, second = reste.partition(":")
    lieux = {
        "role": Q(role=premier) & (Q(territoire=second) if second else Q()),
        "terr": Q(territoire=premier),
        "guichet": Q(territoire=premier, guichet=second),
        "pro": Q(),
    }
    if genre not in lieux:
        return Compte.objects.none()
    tenues = Habilitation.objects.filter(en_vigueur(le), lieux[genre])
    return Compte.objects.filter(actif=True, pk__in=tenues.values("compte")).order_by("nom", "prenom", "pk")
