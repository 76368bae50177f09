"""Reading the site: its home, a theme, a page, results; what is proposed while one types; what one thinks of a page."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sne.assistance.actions.indexer import GENRE as TICKET
from sne.assistance.policies import can_ouvrir
from sne.assistance.selectors.avant import list_incidents_en_cours
from sne.assistance.selectors.listes import compter_qui_attend
from sne.collaboratif.recherche import GENRES_DES_ESPACES, cles_pour_chercher
from sne.espace_pro.assistance.nouveau import ECRAN
from sne.espace_pro.cadre import acteur_de
from sne.espace_pro.campagnes import campagne_de
from sne.espace_pro.contenu import signaler
from sne.espace_pro.forms import FormulaireAvis
from sne.espace_pro.limite import TROP, attente_de
from sne.habilitations.rules import acteur_inconnu, cles_de
from sne.programme.actions.indexer import GENRE as DECISION
from sne.recherche.actions import noter_sans_suite
from sne.recherche.rules import PAR_PAGE, Requete, lire_requete
from sne.recherche.selectors import chercher, suggerer
from sne.sensibilisation.selectors import list_campagnes_en_cours
from sne.site_pro.actions.indexer import FICHIER
from sne.site_pro.policies import can_proposer, can_publier
from sne.site_pro.rules.pages import GENRES, PUBLICS, TERME, THEMES, Theme
from sne.site_pro.selectors.documents import cartes, list_fichiers, list_versions
from sne.site_pro.selectors.glossaire import list_glossaire
from sne.site_pro.selectors.lecture import (
    BASE,
    PageLue,
    PageRetiree,
    get_page,
    get_page_de_l_ecran,
    get_redirection,
    list_pages,
)
from sne.site_pro.selectors.redaction import compter_les_signalements, get_page_du_site, list_demandes
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import aujourd_hui, jour, maintenant
from sne.socle.requete import adresse_du_client, page_demandee
from sne.textes.rules import avec_documents

NOMS_GENRES = (
    {genre.value: nom for genre, nom in GENRES.items()}
    | {
        TERME: "Glossaire",
        DECISION: "Décision",
        FICHIER: "Fichier",
        TICKET: "Demande d’assistance résolue",
    }
    | GENRES_DES_ESPACES
)
NOMS_THEMES = {theme.value: nom for theme, (nom, _) in THEMES.items()}
SANS_AIDE = "Aucune page ne décrit encore l’écran d’où vous venez. Cherchez avec vos mots."
MERCI = "Merci. Celui qui répond de cette page lit ce que vous en dites."


@login_not_required
@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """The box, the themes, what changed last."""
    acteur = acteur_de(request)
    pages = list_pages(cles=cles_de(acteur), le=maintenant())
    par_theme = {theme: sum(p.theme == theme for p in pages) for theme in NOMS_THEMES}
    lisibles = {p.code for p in pages} if acteur else set()
    contexte = {
        "themes": [
            {"code": t.value, "nom": nom, "phrase": phrase, "pages": par_theme[t.value]}
            for t, (nom, phrase) in THEMES.items()
            if par_theme[t.value]
        ],
        "recentes": sorted(pages, key=lambda p: p.depuis, reverse=True)[:5],
        "ecrit": acteur is not None and can_proposer(acteur),
        "incidents": list_incidents_en_cours(le=maintenant()),
        "campagnes": [c for c in list_campagnes_en_cours(le=aujourd_hui()) if c.code in lisibles],
        "assistance": acteur is not None and can_ouvrir(acteur),
        "attendent": compter_qui_attend(acteur) if acteur else 0,
    }
    return render(request, "espace_pro/accueil.html", contexte)


@login_not_required
@require_GET
def par_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Pages of a theme."""
    if theme not in NOMS_THEMES:
        raise Http404
    pages = list_pages(cles=cles_de(acteur_de(request)), le=maintenant(), theme=theme)
    nom, phrase = THEMES[Theme(theme)]
    contexte = {"nom": nom, "phrase": phrase, "pages": pages, "theme": theme}
    if theme == Theme.PGP:
        contexte["demandes"] = list_demandes(pages)
    return render(request, "espace_pro/theme.html", contexte)


