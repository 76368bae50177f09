"""The public door: what anybody may do here, and where the counters are, as the reference data know them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sne.attestations.rules.mots import telephone_national
from sne.portail.forms import FormulaireCommune
from sne.referentiels.rules import CommuneChoix, FicheGuichet
from sne.referentiels.selectors import get_geographie, list_guichets
from sne.socle.horloge import aujourd_hui


@login_not_required
@never_cache
@require_GET
def porte(request: HttpRequest) -> HttpResponse:
    """What can be done here without an account; somebody who is signed in goes to their work."""
    if getattr(request, "acteur", None) is not None:
        return redirect("accueil")
    return render(
        request, "portail/porte.html", {"portail": settings.URL_PORTAIL, "menages": settings.URL_MENAGES}
    )


@login_not_required
@require_GET
def guichets(request: HttpRequest) -> HttpResponse:
    """The counters of a commune, and the others of its territory: a demande is taken in any of them (CCH R441-2-1)."""
    formulaire = FormulaireCommune(request.GET if "commune" in request.GET else None)
    contexte: dict[str, object] = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    if formulaire.is_valid():
        contexte |= _autour(formulaire.cleaned_data["commune"])
    return render(request, "portail/guichets.html", contexte)


def _autour(commune: CommuneChoix) -> dict[str, object]:
    """The counters open today of the territory, those of this commune first; none in an overseas collectivity."""
    geographie = get_geographie()
    territoire = geographie.territoire_de_commune(commune.code)
    ouverts = list_guichets(territoire, le=aujourd_hui()) if territoire else ()
    lus = [(g.commune, _presenter(g)) for g in ouverts if not g.virtuel]
    return {
        "commune": commune,
        "territoire": geographie.nom_territoire(territoire) if territoire else "",
        "ici": [guichet for ou, guichet in lus if ou in {commune.code, commune.parent}],
        "ailleurs": [guichet for ou, guichet in lus if ou not in {commune.code, commune.parent}],
    }


def _presenter(guichet: FicheGuichet) -> dict[str, str]:
    """Only what is known of a counter: what is empty is not shown."""
    ville = get_geographie().nom_commune(guichet.commune)
    return {
        "nom": guichet.libelle,
        "adresse": ", ".join(filter(None, (guichet.voie, f"{guichet.code_postal} {ville}".strip()))),
        "telephone": telephone_national(guichet.telephone),
        "numero": guichet.telephone,
        "horaires": guichet.horaires,
    }
