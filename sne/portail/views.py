"""Public pages, without any name: check of an attestation, confirmation of an address, « Ce n’est pas moi »."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.attestations.rules import grouper_reference
from sne.attestations.selectors import verifier_reference
from sne.portail.forms import FormulaireOpposition, FormulaireReference
from sne.portail.limite import limiter
from sne.registre.actions.s_opposer import (
    LienFerme,
    Recu,
    lire_lien,
    lire_retrait,
    retirer_opposition,
    s_opposer,
)
from sne.registre.actions.verifier_courriel import LienPerime, verifier_courriel
from sne.socle import horloge
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.requete import identifiant

RECU = "sne.portail.opposition"
RECU_HEURES = 24


@login_not_required
@never_cache
@require_GET
def saisir(request: HttpRequest) -> HttpResponse:
    """Ask for a reference, then lead to its page."""
    formulaire = FormulaireReference(request.GET if "reference" in request.GET else None)
    if formulaire.is_valid():
        return redirect("verifier", formulaire.cleaned_data["reference"])
    return _sans_index(_montrer_saisie(request, formulaire))


@login_not_required
@never_cache
@require_GET
@limiter
def verifier(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer for a reference: valid, replaced, no longer valid, unknown. Always the same page and status."""
    formulaire = FormulaireReference({"reference": reference})
    if not formulaire.is_valid():
        return _sans_index(_montrer_saisie(request, formulaire))
    lue = formulaire.cleaned_data["reference"]
    contexte = {
        "verification": verifier_reference(lue, aujourd_hui=horloge.aujourd_hui()),
        "reference": grouper_reference(lue),
    }
    return _sans_index(render(request, "portail/verification.html", contexte))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limiter
def verifier_adresse(request: HttpRequest, jeton: str) -> HttpResponse:
    """A button: mail scanners open links, so opening this one changes nothing. Any bad link gives the same page."""
    if request.method == "GET":
        return _prive(render(request, "portail/courriel.html", {}))
    try:
        verifier_courriel(jeton, survenu_le=horloge.maintenant())
    except (LienPerime, Introuvable):
        return _prive(render(request, "portail/lien_perime.html", {}, status=410))
    return _prive(redirect("courriel-confirme"))


@login_not_required
@never_cache
@require_GET
def courriel_confirme(request: HttpRequest) -> HttpResponse:
    """What follows the button; it says nothing of whom."""
    return _sans_index(render(request, "portail/courriel_confirme.html", {}))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limiter
def opposer(request: HttpRequest, jeton: str) -> HttpResponse:
    """What changed, and a button: mail scanners open links, so opening this one changes nothing.

    Any link that does nothing, whatever the reason, gives the same page.
    """
    try:
        if request.method == "POST":
            return _opposer(request, jeton)
        return _montrer_opposition(request, jeton, {"formulaire": uuid.uuid4()})
    except (LienFerme, Introuvable):
        return _ferme(request)


def _opposer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Object, then lead to the receipt; what is refused comes back with what was typed."""
    poste = request.POST
    formulaire = identifiant(poste.get("formulaire", "")) or uuid.uuid4()
    try:
        recu = s_opposer(
            jeton,
            formulaire=formulaire,
            codes=poste.getlist("codes"),
            contact=poste.get("contact", ""),
            survenu_le=horloge.maintenant(),
        )
    except LienFerme:
        raise
    except Interdit as refus:
        initiales = {
            "formulaire": formulaire,
            "codes": poste.getlist("codes"),
            "contact": poste.get("contact", ""),
        }
        return _montrer_opposition(request, jeton, initiales, refus)
    return _prive(redirect("opposition-recue", _signer(recu)))


def _montrer_opposition(
    request: HttpRequest, jeton: str, valeurs: dict[str, object], refus: Interdit | None = None
) -> HttpResponse:
    cle = lire_lien(jeton, survenu_le=horloge.maintenant())
    formulaire = FormulaireOpposition(valeurs if refus else None, initial=valeurs, codes=cle.codes)
    if refus is not None:
        formulaire.full_clean()
        formulaire.errors.clear()
        formulaire.add_error(refus.champ or None, refus.phrase)
    contexte = {"cle": cle, "formulaire": formulaire, "erreurs": formulaire.erreurs() if refus else ()}
    return _prive(render(request, "portail/opposition.html", contexte))


@login_not_required
@never_cache
@require_GET
def opposition_recue(request: HttpRequest, recu: str) -> HttpResponse:
    """What follows the button: the reference and when somebody calls. It says nothing of whom."""
    try:
        reference, rappel = signing.loads(recu, salt=RECU, max_age=RECU_HEURES * 3600)
    except signing.BadSignature:
        return _ferme(request)
    contexte = {"reference": reference, "rappel": date.fromisoformat(rappel)}
    return _prive(render(request, "portail/opposition_recue.html", contexte))


@login_not_required
@never_cache
@require_GET
def rien_fait(request: HttpRequest) -> HttpResponse:
    """What follows « Revenir sans rien faire »."""
    return _sans_index(render(request, "portail/rien_fait.html", {}))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limiter
def retirer(request: HttpRequest, jeton: str) -> HttpResponse:
    """« Je me suis trompé »: a button here too. Any link that does nothing gives the same page."""
    try:
        if request.method == "POST":
            retirer_opposition(jeton, survenu_le=horloge.maintenant())
            return _prive(redirect("opposition-retiree"))
        reference = lire_retrait(jeton, survenu_le=horloge.maintenant())
    except (LienFerme, Introuvable):
        return _ferme(request)
    return _prive(render(request, "portail/retrait.html", {"reference": reference}))


@login_not_required
@never_cache
@require_GET
def opposition_retiree(request: HttpRequest) -> HttpResponse:
    """What follows; it says nothing of whom."""
    return _sans_index(render(request, "portail/opposition_retiree.html", {}))


def _ferme(request: HttpRequest) -> HttpResponse:
    """The one answer of every link that does nothing: the telephone is that of the whole service."""
    contexte = {"telephone": settings.TELEPHONE}
    return _prive(render(request, "portail/lien_ferme.html", contexte, status=410))


def _signer(recu: Recu) -> str:
    """The receipt as an address that only says what the receipt says."""
    return signing.dumps([recu.reference, recu.rappel_avant.isoformat()], salt=RECU)


def _prive(reponse: HttpResponse) -> HttpResponse:
    """Keep the address of the page, which holds a token, from whatever page comes next.

    The origin alone still goes: without it a browser says « null », and the form is refused.
    """
    reponse.headers["Referrer-Policy"] = "strict-origin"
    return _sans_index(reponse)


def _montrer_saisie(request: HttpRequest, formulaire: FormulaireReference) -> HttpResponse:
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "portail/verifier.html", contexte)


def _sans_index(reponse: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines: its address holds a reference."""
    reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
    return reponse
