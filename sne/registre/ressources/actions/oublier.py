"""What is forgotten of monthly resources: what is too old, of a demande that ended, or of an identity of before."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.ressources.models import AppelRessources, RessourceMensuelle
from sne.registre.ressources.parametres import ParametresRessources
from sne.socle.horloge import debut_du_jour, jour

PAR_LOT = 1_000
"""Calls forgotten in one transaction."""


def retirer(appels: Collection[uuid.UUID]) -> None:
    """Delete these calls and their months."""
    RessourceMensuelle.objects.filter(appel__in=appels).delete()
    AppelRessources.objects.filter(id__in=appels).delete()


@transaction.atomic
def oublier(territoire: str, *, survenu_le: datetime) -> int:
    """Forget what may no longer be kept in this territory, up to a thousand calls; how many they were.

    Too old (dated parameter), or of a demande that is no longer open. What was asked with an identity that is no longer
    in force is shown to nobody, and goes with the next call, or its age.
    """
    le = jour(survenu_le)
    avant = debut_du_jour(
        ajouter_mois(le, -get_parametres(le)[ParametresRessources].ressources_conservation_mois)
    )
    fini = Q(survenu_le__lt=avant) | ~Q(demande__statut__in=sorted(OUVERTES))
    cles = list(
        AppelRessources.objects.filter(fini, territoire=territoire)
        .order_by("id")
        .values_list("id", flat=True)[:PAR_LOT]
    )
    retirer(cles)
    return len(cles)
