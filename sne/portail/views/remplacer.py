"""A part of the declaration that this session does not read: its page opens empty, and is handed in as it is typed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sne.portail.middleware import RequeteDuMenage
from sne.portail.plan import Volet, adresser
from sne.portail.refus import dire_constats, dire_refus
from sne.portail.remplacement import remplacer, sans_lieux
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.saisie.brut import CONTINUER, brut_de
from sne.saisie.cadre import get_cadre
from sne.saisie.envoi import appliquer_boutons
from sne.saisie.forms.pages import Page
from sne.socle.erreurs import Interdit
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui


def remplacer_volet(request: RequeteDuMenage, sienne: Sienne, volet: Volet) -> HttpResponse:
    """The page, empty or as it was typed; then the register, on the demande as it stands: nobody chooses between what
    they type and what they may not read.
    """
    brut, _ = appliquer_boutons(brut_de(request.POST), volet.page)
    cadre = get_cadre(sienne.demande.territoire, aujourd_hui())
    sans = sans_lieux(sienne.contenu)
    page = adresser(volet.page(brut, cadre=cadre, controler=CONTINUER in brut, contenu=sans))
    if not page.valide:
        return _montrer(request, sienne, volet, page, page.erreurs)
    contenu = remplacer(page, sienne.contenu)
    if contenu is sienne.contenu:
        vide = gettext("Rien n’est tapé. Répondez à ce qui a changé, ou revenez sans enregistrer.")
        return _montrer(request, sienne, volet, page, (ErreurDeChamp(vide),))
    try:
        modifier_demande(
            sienne.demande.id, contenu=contenu, revision=sienne.demande.revision, acte=sienne.acte
        )
    except DepotIncomplet as refus:
        return _montrer(request, sienne, volet, page, dire_constats(refus.anomalies, contenu))
    except Interdit as refus:
        return _montrer(request, sienne, volet, page, (ErreurDeChamp(dire_refus(refus.phrase)),), statut=409)
    # The same words whether the demande said it already: a guess is not confirmed.
    return redirect(f"{reverse('declaration', args=[sienne.demande.nud])}?fait=remplace")


def _montrer(
    request: RequeteDuMenage,
    sienne: Sienne,
    volet: Volet,
    page: Page,
    erreurs: tuple[ErreurDeChamp, ...],
    *,
    statut: int = 200,
) -> HttpResponse:
    contexte = {
        "nud": sienne.demande.nud,
        "volet": volet,
        "page": page,
        "remplacee": True,
        "erreurs": erreurs,
    }
    return render(request, "portail/menage/modifier.html", contexte, status=statut)
