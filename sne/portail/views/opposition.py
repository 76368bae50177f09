"""« Ce n’est pas moi », from the link of a notice; its receipt; taking it back."""

import uuid
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.portail.forms import FormulaireOpposition
from sne.portail.liens import adresse, dans_sa_langue, ferme, montrer
from sne.portail.limite import limiter
from sne.portail.views.reponses import prive
from sne.referentiels.selectors import get_parametres
from sne.registre.avis.actions.s_opposer import (
    LienFerme,
    Recu,
    lire_lien,
    lire_retrait,
    retirer_opposition,
    s_opposer,
)
from sne.registre.avis.parametres import ParametresAvis
from sne.socle import horloge
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.requete import identifiant

RECU = "sne.portail.opposition"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@dans_sa_langue
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
        return ferme(request)


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
    return prive(redirect(adresse("opposition-recue", recu=signer(recu))))


def _montrer_opposition(
    request: HttpRequest, jeton: str, valeurs: dict[str, object], refus: Interdit | None = None
) -> HttpResponse:
    cle = lire_lien(jeton, survenu_le=horloge.maintenant())
    formulaire = FormulaireOpposition(valeurs if refus else None, initial=valeurs, codes=cle.codes)
    if refus is not None:
        formulaire.refuser(refus)
    contexte = {
        "cle": cle,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if refus else (),
        "rien": adresse("opposition-rien"),
    }
    return prive(montrer(request, "portail/opposition.html", contexte))


@login_not_required
@never_cache
@require_GET
@dans_sa_langue
def opposition_recue(request: HttpRequest, recu: str) -> HttpResponse:
    """What follows the button: the reference and when somebody calls. It says nothing of whom."""
    heures = get_parametres(horloge.aujourd_hui())[ParametresAvis].opposition_recu_heures
    try:
        reference, rappel = signing.loads(recu, salt=RECU, max_age=timedelta(hours=heures))
    except signing.BadSignature:
        return ferme(request)
    contexte = {"reference": reference, "rappel": date.fromisoformat(rappel)}
    return prive(montrer(request, "portail/opposition_recue.html", contexte))


@login_not_required
@never_cache
@require_GET
@dans_sa_langue
def rien_fait(request: HttpRequest) -> HttpResponse:
    """What follows « Revenir sans rien faire »."""
    return montrer(request, "portail/rien_fait.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@dans_sa_langue
@limiter
def retirer(request: HttpRequest, jeton: str) -> HttpResponse:
    """« Je me suis trompé »: a button here too. Any link that does nothing gives the same page."""
    try:
        if request.method == "POST":
            retirer_opposition(jeton, survenu_le=horloge.maintenant())
            return prive(redirect(adresse("opposition-retiree")))
        reference = lire_retrait(jeton, survenu_le=horloge.maintenant())
    except (LienFerme, Introuvable):
        return ferme(request)
    contexte = {"reference": reference, "rien": adresse("opposition-rien")}
    return prive(montrer(request, "portail/retrait.html", contexte))


@login_not_required
@never_cache
@require_GET
@dans_sa_langue
def opposition_retiree(request: HttpRequest) -> HttpResponse:
    """What follows; it says nothing of whom."""
    return montrer(request, "portail/opposition_retiree.html")


def signer(recu: Recu) -> str:
    """The receipt as an address that only says what the receipt says."""
    return signing.dumps([recu.reference, recu.rappel_avant.isoformat()], salt=RECU)
