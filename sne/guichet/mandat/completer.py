"""Changing what a helper may in the place of a person: declared income, the dwelling sought, on what was read."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.demandeurs.rules.niveaux import Geste
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.mandat.actions.aider import ouvrir_pour
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.brut import CONTINUER, Brut, brut_de, lire_revision
from sne.saisie.cadre import get_cadre
from sne.saisie.envoi import appliquer_boutons
from sne.saisie.forms.pages import PAGES, Page
from sne.saisie.presentation.aide import PARTIES
from sne.saisie.presentation.valeurs import phrase_de
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de

GARDES = frozenset({"precisions"})
"""What a page holds and a helper does not read: it stays as the file has it."""
CHANGEE = (
    "La demande a changé depuis que cette page est ouverte. Ce que vous avez tapé est encore là\u00a0: notez-le, "
    "revenez à la demande, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class _Envoi:
    """One page, as it was opened or sent back: built on the content that it was opened with."""

    mandat_id: uuid.UUID
    sienne: Sienne
    page: Page
    lu: Contenu
    revision: int


@exiger(Permission.MANDAT_TENIR)
@require_http_methods(["GET", "POST"])
def completer(request: RequeteHabilitee, mandat_id: uuid.UUID, code: str) -> HttpResponse:
    """One part, shown as it is, then changed. Another part is no page."""
    if code not in PARTIES:
        raise Http404
    acte = acte_de(request)
    sienne = ouvrir_pour(mandat_id, geste=Geste.MODIFIER, acte=acte)
    if request.method == "POST":
        return _recevoir(request, _relire(brut_de(request.POST), mandat_id, sienne, code))
    cadre = get_cadre(sienne.demande.territoire, aujourd_hui())
    page = PAGES[code](
        PAGES[code].saisie(sienne.contenu, cadre), cadre=cadre, controler=False, contenu=sienne.contenu
    )
    return _montrer(request, _Envoi(mandat_id, sienne, page, sienne.contenu, sienne.demande.revision))


def _relire(saisi: Brut, mandat_id: uuid.UUID, sienne: Sienne, code: str) -> _Envoi:
    revision, section = lire_revision(saisi), PAGES[code]
    cadre = get_cadre(sienne.demande.territoire, aujourd_hui())
    try:
        lu = get_contenu(sienne.demande.id, revision, acteur=sienne.acte.acteur)
    except Introuvable:  # tampered with: the file as it is, and the register says what collides
        lu, revision = sienne.contenu, sienne.demande.revision
    brut, nouvelle_ligne = appliquer_boutons(saisi, section)
    gardes = {nom: valeurs for nom, valeurs in section.saisie(lu, cadre).items() if nom in GARDES}
    tapes = {nom: valeurs for nom, valeurs in brut.items() if nom not in GARDES}
    page = section(tapes | gardes, cadre=cadre, controler=CONTINUER in brut, contenu=lu)
    page.commencer_par(nouvelle_ligne)
    return _Envoi(mandat_id, sienne, page, lu, revision)


def _recevoir(request: RequeteHabilitee, envoi: _Envoi) -> HttpResponse:
    """Hand in to the register, whose refusals come back as sentences."""
    if not envoi.page.controler or not envoi.page.valide:
        return _montrer(request, envoi, envoi.page.erreurs)
    contenu = envoi.page.appliquer(envoi.lu)
    try:
        faite = modifier_demande(
            envoi.sienne.demande.id, contenu=contenu, revision=envoi.revision, acte=envoi.sienne.acte
        )
    except ConflitDeRevision:
        return _montrer(request, envoi, (ErreurDeChamp(CHANGEE),), statut=409)
    except DepotIncomplet as refus:
        phrases = [phrase_de(anomalie, contenu) for anomalie in refus.anomalies]
        return _montrer(request, envoi, tuple(map(ErreurDeChamp, phrases)))
    except Interdit as refus:
        return _montrer(request, envoi, (ErreurDeChamp(refus.phrase),), statut=409)
    dit = "C’est enregistré. La personne le lit dans son historique." if faite.champs else "Rien n’a changé."
    messages.success(request, dit)
    return redirect("aide", envoi.mandat_id)


def _montrer(
    request: RequeteHabilitee, envoi: _Envoi, erreurs: tuple[ErreurDeChamp, ...] = (), *, statut: int = 200
) -> HttpResponse:
    contexte = {
        "mandat_id": envoi.mandat_id,
        "titre": PARTIES[envoi.page.code],
        "page": envoi.page,
        "revision": envoi.revision,
        "erreurs": erreurs,
    }
    return render(request, "guichet/mandat/completer.html", contexte, status=statut)
