"""« Qui m’aide »: who may act in one's place, until when; signing for a body or a relative, stopping one."""

import uuid
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.notifications.mots import dire
from sne.portail.aide.forms import FormulaireAide, FormulaireProche
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import visite_de
from sne.registre.mandat.actions.autoriser import (
    arreter_aide,
    autoriser_aide,
    relire_autorisation,
    suivre_aides,
)
from sne.registre.mandat.actions.offrir import consentir_a_l_aide
from sne.registre.mandat.selectors.mandats import Offre
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.erreurs import Interdit
from sne.socle.requete import identifiant


@require_http_methods(["GET", "HEAD", "POST"])
def aide(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Who helps; and the words to sign for a body. A number that they do not follow is no page."""
    visite = visite_de(request, nud)
    suivies = suivre_aides(visite, survenu_le=request.visiteur.instant)
    dites = [replace(x, quoi=dire(x.quoi), fin=dire(x.fin), mesure=dire(x.mesure)) for x in suivies.aides]
    contexte: dict[str, object] = {"nud": nud, "mandats": dites, "refus": suivies.refus}
    gabarit = "portail/menage/aide.html"
    return _faire_signer(request, visite, FormulaireAide, suivies.offre, gabarit=gabarit, contexte=contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def proche(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """The words to sign for a relative, who is then invited."""
    visite = visite_de(request, nud)
    suivies = suivre_aides(visite, survenu_le=request.visiteur.instant)
    contexte: dict[str, object] = {"nud": nud, "refus": suivies.refus}
    genre, gabarit = FormulaireProche, "portail/menage/aide_proche.html"
    return _faire_signer(request, visite, genre, suivies.offre_au_proche, gabarit=gabarit, contexte=contexte)


def _faire_signer(
    request: RequeteDuMenage,
    visite: Visite,
    genre: type[FormulaireAide] | type[FormulaireProche],
    offre: Offre | None,
    *,
    gabarit: str,
    contexte: dict[str, object],
) -> HttpResponse:
    """The form, then the words, read before they are signed; nothing to fill in where nothing may be."""
    formulaire, texte = None, ""
    if offre is not None:
        formulaire = genre(initial={"formulaire": uuid.uuid4()}, offre=offre)
        if request.method == "POST":
            formulaire = genre(request.POST, offre=offre)
            texte = _relire(request, visite, formulaire) if formulaire.is_valid() else ""
            if texte and "signer" in request.POST:
                return redirect("aide", visite.lien.nud)
    erreurs = formulaire.erreurs() if formulaire is not None else ()
    contexte |= {"formulaire": formulaire, "texte": texte, "erreurs": erreurs}
    return render(request, "portail/menage/signer.html" if texte else gabarit, contexte)


def _relire(request: RequeteDuMenage, visite: Visite, formulaire: FormulaireAide | FormulaireProche) -> str:
    """The words, signed when the button says so; empty when they may not be, and the form says why."""
    instant = request.visiteur.instant
    try:
        if "signer" not in request.POST:
            return relire_autorisation(visite, formulaire.dite, survenu_le=instant)
        cle = identifiant(formulaire.cleaned_data["formulaire"]) or uuid.uuid4()
        return autoriser_aide(visite, formulaire.dite, formulaire=cle, survenu_le=instant)
    except Interdit as non:
        formulaire.refuser(non)
    return ""


@require_POST
def arreter(request: RequeteDuMenage, nud: str, mandat: uuid.UUID) -> HttpResponse:
    """Stop one, at once; ended meanwhile, the list says how."""
    arreter_aide(visite_de(request, nud), mandat, survenu_le=request.visiteur.instant)
    return redirect("aide", nud)


@require_POST
def accepter(request: RequeteDuMenage, nud: str, mandat: uuid.UUID) -> HttpResponse:
    """Sign what a helper offered; past its time, the page says why."""
    consentir_a_l_aide(visite_de(request, nud), mandat, survenu_le=request.visiteur.instant)
    return redirect("aide", nud)
