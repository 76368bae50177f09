"""What was sent to a household and what became of it; in which language, and what it does without."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from sne.demandeurs.rules.niveaux import Geste
from sne.demandeurs.selectors import list_avis_refuses
from sne.notifications.rules import Famille
from sne.notifications.selectors import list_envois
from sne.portail.choix_des_messages import FormulaireAvis
from sne.portail.forms import FormulaireLangue
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import sienne_de
from sne.registre.rattachement.actions.reglages import choisir_sa_langue, choisir_ses_avis
from sne.registre.rattachement.possible import exiger_langue, exiger_reglage_des_avis
from sne.socle.erreurs import refus_de
from sne.socle.langues import langue_de


@require_safe
def messages(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """« Nos messages »: each of this demande, by which channel, how far it went; not to whom, nor its words."""
    demande = sienne_de(request, nud, Geste.SUIVRE).demande
    envois = [
        (gettext(envoi.genre.modele.libelle), envoi)
        for envoi in list_envois(demande.id, territoire=demande.territoire)
    ]
    return render(request, "portail/menage/messages.html", {"nud": nud, "envois": envois})


@require_http_methods(["GET", "HEAD", "POST"])
def langue(request: RequeteDuMenage) -> HttpResponse:
    """The six languages, each under its own name; the one of the page is proposed."""
    visiteur = request.visiteur
    if request.method == "POST":
        formulaire = FormulaireLangue(request.POST)
        if formulaire.is_valid():
            choisie = formulaire.cleaned_data["langue"]
            choisir_sa_langue(visiteur.session, visiteur.visites, choisie, survenu_le=visiteur.instant)
            return redirect("langue-des-messages")
    else:
        formulaire = FormulaireLangue(initial={"langue": langue_de(get_language() or "").code})
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus_de(exiger_langue, visiteur.session.voie, visiteur.visites),
    }
    return render(request, "portail/menage/langue.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def choisir(request: RequeteDuMenage) -> HttpResponse:
    """Which messages are always sent and why; which ones somebody may do without."""
    visiteur = request.visiteur
    if request.method == "POST":
        formulaire = FormulaireAvis(request.POST)
        if formulaire.is_valid():
            choisir_ses_avis(
                visiteur.session, visiteur.visites, formulaire.refuses(), survenu_le=visiteur.instant
            )
            return redirect(f"{reverse('choix-des-messages')}?fait=oui")
    else:
        refuses = list_avis_refuses([visiteur.session.compte])
        formulaire = FormulaireAvis(initial={"recus": [f.value for f in Famille if f not in refuses]})
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus_de(exiger_reglage_des_avis, visiteur.visites),
        "fait": "fait" in request.GET,
    }
    return render(request, "portail/menage/choix_des_messages.html", contexte)
