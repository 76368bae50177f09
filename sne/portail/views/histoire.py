"""« Qui a vu ma demande » of somebody who signed in; « Ce n’est pas moi » on a line; codes refused, or taken again."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.demandeurs.rules.niveaux import PHRASES, Geste, refus
from sne.portail.forms import FormulaireContestation
from sne.portail.middleware import RequeteDuMenage
from sne.registre.avis.selectors.oppositions import get_rappel_avant
from sne.registre.lecture.selectors.adresses_historique import lire_demandee, presenter_histoire
from sne.registre.rattachement.actions.historique import lire_ligne, suivre_historique
from sne.registre.rattachement.actions.signaler import fermer_au_code, rouvrir_au_code, signaler
from sne.registre.rattachement.selectors.contacts import is_fermee_au_code
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui
from sne.socle.pages import lire_place
from sne.socle.requete import identifiant


@require_safe
def historique(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Each reading, change and sign-in; a number that they do not follow is no page."""
    visite, demandee = visite_de(request, nud), lire_demandee(request.GET.dict())
    lu = suivre_historique(
        visite,
        demandee,
        survenu_le=request.visiteur.instant,
        position=lire_place(request.GET.get("place", "")),
    )
    contexte = {
        "nud": nud,
        "histoire": presenter_histoire(lu.page, demandee, lu.annees),
        "contester": reverse("historique", args=[nud]) if visite.peut(Geste.CONTESTER) else "",
        "code_ferme": is_fermee_au_code(visite.lien.demande_id),
        "code_refus": _refus(visite),
    }
    return render(request, "portail/menage/historique.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def contester(request: RequeteDuMenage, nud: str, entree: uuid.UUID) -> HttpResponse:
    """The line, and a button: opening this page changes nothing. What is refused comes back with what was typed."""
    visite, poste = visite_de(request, nud), request.POST
    ligne = lire_ligne(visite, entree)
    formulaire = FormulaireContestation(initial={"formulaire": uuid.uuid4()})
    if request.method == "POST":
        cle = identifiant(poste.get("formulaire", "")) or uuid.uuid4()
        contact = poste.get("contact", "")
        try:
            signaler(visite, entree, formulaire=cle, contact=contact, survenu_le=request.visiteur.instant)
        except Interdit as non:
            formulaire = FormulaireContestation({"formulaire": cle, "contact": contact})
            formulaire.full_clean()
            formulaire.errors.clear()
            formulaire.add_error(non.champ or None, non.phrase)
        else:
            return redirect("signalement-recu")
    contexte = {
        "ligne": ligne,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
        "retour": reverse("historique", args=[nud]),
    }
    return render(request, "portail/menage/contester.html", contexte)


@login_not_required
@require_safe
def signalement_recu(request: HttpRequest) -> HttpResponse:
    """What follows the button, to somebody whose session may have ended with it: it says nothing of whom."""
    return render(
        request, "portail/menage/signalement_recu.html", {"rappel": get_rappel_avant(aujourd_hui())}
    )


@require_POST
def choisir_le_code(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Have codes refused for this demande, or let them open it again."""
    acte = rouvrir_au_code if request.POST.get("code") == "rouvrir" else fermer_au_code
    acte(visite_de(request, nud), survenu_le=request.visiteur.instant)
    return redirect("historique", nud)


def visite_de(request: RequeteDuMenage, nud: str) -> Visite:
    """The demande of this number that the session follows. Raises ``Http404``."""
    visite = next((visite for visite in request.visiteur.visites if visite.lien.nud == nud), None)
    if visite is None:
        raise Http404
    return visite


def _refus(visite: Visite) -> str:
    motif = refus(Geste.FERMER_AU_CODE, visite.presence)
    return PHRASES[motif] if motif else ""
