"""The frame of the screens where the site is written: their tabs, each shown to whom it opens."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur
from sne.socle.horloge import debut_du_jour, jour
from sne.socle.requete import RequeteHabilitee

ONGLETS = (
    ("aide-brouillons", "Mes textes", Permission.CONTENU_PROPOSER),
    ("aide-a-relire", "À relire", Permission.CONTENU_PUBLIER),
    ("aide-suivies", "Pages tenues", Permission.CONTENU_PROPOSER),
    ("aide-calendrier", "Calendrier", Permission.CONTENU_PROPOSER),
    ("aide-recus", "Ce qu’on en dit", Permission.CONTENU_PROPOSER),
    ("aide-miens", "Mes signalements", Permission.CONTENU_PROPOSER),
    ("aide-reglages", "Recherche", Permission.RECHERCHE_REGLER),
)
"""URL name, label, what opens it."""


def acteur_de(request: HttpRequest) -> Acteur | None:
    """Who reads, signed in or not."""
    return getattr(request, "acteur", None)


def montrer(
    request: RequeteHabilitee,
    gabarit: str,
    contexte: Mapping[str, Any],
    *,
    onglet: str = "",
    statut: int = 200,
) -> HttpResponse:
    """A page of this frame."""
    onglets = [(vue, nom) for vue, nom, permission in ONGLETS if request.acteur.peut(permission)]
    return render(
        request,
        gabarit,
        {"onglets": onglets, "onglet": onglet, **contexte},
        status=statut,
    )


def instant_de(saisi: date | None, *, le: datetime) -> datetime | None:
    """The beginning of a day to come; today is now, said by ``None``. A day that is past stays past."""
    return None if saisi is None or saisi == jour(le) else debut_du_jour(saisi)
