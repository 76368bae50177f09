"""Announcements: those that go to one, one read, said read, relayed; who has read where."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.annonces.actions import NouvelleAnnonce, annoncer, dire_lue, relayer
from sne.collaboratif.annonces.lecture import get_annonce, get_couverture, list_annonces
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.selectors import equipes_offertes, territoire_tenu
from sne.espace_pro.espaces.forms import FormulaireAnnonce, FormulaireRelais
from sne.espace_pro.espaces.gestes import formuler, lecteur, presser
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, debut_du_jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def annonces(request: RequeteHabilitee) -> HttpResponse:
    """Those of today, those of which « J’ai lu » is asked first."""
    lues = sorted(list_annonces(lecteur(request), le=maintenant()), key=lambda a: a.lue or not a.accuse)
    annonce_t_on = not refus_de(exiger_tenir, request.acteur, territoire_tenu(request.acteur))
    return render(request, "espaces/annonces.html", {"annonces": lues, "annonce_t_on": annonce_t_on})


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def annonce(request: RequeteHabilitee, annonce_id: uuid.UUID) -> HttpResponse:
    """One, with the sentence of who relayed it."""
    return render(request, "espaces/annonce.html", {"lu": get_annonce(annonce_id, lecteur(request))})


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def nouvelle(request: RequeteHabilitee) -> HttpResponse:
    """Announce to teams of one's territory, or of the country."""
    territoire = territoire_tenu(request.acteur)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> uuid.UUID:
        posee = NouvelleAnnonce(
            titre=saisi["titre"],
            corps=saisi["corps"],
            cibles=saisi["cibles"],
            du=_debut(saisi["du"], acte.survenu_le),
            au=debut_du_jour(saisi["au"]) + timedelta(days=1),
            accuse=saisi["accuse"],
            lire_avant=saisi["lire_avant"],
            territoire=territoire,
        )
        return annoncer(posee, acte=acte).id

    return formuler(
        request,
        FormulaireAnnonce(
            saisi_de(request), equipes=equipes_offertes(territoire), initial={"du": aujourd_hui()}
        ),
        faire,
        titre="Annoncer",
        bouton="Publier l’annonce",
        retour=reverse("annonces"),
        vers="annonce",
        fait="L’annonce est publiée.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_POST
def lue(request: RequeteHabilitee, annonce_id: uuid.UUID) -> HttpResponse:
    """« J’ai lu »."""
    vers = reverse("annonce", args=[annonce_id])
    return presser(request, lambda acte: dire_lue(annonce_id, acte=acte), vers=vers, fait="C’est noté.")


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def relais(request: RequeteHabilitee, annonce_id: uuid.UUID) -> HttpResponse:
    """Open it to one's counters, with a sentence of one's own."""
    lu = get_annonce(annonce_id, lecteur(request))
    return formuler(
        request,
        FormulaireRelais(saisi_de(request)),
        lambda saisi, acte: relayer(annonce_id, phrase=saisi["phrase"], acte=acte),
        titre="Relayer à mes guichets",
        bouton="Relayer",
        retour=reverse("annonce", args=[annonce_id]),
        apercu=lu.annonce.titre,
        fait="L’annonce est ouverte à vos guichets, avec votre phrase.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def couverture(request: RequeteHabilitee, annonce_id: uuid.UUID) -> HttpResponse:
    """Who has read, by territory and by counter, persons each once."""
    suivi = get_couverture(annonce_id, lecteur(request), le=acte_de(request).survenu_le)
    return render(request, "espaces/couverture.html", {"suivi": suivi})


def _debut(le: date, maintenant_: datetime) -> datetime:
    """From this very instant when it is today."""
    return maintenant_ if le == aujourd_hui() else debut_du_jour(le)
