"""What somebody who signed in finds: their demandes as they stand today, or the question of a number."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sne.cellules.routage import cellule_de, dans, lister_joignables
from sne.demandeurs.actions import compter_parmi
from sne.demandeurs.rules.niveaux import Voie
from sne.demandeurs.selectors import get_limite_des_numeros, is_mineur
from sne.portail.forms import FormulaireNumero
from sne.portail.middleware import RequeteDuMenage
from sne.portail.views.connexion import finir
from sne.portail.views.reponses import trop_d_essais
from sne.registre.depot_en_ligne.selectors.envois import list_en_cours
from sne.registre.mandat.possible import exiger_proche
from sne.registre.modification.selectors.brouillons import list_siens
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_numero
from sne.registre.rattachement.actions.suivre import Suivie, suivre_demande
from sne.registre.rattachement.possible import exiger_deposant
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.selectors.requetes import RequeteLue, list_requetes
from sne.socle.debit import reseau_de
from sne.socle.erreurs import Introuvable, refus_de
from sne.socle.horloge import jour
from sne.socle.requete import adresse_du_client


@require_http_methods(["GET", "HEAD", "POST"])
def espace(request: RequeteDuMenage) -> HttpResponse:
    """« Ma demande » where a link is open; else the number is asked, and nothing says whether a demande exists."""
    if request.method == "POST":
        return _donner_le_numero(request)
    return finir(request) or _montrer(request, FormulaireNumero())


def _donner_le_numero(request: RequeteDuMenage) -> HttpResponse:
    visiteur, formulaire = request.visiteur, FormulaireNumero(request.POST)
    identite = visiteur.session.ouvrir().identite
    if identite is None:  # opened by a code, which opens one demande
        return redirect("espace")
    if formulaire.is_valid():
        limite, numero = get_limite_des_numeros(visiteur.instant), formulaire.cleaned_data["numero"]
        reseau = reseau_de(adresse_du_client(request))
        if compter_parmi(limite, reseau, numero, instant=visiteur.instant) > limite.nombre:
            return trop_d_essais(request)
        issue = rattacher_par_numero(
            numero,
            identite,
            compte=visiteur.session.compte,
            survenu_le=visiteur.instant,
        ).issue
        if issue is Issue.RELIEE:
            return redirect("espace")
        if issue is Issue.VERIFICATION:
            return _montrer(request, FormulaireNumero(), verification=True)
        formulaire.add_error(
            "numero", gettext("Nous ne pouvons pas ouvrir cette demande ici. Vérifiez le numéro.")
        )
    return _montrer(request, formulaire)


def _montrer(
    request: RequeteDuMenage, formulaire: FormulaireNumero, *, verification: bool = False
) -> HttpResponse:
    session = request.visiteur.session
    visites, absentes = request.visiteur.joignables
    lues = (_suivre(request, visite) for visite in visites)
    suivies = [lue for lue in lues if lue is not None]
    mineur = not suivies and _is_mineur(request)
    contexte = {
        "suivies": suivies,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "verification": verification or request.GET.get("verification") == "oui",
        "ailleurs": request.GET.get("ailleurs") == "oui",
        "par_code": session.voie is Voie.CODE,
        "par_courriel": session.voie is Voie.COURRIEL,
        "mineur": mineur,
        "absentes": bool(absentes),
        "brouillons": lister_joignables(lambda: list_siens(session.compte))[0],
        "envois": lister_joignables(lambda: list_en_cours(session.compte))[0],
        "proche": not refus_de(exiger_proche, session.voie),
        "deposant": not mineur and not refus_de(exiger_deposant, session.voie),
    }
    return render(request, "portail/menage/espace.html", contexte)


def _suivre(request: RequeteDuMenage, visite: Visite) -> tuple[Suivie, Sequence[RequeteLue]] | None:
    """A demande and what was asked of it, in its cell."""
    with dans(cellule_de(visite.lien.territoire)):
        try:
            lue = suivre_demande(visite, survenu_le=request.visiteur.instant)
        except Introuvable:
            return None
        return lue, list_requetes(visite) if lue.requerable else ()


def _is_mineur(request: RequeteDuMenage) -> bool:
    identite = request.visiteur.session.ouvrir().identite
    return identite is not None and is_mineur(identite.birthdate, le=jour(request.visiteur.instant))
