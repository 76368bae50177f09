"""Answers of one part of the declaration kept as they are typed, before they are saved: in the draft of a renewal, so
that one that begins meanwhile finds them.
"""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, JsonResponse

from sne.portail.declaration import exiger_renouvellement_change
from sne.portail.plan import Volet
from sne.portail.renouvellement import get_en_cours
from sne.portail.views.brouillon import GARDER, garder_la_page
from sne.registre.modification.actions.brouillons import (
    abandonner_brouillon,
    enregistrer_brouillon,
    tenir_modification,
)
from sne.registre.modification.selectors.brouillons import get_renouvellement
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.brut import CONTINUER, Brut
from sne.saisie.envoi import lire_envoi

REVISION = "revision"
"""Field by which a page says on which revision of the demande it was opened."""


def garder_le_volet(request: HttpRequest, sienne: Sienne, volet: Volet) -> JsonResponse:
    """Keep what its script sends, judged by nobody. Raises ``NonHabilite`` for a co-holder, who renews unchanged."""
    exiger_renouvellement_change(sienne)
    tenir_modification(sienne.demande.id, acte=sienne.acte)
    en_cours = get_en_cours(sienne)
    assert en_cours is not None  # it was opened above
    poste = request.POST.copy()
    for bouton in (GARDER, CONTINUER):
        poste.pop(bouton, None)
    envoi, _ = lire_envoi(poste, volet.page)
    envoi = replace(envoi, brut=volet.completer(envoi.brut, en_cours.lu, en_cours.cadre))
    return garder_la_page(en_cours, envoi, acteur=sienne.acte.acteur)


def lire_gardee(sienne: Sienne, code: str) -> tuple[Brut, datetime] | None:
    """What was kept of a part and never saved, with the revision that it was typed on; and when."""
    brouillon = get_renouvellement(sienne.demande.id, sienne.acte.acteur)
    if brouillon is None or code not in brouillon.donnees:
        return None
    brut = {nom: dit for nom, dit in brouillon.donnees[code].items() if nom != CONTINUER}
    return {REVISION: [str(brouillon.revision)]} | brut, brouillon.maj_le


def get_numero(sienne: Sienne) -> int:
    """The number that a page is opened at; 0 as long as nothing is kept."""
    brouillon = get_renouvellement(sienne.demande.id, sienne.acte.acteur)
    return brouillon.numero if brouillon else 0


def oublier(sienne: Sienne, code: str) -> None:
    """Drop what was kept of a part: it was saved, or is no longer wanted; with the draft once nothing else is in it."""
    brouillon = get_renouvellement(sienne.demande.id, sienne.acte.acteur)
    if brouillon is None or code not in brouillon.donnees:
        return
    restent = {nom: dit for nom, dit in brouillon.donnees.items() if nom != code}
    if restent:
        enregistrer_brouillon(brouillon.id, restent, acte=sienne.acte, lu=brouillon.numero)
    else:
        abandonner_brouillon(brouillon.id, acteur=sienne.acte.acteur)
