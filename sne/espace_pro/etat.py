"""« État du service »: what works and what does not, said to anybody; who has signed in reads delays too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.assistance.selectors.avant import list_incidents_en_cours
from sne.connecteurs.rules.sante import Sante
from sne.connecteurs.selectors import list_services
from sne.documents.selectors import get_attentes
from sne.espace_pro.cadre import acteur_de
from sne.journal.selectors import get_retard
from sne.notifications.selectors import get_attente
from sne.registre.pieces.selectors.documents import get_delais
from sne.socle.horloge import jour, maintenant

TOLERES = {"sceau": timedelta(minutes=1), "messages": timedelta(hours=1), "documents": timedelta(minutes=30)}


@dataclass(frozen=True, slots=True)
class Ligne:
    """One thing that people count on. ``minutes``: how late it is, told to who has signed in."""

    nom: str
    bon: bool
    phrase: str
    minutes: int | None = None


@login_not_required
@require_GET
def etat(request: HttpRequest) -> HttpResponse:
    """What works, now."""
    lignes, incidents = list(_lignes()), list_incidents_en_cours(le=maintenant())
    contexte = {
        "lignes": lignes,
        "incidents": incidents,
        "bon": all(ligne.bon for ligne in lignes) and not incidents,
        "le": maintenant(),
        "connecte": acteur_de(request) is not None,
    }
    return render(request, "espace_pro/etat.html", contexte)


def _lignes() -> Iterator[Ligne]:
    instant = maintenant()
    yield Ligne("Enregistrer, chercher et lire une demande", True, "Cette page vient du même service.")
    sceau = get_retard(le=instant).scellement
    yield _promesse("Actes scellés", sceau, TOLERES["sceau"], "dans la minute")
    messages = get_attente(le=instant)
    yield _promesse("Courriels, SMS et lettres", messages, TOLERES["messages"], "dans l’heure")
    documents = get_attentes(le=instant, delais=get_delais(jour(instant))).quarantaine_depuis
    yield _promesse("Documents reçus, examinés", documents, TOLERES["documents"], "dans la demi-heure")
    for vu in list_services():
        if vu.sante is not Sante.ETEINT:
            phrase = vu.raison or "Il répond."
            yield Ligne(
                vu.nom,
                vu.depuis is None,
                phrase if vu.depuis is None else f"{phrase} Tout se tape à la main.",
            )


def _promesse(nom: str, retard: timedelta, tolere: timedelta, dit: str) -> Ligne:
    bon = retard <= tolere
    phrase = f"{'Comme d’habitude' if bon else 'En retard'}\u00a0: {dit} en temps normal."
    return Ligne(nom, bon, phrase, int(retard.total_seconds() // 60))
