"""« Qui m’aide »: which bodies may act in one's place, until when; signing for one, stopping one."""

import uuid
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.notifications.mots import dire
from sne.portail.forms import FormulaireAide
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import visite_de
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.mandat.actions.autoriser import (
    Autorisation,
    arreter_aide,
    autoriser_aide,
    relire_autorisation,
    suivre_aides,
)
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.erreurs import Interdit
from sne.socle.requete import identifiant


@require_http_methods(["GET", "HEAD", "POST"])
def aide(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Who helps; and the words to sign, read before they are. A number that they do not follow is no page."""
    visite = visite_de(request, nud)
    suivies = suivre_aides(visite, survenu_le=request.visiteur.instant)
    formulaire, texte = None, ""
    if suivies.offre is not None:
        formulaire = FormulaireAide(initial={"formulaire": uuid.uuid4()}, offre=suivies.offre)
        if request.method == "POST":
            formulaire = FormulaireAide(request.POST, offre=suivies.offre)
            texte = _relire(request, visite, formulaire) if formulaire.is_valid() else ""
            if texte and "signer" in request.POST:
                return redirect("aide", nud)
    contexte = {
        "nud": nud,
        "mandats": [
            replace(aide, quoi=dire(aide.quoi), fin=dire(aide.fin), mesure=dire(aide.mesure))
            for aide in suivies.aides
        ],
        "formulaire": formulaire,
        "texte": texte,
        "refus": suivies.refus,
        "erreurs": formulaire.erreurs() if formulaire is not None and formulaire.is_bound else (),
    }
    return render(request, "portail/menage/signer.html" if texte else "portail/menage/aide.html", contexte)


def _relire(request: RequeteDuMenage, visite: Visite, formulaire: FormulaireAide) -> str:
    """The words, signed when the button says so; empty when they may not be, and the form says why."""
    dits, instant = formulaire.cleaned_data, request.visiteur.instant
    dite = Autorisation(dits["organisme"], [Portee(portee) for portee in dits["portees"]], dits["jours"])
    try:
        if "signer" not in request.POST:
            return relire_autorisation(visite, dite, survenu_le=instant)
        cle = identifiant(dits["formulaire"]) or uuid.uuid4()
        return autoriser_aide(visite, dite, formulaire=cle, survenu_le=instant)
    except Interdit as non:
        formulaire.add_error(non.champ or None, non.phrase)
    return ""


@require_POST
def arreter(request: RequeteDuMenage, nud: str, mandat: uuid.UUID) -> HttpResponse:
    """Stop one, at once; ended meanwhile, the list says how."""
    arreter_aide(visite_de(request, nud), mandat, survenu_le=request.visiteur.instant)
    return redirect("aide", nud)
