"""Signing in by a code: asked with the number and a contact on file, typed in the browser that asked.

Every page is the same whether a demande fits or not; what fits is found out later, by the service.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.cellules.routage import exiger_ouvert
from sne.demandeurs.actions import demander_code, demander_numero, essayer_code
from sne.demandeurs.rules.codes import Cible, CourrielProuve, Depart
from sne.demandeurs.rules.niveaux import Voie
from sne.demandeurs.selectors import (
    get_demande_du_navigateur,
    get_limites_des_codes,
)
from sne.portail import franceconnect
from sne.portail.envois import suite_de
from sne.portail.forms import FormulaireDemandeDeCode, FormulaireDuCode, FormulaireNumeroPerdu
from sne.portail.middleware import Visiteur
from sne.portail.rules import appareil_de
from sne.portail.views.depart import arriver, envoyer_le_code
from sne.portail.views.reponses import poser_cookie, trop_d_essais
from sne.registre.rattachement.actions.codes import ouvrir_par_code
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_code
from sne.registre.rattachement.rules.numero import territoire_du_numero
from sne.socle.debit import reseau_de
from sne.socle.horloge import maintenant
from sne.socle.langues import langue_de
from sne.socle.requete import adresse_du_client, saisi_de


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest) -> HttpResponse:
    """The number and a contact; what follows is the same page for everybody."""
    if _est_entre_par_code(request):
        return redirect("espace")
    formulaire = FormulaireDemandeDeCode(saisi_de(request))
    if not formulaire.is_valid():
        contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
        return render(request, "portail/menage/code_demander.html", contexte)
    return _envoyer(request, formulaire.cleaned_data["numero"], formulaire.cleaned_data["contact"])


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retrouver(request: HttpRequest) -> HttpResponse:
    """A lost number: a contact and a birth date; what follows is the same page for everybody."""
    formulaire = FormulaireNumeroPerdu(saisi_de(request))
    if not formulaire.is_valid():
        contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
        return render(request, "portail/menage/numero_perdu.html", contexte)
    demande = demander_numero(
        contact=formulaire.cleaned_data["contact"],
        naissance=formulaire.cleaned_data["naissance"],
        langue=langue_de(get_language() or "").code,
        reseau=reseau_de(adresse_du_client(request)),
        survenu_le=maintenant(),
    )
    return redirect("numero-envoye") if demande else trop_d_essais(request, codes=True)


@login_not_required
@require_safe
def numero_envoye(request: HttpRequest) -> HttpResponse:
    """The one answer."""
    return render(request, "portail/menage/numero_envoye.html")


@login_not_required
@never_cache
@require_POST
def renvoyer(request: HttpRequest) -> HttpResponse:
    """« Je n’ai rien reçu »: another code for what this browser asked, while it may be typed; else it is asked anew."""
    demandee = get_demande_du_navigateur(_temoin(request), le=maintenant())
    if demandee is None:
        return redirect("code-demander")
    if demandee.depart is not None:
        return envoyer_le_code(request, demandee.contact, demandee.depart)
    return _envoyer(request, demandee.numero, demandee.contact)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saisir(request: HttpRequest) -> HttpResponse:
    """The six digits. One text for whatever is wrong with them."""
    temoin, instant = _temoin(request), maintenant()
    demandee = get_demande_du_navigateur(temoin, le=instant)
    depart = demandee.depart if demandee else None
    if _est_entre_par_code(request) and depart is None:
        return redirect("espace")
    if not temoin:
        return redirect("code-demander")
    if request.method != "POST":
        return _montrer(request, FormulaireDuCode(), depart)
    formulaire = FormulaireDuCode(request.POST)
    if not formulaire.is_valid():
        return _montrer(request, formulaire, depart)
    if demandee is not None:
        exiger_ouvert(depart.brouillon if depart else territoire_du_numero(demandee.numero))
    cible = essayer_code(temoin, formulaire.cleaned_data["code"], survenu_le=instant)
    entree = _entrer(request, cible, instant) if cible else None
    if entree is None:
        formulaire.add_error(
            "code", gettext("Ce code ne convient pas, ou ne sert plus. Vérifiez-le, ou demandez-en un autre.")
        )
        return _montrer(request, formulaire, depart)
    entree.delete_cookie(settings.COOKIE_DU_CODE)
    return entree


def _entrer(request: HttpRequest, cible: Cible | CourrielProuve, instant: datetime) -> HttpResponse | None:
    """What the right code opens: a session; or, in one opened with FranceConnect, a link of that account."""
    if isinstance(cible, CourrielProuve):
        return arriver(request, cible, instant)
    visiteur = _visiteur(request)
    identite = visiteur.session.ouvrir().identite if visiteur else None
    if visiteur is not None and identite is not None:
        issue = rattacher_par_code(cible, identite, compte=visiteur.session.compte, survenu_le=instant).issue
        suite = {Issue.RELIEE: "", Issue.VERIFICATION: "?verification=oui", Issue.NUMERO: "?ailleurs=oui"}
        return redirect(reverse("espace") + suite[issue])
    appareil = appareil_de(request.headers.get("User-Agent", ""))
    venue = ouvrir_par_code(cible, appareil=appareil, survenu_le=instant)
    if venue is None:
        return None
    rotate_token(request)
    reponse = HttpResponseRedirect(suite_de(venue, reverse("espace"), le=instant), status=303)
    poser_cookie(reponse, settings.COOKIE_DE_SESSION, venue.secret)
    return reponse


def _envoyer(request: HttpRequest, numero: str, contact: str) -> HttpResponse:
    instant = maintenant()
    secret = demander_code(
        numero=numero,
        contact=contact,
        langue=langue_de(get_language() or "").code,
        reseau=reseau_de(adresse_du_client(request)),
        ancien=_temoin(request),
        survenu_le=instant,
    )
    if secret is None:
        return trop_d_essais(request, codes=True)
    reponse = HttpResponseRedirect(reverse("code-saisir"), status=303)
    poser_cookie(reponse, settings.COOKIE_DU_CODE, secret, max_age=get_limites_des_codes(instant).duree)
    return reponse


def _montrer(request: HttpRequest, formulaire: FormulaireDuCode, depart: Depart | None) -> HttpResponse:
    contexte = {
        "depart": depart,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "minutes": int(get_limites_des_codes(maintenant()).duree.total_seconds() // 60),
        "ouverte": franceconnect.est_ouverte(),
    }
    return render(request, "portail/menage/code_saisir.html", contexte)


def _temoin(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.COOKIE_DU_CODE, "")


def _visiteur(request: HttpRequest) -> Visiteur | None:
    visiteur: Visiteur | None = getattr(request, "visiteur", None)
    return visiteur


def _est_entre_par_code(request: HttpRequest) -> bool:
    visiteur = _visiteur(request)
    return visiteur is not None and visiteur.session.voie is Voie.CODE
