"""Ending one's demande: what it means is said first, then one button; keeping it is one button too."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import sienne_de, visite_de
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.rattachement.actions.arreter import arreter_la_sienne, garder_la_sienne
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.vie.possible import exiger_arretable
from sne.registre.vie.selectors.arrets import get_arret
from sne.socle.erreurs import refus_de
from sne.socle.horloge import jour


@require_http_methods(["GET", "HEAD", "POST"])
def arreter(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What ends and when, what stays, who is told; or why not in this session."""
    if request.method == "POST":
        arreter_la_sienne(visite_de(request, nud), survenu_le=request.visiteur.instant)
        return redirect("arreter", nud)
    sienne = sienne_de(request, nud, Geste.SUIVRE)
    delais = get_parametres(jour(request.visiteur.instant))[ParametresDemande]
    arret = get_arret(sienne.demande.id)
    contexte = {
        "nud": nud,
        "effet_le": arret.effet_le if arret else None,
        "jours": delais.arret_effet_jours,
        "mois": delais.purge_mois_apres_radiation,
        "refus": refus_de(exiger_geste, Geste.ARRETER, sienne.visite.presence)
        or refus_de(exiger_arretable, sienne.demande, sienne.acte.acteur, gel=sienne.gel),
    }
    return render(request, "portail/menage/arreter.html", contexte)


@require_POST
def garder(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Keep it: nothing ends any more."""
    garder_la_sienne(visite_de(request, nud), survenu_le=request.visiteur.instant)
    return redirect("espace")
