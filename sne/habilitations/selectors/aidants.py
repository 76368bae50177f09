"""Bodies that help households: those where somebody holds the role of helper."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db import connection

from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_guichet


def list_organismes_aidants(territoire: str, *, le: date) -> dict[str, str]:
    """Names of the bodies that help in this territory on that day, by their key, in order; never who in them."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM habilitations_guichets_aidants(%s, %s)", [territoire, le])
        fiches = [get_guichet(territoire, code, le=le) for (code,) in curseur.fetchall()]
    noms = {fiche.organisme: fiche.organisme_nom for fiche in fiches if fiche is not None}
    return dict(sorted(noms.items(), key=lambda paire: paire[1]))


def list_adresses(comptes: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The address of each of these accounts, in small letters; nothing for an account of another kind."""
    adresses = Compte.objects.filter(id__in=comptes).values_list("id", "courriel")
    return {cle: courriel.casefold() for cle, courriel in adresses}
