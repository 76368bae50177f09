"""Settings of the search: synonyms, and queries that led nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from sne.espace_pro.cadre import montrer
from sne.espace_pro.forms import FormulaireSynonyme
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.recherche.actions import classer_sans_suite, definir_synonyme
from sne.recherche.selectors import SANS_SUITE_AU_PLUS, list_sans_suite, list_synonymes
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de


@exiger(Permission.RECHERCHE_REGLER)
@require_http_methods(["GET", "POST"])
def recherche(request: RequeteHabilitee) -> HttpResponse:
    """The list of synonyms and a form for one more; what found nothing, most frequent first."""
    le = maintenant()
    formulaire = FormulaireSynonyme(saisi_de(request), initial={"dit": request.GET.get("dit", "")})
    if formulaire.is_valid():
        dits = formulaire.cleaned_data
        if formulaire.tenter(definir_synonyme, dits["dit"], dits["pour"], acte=Acte(request.acteur, le)):
            messages.success(request, "Le synonyme est enregistré.")
            return redirect("aide-reglages")
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "synonymes": list_synonymes(request.acteur),
        "sans_suite": list_sans_suite(request.acteur, jour=jour(le)),
        "au_plus": SANS_SUITE_AU_PLUS,
    }
    return montrer(request, "espace_pro/reglages.html", contexte, onglet="aide-reglages")


@exiger(Permission.RECHERCHE_REGLER)
@require_POST
def oter_synonyme(request: RequeteHabilitee) -> HttpResponse:
    """A synonym is taken away."""
    definir_synonyme(request.POST.get("dit", ""), "", acte=acte_de(request))
    messages.success(request, "Le synonyme est retiré.")
    return redirect("aide-reglages")


@exiger(Permission.RECHERCHE_REGLER)
@require_POST
def rien_a_faire(request: RequeteHabilitee) -> HttpResponse:
    """These words leave the list."""
    classer_sans_suite(request.POST.get("texte", ""), acte=acte_de(request))
    messages.success(request, "Ces mots sont classés.")
    return redirect("aide-reglages")
