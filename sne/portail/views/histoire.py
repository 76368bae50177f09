"""« Qui a vu ma demande » of somebody who signed in; « Ce n’est pas moi » on a line; codes refused, or taken again."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sne.attestations.actions import imprimer_son_historique
from sne.attestations.rules.historique import COUPEE
from sne.portail.forms import FormulaireContestation
from sne.portail.histoire import dire_ligne
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import visite_de
from sne.registre.avis.selectors.oppositions import get_rappel_avant
from sne.registre.lecture.actions.historique_demandeur import Format
from sne.registre.lecture.selectors.adresses_historique import lire_demandee, presenter_histoire
from sne.registre.rattachement.actions.historique import (
    copier_son_historique,
    lire_ligne,
    suivre_historique,
)
from sne.registre.rattachement.actions.signaler import fermer_au_code, rouvrir_au_code, signaler
from sne.saisie.presentation.histoire import COLONNES, en_lignes
from sne.socle.fichiers import en_fichier
from sne.socle.horloge import aujourd_hui
from sne.socle.pages import lire_place
from sne.socle.requete import identifiant
from sne.socle.tableur import TYPES, en_csv
from sne.socle.tableur import Format as Tableur


@require_safe
def historique(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Each reading, change and sign-in; a number that they do not follow is no page."""
    visite, demandee = visite_de(request, nud), lire_demandee(request.GET.dict())
    lu = suivre_historique(
        visite,
        demandee,
        survenu_le=request.visiteur.instant,
        position=lire_place(request.GET.get("place", "")),
    )
    contexte = {
        "nud": nud,
        "histoire": presenter_histoire(lu.page.montrer(map(dire_ligne, lu.page.lignes)), demandee, lu.annees),
        "copiable": lu.copiable,
        "contester": reverse("historique", args=[nud]) if lu.contestable else "",
        "code_ferme": lu.code_ferme,
        "code_refus": lu.code_refus,
    }
    return render(request, "portail/menage/historique.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def contester(request: RequeteDuMenage, nud: str, entree: uuid.UUID) -> HttpResponse:
    """The line, and a button: opening this page changes nothing. What is refused comes back with what was typed."""
    visite, poste = visite_de(request, nud), request.POST
    ligne = dire_ligne(lire_ligne(visite, entree))
    formulaire = FormulaireContestation(initial={"formulaire": uuid.uuid4()})
    if request.method == "POST":
        cle = identifiant(poste.get("formulaire", "")) or uuid.uuid4()
        dits: dict[str, Any] = {"formulaire": cle, "contact": poste.get("contact", "")}
        formulaire = FormulaireContestation(dits)
        if formulaire.tenter(signaler, visite, entree, **dits, survenu_le=request.visiteur.instant):
            return redirect("signalement-recu")
    contexte = {
        "ligne": ligne,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "retour": reverse("historique", args=[nud]),
    }
    return render(request, "portail/menage/contester.html", contexte)


@login_not_required
@require_safe
def signalement_recu(request: HttpRequest) -> HttpResponse:
    """What follows the button, to somebody whose session may have ended with it: it says nothing of whom."""
    return render(
        request, "portail/menage/signalement_recu.html", {"rappel": get_rappel_avant(aujourd_hui())}
    )


@require_POST
def copier(request: RequeteDuMenage, nud: str) -> HttpResponse | StreamingHttpResponse:
    """The whole history in a file: to read, or for a spreadsheet. What cannot be printed is said on the page of it."""
    visite, instant = visite_de(request, nud), request.visiteur.instant
    if request.POST.get("format") == Format.CSV:
        copie = copier_son_historique(visite, Format.CSV, survenu_le=instant)
        lignes = en_csv(COLONNES, en_lignes(copie.lignes), fin=COUPEE if copie.coupe else "")
        return en_fichier(
            StreamingHttpResponse(lignes, content_type=TYPES[Tableur.CSV]), f"historique-{nud}.csv"
        )
    fichier = imprimer_son_historique(visite, survenu_le=instant)
    return en_fichier(HttpResponse(fichier.contenu, content_type="application/pdf"), fichier.nom)


@require_POST
def choisir_le_code(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Have codes refused for this demande, or let them open it again."""
    acte = rouvrir_au_code if request.POST.get("code") == "rouvrir" else fermer_au_code
    acte(visite_de(request, nud), survenu_le=request.visiteur.instant)
    return redirect("historique", nud)
