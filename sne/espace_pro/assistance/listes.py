"""Lists of tickets: the one asked for, its filter seen and kept, those that one named; a ticket hidden for oneself."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sne.assistance.actions.partager import masquer
from sne.assistance.actions.vues import enregistrer_vue, oublier_vue
from sne.assistance.policies import niveaux_de
from sne.assistance.rules.niveaux import CATEGORIES, Categorie
from sne.assistance.rules.vues import FILTRES, MASQUEES, PREMIERE, VUES, Portee
from sne.assistance.selectors.listes import list_tickets
from sne.espace_pro.assistance.cadre import montrer
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant, page_demandee

CLE = "assistance_vue"


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def accueil(request: RequeteHabilitee) -> HttpResponse:
    """The list that this person looked at last, with its filter; « Mes demandes » the first time."""
    vue, filtres = request.session.get(CLE, (PREMIERE, {}))
    if vue not in VUES or (VUES[vue].portee is Portee.NIVEAU and not niveaux_de(request.acteur)):
        vue, filtres = PREMIERE, {}
    adresse = reverse("assistance-vue", args=[vue])
    return redirect(f"{adresse}?{urlencode(filtres)}" if filtres else adresse)


@exiger(Permission.TICKET_OUVRIR)
@require_GET
def liste(request: RequeteHabilitee, vue: str) -> HttpResponse:
    """One list. What narrows it is shown, in its address, and remembered until it is taken away."""
    choisie = VUES.get(vue)
    if choisie is None or (choisie.portee is Portee.NIVEAU and not niveaux_de(request.acteur)):
        raise Http404
    filtres = _filtres(request)
    page = page_demandee(request)
    lignes, suite = list_tickets(choisie, request.acteur, le=maintenant(), filtres=filtres, page=page)
    request.session[CLE] = (vue, filtres)
    contexte = {
        "vue": choisie,
        "lignes": lignes,
        "suite": suite,
        "page": page,
        "filtres": filtres,
        "categories": [(c.value, nom) for c, (nom, _) in CATEGORIES.items()],
        "du_niveau": choisie.portee is Portee.NIVEAU,
    }
    return montrer(request, "espace_pro/assistance/liste.html", contexte, vue=vue)


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def cacher(request: RequeteHabilitee, numero: str) -> HttpResponse:
    """Out of one's own lists, or back."""
    montrer_encore = request.POST.get("montrer") == "oui"
    masquer(numero, montrer=montrer_encore, acte=acte_de(request))
    messages.success(
        request,
        f"{numero} est de nouveau dans vos listes."
        if montrer_encore
        else f"{numero} n’est plus dans vos listes. Elle est sous «\u00a0{VUES[MASQUEES].nom}\u00a0».",
    )
    return redirect("assistance-ticket", numero) if montrer_encore else redirect("assistance")


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def nommer(request: RequeteHabilitee) -> HttpResponse:
    """Keep a list and its filter under a name."""
    filtres = {nom: request.POST.get(nom, "") for nom in FILTRES if request.POST.get(nom)}
    vue = request.POST.get("vue", "")
    enregistrer_vue(request.POST.get("nom", ""), vue, filtres, acte=acte_de(request))
    messages.success(request, "La liste est enregistrée.")
    return redirect("assistance")


@exiger(Permission.TICKET_OUVRIR)
@require_POST
def oublier(request: RequeteHabilitee) -> HttpResponse:
    """A list of one's own is forgotten."""
    oublier_vue(request.POST.get("nom", ""), acte=acte_de(request))
    return redirect("assistance")


def _filtres(request: RequeteHabilitee) -> dict[str, str]:
    """What narrows the list, when it can be read."""
    lus = {nom: request.GET.get(nom, "") for nom in FILTRES}
    if lus["categorie"] not in set(Categorie):
        lus["categorie"] = ""
    if not (lus["territoire"].isalnum() and len(lus["territoire"]) == 3):
        lus["territoire"] = ""
    if identifiant(lus["incident"]) is None:
        lus["incident"] = ""
    return {nom: valeur for nom, valeur in lus.items() if valeur}
