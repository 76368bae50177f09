"""Documents of the site: their catalogue with its filters, and their files."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.espace_pro.cadre import acteur_de
from sne.habilitations.rules import cles_de
from sne.site_pro.rules.pages import PUBLICS, THEMES
from sne.site_pro.selectors.documents import get_fichier, list_documents, list_remplaces
from sne.socle.horloge import maintenant

PUBLIC, PRIVE = "public, max-age=300", "no-store"


@login_not_required
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every document that the reader may open; the filters stand in the address."""
    cles, le = cles_de(acteur_de(request)), maintenant()
    theme = request.GET.get("theme", "") if request.GET.get("theme") in set(THEMES) else ""
    public = request.GET.get("public", "") if request.GET.get("public") in PUBLICS else ""
    tous = list_documents(cles=cles, le=le)
    presents = {d.page.theme for d in tous}
    contexte = {
        "documents": list_documents(cles=cles, le=le, theme=theme, public=public),
        "remplaces": list_remplaces(cles=cles, le=le),
        "themes": [(t.value, nom) for t, (nom, _) in THEMES.items() if t in presents],
        "publics": list(PUBLICS.items()),
        "theme": theme,
        "public": public,
        "dits": [nom for t, (nom, _) in THEMES.items() if t == theme]
        + [nom for p, nom in PUBLICS.items() if p == public],
    }
    return render(request, "espace_pro/documents.html", contexte)


@login_not_required
@require_GET
def fichier(request: HttpRequest, code: str, papier: str) -> HttpResponse:
    """The file of a document, shown in the browser; the keys of the reader are asked each time."""
    octets, publique = get_fichier(code, papier, cles=cles_de(acteur_de(request)), le=maintenant())
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{code}-{papier}.pdf"'
    reponse["Cache-Control"] = PUBLIC if publique else PRIVE
    return reponse
