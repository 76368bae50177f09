"""Whose draft, and whose sending, a page of the way of filing is about."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from sne.portail.middleware import RequeteDuMenage
from sne.portail.nouvelle.en_cours import DemandeEnLigne
from sne.registre.depot_en_ligne.selectors.commencees import DemandeCommencee, list_commencees
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye, list_envois
from sne.registre.rattachement.possible import exiger_deposant
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour


def jour_de(request: RequeteDuMenage) -> date:
    """The day of the request."""
    return jour(request.visiteur.instant)


def rouvrir(request: RequeteDuMenage, commencee: DemandeCommencee) -> DemandeEnLigne:
    """A draft of theirs, as the pages read it."""
    identite = request.visiteur.session.ouvrir().identite
    return DemandeEnLigne(
        commencee.brouillon, le=jour_de(request), identite=identite, acteur=commencee.acteur
    )


def lire_ou_rien(request: RequeteDuMenage, territoire: str) -> DemandeEnLigne | None:
    """Their own draft for this territory, or ``None``. Raises ``NonHabilite`` for who may not file."""
    exiger_deposant(request.visiteur.session.voie)
    siennes = list_commencees(request.visiteur.session.compte)
    ici = next((c for c in siennes if c.brouillon.territoire == territoire), None)
    return None if ici is None else rouvrir(request, ici)


def lire_demande(request: RequeteDuMenage, territoire: str) -> DemandeEnLigne:
    """The same, which has to be. Raises ``Introuvable``."""
    demande = lire_ou_rien(request, territoire)
    if demande is None:
        raise Introuvable(gettext("Ces réponses ne sont plus là. Recommencez votre demande."))
    return demande


def envoi_de(request: RequeteDuMenage, territoire: str) -> DepotEnvoye | None:
    """The last that this account sent for this territory."""
    envois = list_envois(request.visiteur.session.compte)
    return next((envoi for envoi in envois if envoi.territoire == territoire), None)


def sans_brouillon(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """A page sent again once the demande has left leads to its receipt; else to the start."""
    return (
        redirect("demande-envoyee", territoire)
        if envoi_de(request, territoire)
        else redirect("demande-commencer")
    )