@login_not_required
@require_GET
def onglet_pgp(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The address of before leads to the pages for those who help somebody on the portal."""
    return redirect("aide-theme", Theme.PGP.value, permanent=True)


@login_not_required
@require_GET
def glossaire(request: HttpRequest) -> HttpResponse:
    """Words of the trade."""
    termes = list_glossaire(cles=cles_de(acteur_de(request)), le=maintenant())
    return render(request, "espace_pro/glossaire.html", {"termes": termes})


@login_not_required
@require_GET
def page(request: HttpRequest, adresse: str) -> HttpResponse:
    """A page; what took its place when it was withdrawn, where it went when it moved."""
    cles, le = cles_de(acteur_de(request)), maintenant()
    try:
        lue = get_page(adresse, cles=cles, le=le)
    except PageRetiree as retiree:
        fin = {"motif": retiree.motif, "ailleurs": retiree.remplacee_par}
        return render(request, "espace_pro/retiree.html", fin, status=410)
    except Introuvable:
        return ancienne(request, adresse)
    contexte: dict[str, Any] = {
        "page": lue,
        "corps": avec_documents(lue.html, cartes(lue.documents, cles=cles, le=le)),
        "fichiers": list_fichiers(lue.code, le=le),
        "versions": list_versions(lue.code, le=le),
        "genre": NOMS_GENRES[lue.genre],
        "theme": NOMS_THEMES[lue.theme],
        "signalements": compter_les_signalements(lue.code),
        "formulaire": FormulaireAvis(),
        **_droits(acteur_de(request), lue),
        **campagne_de(request, lue),
    }
    return render(request, "espace_pro/page.html", contexte)


@login_not_required
@require_GET
def ancienne(request: HttpRequest, adresse: str) -> HttpResponse:
    """An address of before."""
    ailleurs = get_redirection(adresse, cles=cles_de(acteur_de(request)), le=maintenant())
    if ailleurs is None:
        raise Http404
    return redirect(ailleurs, permanent=True)


@login_not_required
@require_GET
def resultats(request: HttpRequest) -> HttpResponse:
    """What was found, exact then near, filters with their counts; the query, its filters and page in the address."""
    le = maintenant()
    clos = request.GET.get("clos") == "1"
    cles = cles_pour_chercher(acteur_de(request), le=le, clos=clos)
    telle_quelle = request.GET.get("tel") == "1"
    contexte: dict[str, Any] = {"q": request.GET.get("q", ""), "erreur": ""}
    if contexte["q"] and (attente := attente_de(request)):
        contexte["erreur"] = TROP
        reponse = render(request, "espace_pro/resultats.html", contexte, status=HTTPStatus.TOO_MANY_REQUESTS)
        reponse.headers["Retry-After"] = str(attente)
        return reponse
    try:
        requete = _requete(request)
    except Interdit as refus:
        contexte |= {"erreur": refus.phrase, "q": ""}
        return render(request, "espace_pro/resultats.html", contexte, status=400)
    trouves = chercher(requete, cles=cles, le=le, telle_quelle=telle_quelle)
    if requete.texte and not trouves.total and not requete.debut:
        noter_sans_suite(requete.texte, trouvees=False, jour=jour(le))
    contexte |= {
        "requete": requete,
        "trouves": trouves,
        "proches": trouves.total - trouves.exacts,
        "facettes": (facettes := _facettes(requete, trouves)),
        "etiquettes": _etiquettes(request, facettes),
        "telle_quelle": telle_quelle,
        "clos": clos,
        "espaces": acteur_de(request) is not None,
        "page_courante": requete.debut // PAR_PAGE + 1,
        "suite": trouves.total > requete.debut + PAR_PAGE,
        "numero": requete.nud if acteur_de(request) else "",
        "lignes": [(r, NOMS_GENRES.get(r.genre, ""), date.fromisoformat(r.verifie_le)) for r in trouves.page],
    }
    return render(request, "espace_pro/resultats.html", contexte)


@login_not_required
@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """At most six titles with their answers, for the list under the box."""
    le, rien = maintenant(), {"propositions": [], "phrase": ""}
    if attente_de(request, frappe=True):
        return JsonResponse(rien, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        requete = lire_requete(request.GET.get("q", ""))
    except Interdit:
        return JsonResponse(rien)
    trouvees = suggerer(requete.texte, cles=cles_pour_chercher(acteur_de(request), le=le), le=le)
    liste = [{"libelle": s.titre, "detail": s.reponse, "url": s.url} for s in trouvees]
    phrase = f"{len(liste)} proposition{'s' * (len(liste) > 1)}." if liste else "Aucune proposition."
    return JsonResponse({"propositions": liste, "phrase": phrase})


@require_GET
def aide_de_ecran(request: HttpRequest, ecran: str) -> HttpResponse:
    """« ? » of a screen: the page tied to it, else the home, which says so. Looked for at the click, on no screen."""
    page = get_page_de_l_ecran(ecran, cles=cles_de(acteur_de(request)), le=maintenant())
    if acteur_de(request):
        request.session[ECRAN] = ecran[:80]
    if page is None:
        messages.info(request, SANS_AIDE)
    return redirect(page.adresse if page else "aide-accueil")


@login_not_required
@require_http_methods(["POST"])
def avis(request: HttpRequest, code: str, numero: int) -> HttpResponse:
    """« Cette page vous a aidé ? » Oui, in one button; no, with why."""
    acteur = acteur_de(request) or acteur_inconnu(None)
    utile = request.POST.get("utile") == "oui"
    formulaire = FormulaireAvis(request.POST)
    if not utile and not formulaire.is_valid():
        contexte = {"code": code, "numero": numero, "formulaire": formulaire, "erreurs": formulaire.erreurs()}
        return render(request, "espace_pro/avis.html", contexte, status=200)
    try:
        signaler(
            code,
            numero,
            utile=utile,
            raison=request.POST.get("raison", ""),
            texte=request.POST.get("texte", ""),
            reseau=adresse_du_client(request),
            acte=Acte(acteur, maintenant()),
        )
    except Interdit as refus:
        formulaire.refuser(refus)
        contexte = {"code": code, "numero": numero, "formulaire": formulaire, "erreurs": formulaire.erreurs()}
        return render(request, "espace_pro/avis.html", contexte)
    messages.success(request, MERCI)
    retour = next((p for p in list_pages(cles=cles_de(acteur), le=maintenant(), codes=[code])), None)
    return redirect(retour.adresse if retour else BASE)


def _droits(acteur: Acteur | None, lue: PageLue) -> dict[str, bool]:
    """What the buttons under a page may be for who reads it."""
    if acteur is None or not can_proposer(acteur):
        return {}
    tient = can_publier(acteur, lue.theme) or get_page_du_site(lue.code).proprietaire == acteur.id
    return {"ecrit": True, "tient": tient}


def _requete(request: HttpRequest) -> Requete:
    return lire_requete(
        request.GET.get("q", ""),
        genres=set(request.GET.getlist("genre")) & NOMS_GENRES.keys(),
        themes=set(request.GET.getlist("theme")) & NOMS_THEMES.keys(),
        publics=set(request.GET.getlist("public")) & PUBLICS.keys(),
        a_jour=request.GET.get("a_jour") == "1",
        page=page_demandee(request),
    )


def _etiquettes(request: HttpRequest, facettes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each filter that is ticked, and the address of the results without it."""
    coches = [(f["nom"], c["code"], c["nom"]) for f in facettes for c in f["choix"] if c["coche"]]
    if request.GET.get("a_jour") == "1":
        coches.append(("a_jour", "1", "À jour seulement"))
    if request.GET.get("clos") == "1":
        coches.append(("clos", "1", "Espaces fermés aussi"))
    etiquettes = []
    for nom, code, libelle in coches:
        reste = request.GET.copy()
        reste.pop("page", None)
        reste.setlist(nom, [valeur for valeur in reste.getlist(nom) if valeur != code])
        etiquettes.append((libelle, reste.urlencode()))
    return etiquettes


def _facettes(requete: Requete, trouves: Any) -> list[dict[str, Any]]:
    """Checkboxes with what each would find; those ticked stay even when nothing is left of them."""
    familles = (
        ("genre", "Type", NOMS_GENRES, requete.genres, trouves.genres),
        ("theme", "Thème", NOMS_THEMES, requete.themes, trouves.themes),
        ("public", "Pour qui", PUBLICS, requete.publics, trouves.publics),
    )
    return [
        {
            "nom": nom,
            "titre": titre,
            "choix": [
                {"code": c, "nom": libelle, "nombre": nombres.get(c, 0), "coche": c in coches}
                for c, libelle in noms.items()
                if c in nombres or c in coches
            ],
        }
        for nom, titre, noms, coches, nombres in familles
    ]
