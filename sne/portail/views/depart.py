"""Filing without FranceConnect: an e-mail and a birth date, a code; in a session, an e-mail that a code proves."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sne.cellules.routage import cellule_de, dans, lister_partout
from sne.demandeurs.actions import accueillir_par_courriel, demander_code_de_depart
from sne.demandeurs.rules.codes import CourrielProuve, Depart
from sne.demandeurs.rules.niveaux import NatureContact, Voie
from sne.demandeurs.selectors import get_limites_des_codes, is_mineur
from sne.portail.envois import suite_de
from sne.portail.forms import TEL_QUEL, FormulaireCourriel, FormulaireDepart
from sne.portail.middleware import RequeteDuMenage, Visiteur
from sne.portail.nouvelle.en_cours import SANS_RAPPEL, DemandeEnLigne
from sne.portail.nouvelle.reprise import noter_le_courriel, renouveler_les_mots, tenir_la_reprise
from sne.portail.views.nouvelle import montrer_les_mots
from sne.portail.views.reponses import poser_cookie, trop_d_essais
from sne.portail.views.sienne import lire_demande
from sne.registre.depot_en_ligne.actions.reprendre import prouver_le_sien
from sne.registre.depot_en_ligne.selectors.envois import list_envois
from sne.registre.modification.selectors.brouillons import list_siens
from sne.socle.debit import reseau_de
from sne.socle.horloge import jour, maintenant
from sne.socle.langues import langue_de
from sne.socle.requete import adresse_du_client


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commencer(request: HttpRequest) -> HttpResponse:
    """Begin, or take up what was begun: the same page and the same answers, whether anything was."""
    visiteur: Visiteur | None = getattr(request, "visiteur", None)
    if visiteur is not None and visiteur.session.voie is not Voie.FC:
        return redirect("demande-commencer")
    formulaire = FormulaireDepart(_saisi(request))
    if formulaire.is_valid() and is_mineur(formulaire.cleaned_data["naissance"], le=jour(maintenant())):
        dit = gettext(
            "Il faut avoir 18 ans pour demander un logement social. En cas d’émancipation, un guichet enregistre "
            "votre demande."
        )
        formulaire.add_error("naissance", dit)
    if not formulaire.is_valid() or formulaire.proposee:
        return _montrer(request, formulaire, "portail/nouvelle/courriel_depart.html")
    dits = formulaire.cleaned_data
    depart = Depart(naissance=dits["naissance"], mots=dits["mots"], nature=NatureContact(dits["nature"]))
    return envoyer_le_code(request, dits["courriel"], depart)


@require_http_methods(["GET", "HEAD", "POST"])
def courriel(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """The e-mail of a draft, proved by a code before the demande leaves."""
    demande = lire_demande(request, territoire)
    if demande.courriel_prouve:
        return redirect(demande.adresse(demande.suivante("contact")))
    naissance = demande.naissance
    if naissance is None:
        return redirect(demande.adresse("identite"))
    formulaire = FormulaireCourriel(_saisi(request), initial={"courriel": demande.courriel})
    if not formulaire.is_valid() or formulaire.proposee:
        return _montrer(request, formulaire, "portail/nouvelle/courriel.html", demande=demande)
    dits = formulaire.cleaned_data
    depart = Depart(naissance=naissance, nature=NatureContact(dits["nature"]), brouillon=territoire)
    return envoyer_le_code(request, dits["courriel"], depart)


@require_POST
def mots(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Two other words, for who has lost those that protect a draft."""
    demande = lire_demande(request, territoire)
    tires = renouveler_les_mots(demande, survenu_le=request.visiteur.instant)
    if not tires:
        return redirect("demande-reprendre", territoire)
    return montrer_les_mots(request, tires, suite=reverse("demande-reprendre", args=[territoire]))


@require_POST
def sans_rappel(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """No reminder of this draft any more."""
    demande = lire_demande(request, territoire)
    demande.ecrire(demande.donnees | {SANS_RAPPEL: {"dit": ["oui"]}}, acteur=demande.acteur)
    return redirect("demande-reprendre", territoire)


def envoyer_le_code(request: HttpRequest, contact: str, depart: Depart) -> HttpResponse:
    """Ask for the code, to be typed in this browser."""
    instant = maintenant()
    secret = demander_code_de_depart(
        contact,
        depart,
        reseau=reseau_de(adresse_du_client(request)),
        ancien=request.COOKIES.get(settings.COOKIE_DU_CODE, ""),
        survenu_le=instant,
        langue=langue_de(get_language() or "").code,
    )
    if secret is None:
        return trop_d_essais(request, codes=True)
    reponse = HttpResponseRedirect(reverse("code-saisir"), status=303)
    poser_cookie(reponse, settings.COOKIE_DU_CODE, secret, max_age=get_limites_des_codes(instant).duree)
    return reponse


def arriver(request: HttpRequest, prouve: CourrielProuve, instant: datetime) -> HttpResponse:
    """What the right code opens: a session; in one that is open, the e-mail is proved, and what was begun with it is
    found.
    """
    visiteur: Visiteur | None = getattr(request, "visiteur", None)
    if visiteur is None:
        return _entrer(request, prouve, instant)
    prouver_le_sien(visiteur.session.compte, prouve, survenu_le=instant)
    territoire = prouve.depart.brouillon
    with dans(cellule_de(territoire)):
        if territoire not in {brouillon.territoire for brouillon in list_siens(visiteur.session.compte)}:
            return redirect("demande-commencer")
        demande = noter_le_courriel(lire_demande(cast(RequeteDuMenage, request), territoire), prouve.contact)
        return _suivre(request, demande, instant)


def _entrer(request: HttpRequest, prouve: CourrielProuve, instant: datetime) -> HttpResponse:
    venue = accueillir_par_courriel(prouve, survenu_le=instant)
    commences = lister_partout(lambda: list_siens(venue.compte))
    if len(commences) == 1:
        suite = reverse("demande-reprendre", args=[commences[0].territoire])
    else:
        suite = reverse(
            "espace"
            if not commences and lister_partout(lambda: list_envois(venue.compte))
            else "demande-commencer"
        )
    rotate_token(request)
    reponse = HttpResponseRedirect(suite_de(venue, suite, le=instant), status=303)
    poser_cookie(reponse, settings.COOKIE_DE_SESSION, venue.secret)
    return reponse


def _suivre(request: HttpRequest, demande: DemandeEnLigne, instant: datetime) -> HttpResponse:
    suite = demande.adresse(demande.suivante("contact"))
    if tires := tenir_la_reprise(demande, demande, survenu_le=instant):
        return montrer_les_mots(request, tires, suite=suite)
    return redirect(suite)


def _saisi(request: HttpRequest) -> dict[str, str] | None:
    """What was sent; the address that a button proposed, in place of the one typed."""
    if request.method != "POST":
        return None
    saisi = {nom: str(valeur) for nom, valeur in request.POST.items()}
    return saisi | ({"courriel": saisi["prendre"]} if "prendre" in saisi else {})


def _montrer(
    request: HttpRequest,
    formulaire: FormulaireCourriel,
    gabarit: str,
    *,
    demande: DemandeEnLigne | None = None,
) -> HttpResponse:
    proposee = formulaire.proposee if formulaire.is_valid() else ""
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "proposee": proposee,
        "proposee_lisible": f"\u2066{proposee}\u2069",  # from left to right in every language
        "tel_quel": TEL_QUEL,
        "demande": demande,
    }
    return render(request, gabarit, contexte)
