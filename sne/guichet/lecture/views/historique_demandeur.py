"""« Ce que le demandeur voit », and the copy that a person leaves with."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sne.attestations.actions import imprimer_historique
from sne.attestations.rules.historique import COUPEE, RESERVEES
from sne.guichet.lecture.forms.historique_demandeur import FormulaireCopie
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.actions.historique_demandeur import (
    Format,
    consulter_historique,
    remettre_historique,
)
from sne.registre.lecture.selectors.adresses_historique import lire_demandee, presenter_histoire
from sne.saisie.presentation.histoire import COLONNES, en_lignes
from sne.socle.erreurs import Interdit
from sne.socle.fichiers import en_fichier, en_tableur
from sne.socle.pages import lire_place
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.DEMANDE_LIRE)
@require_GET
def voir(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The history in the words of one adult of the demande; opening it is a line of it."""
    return _montrer(request, nud, FormulaireCopie())


@exiger(Permission.HISTORIQUE_REMETTRE)
@require_POST
def remettre(request: RequeteHabilitee, nud: str) -> HttpResponse | StreamingHttpResponse:
    """The whole history in a file; what is missing comes back beside its field."""
    formulaire = FormulaireCopie(request.POST)
    if not formulaire.is_valid():
        return _montrer(request, nud, formulaire)
    try:
        return _remettre(request, nud, Format(formulaire.cleaned_data["format"]))
    except Interdit as refus:
        formulaire.refuser(refus)
        return _montrer(request, nud, formulaire)


def _remettre(request: RequeteHabilitee, nud: str, format_: Format) -> HttpResponse | StreamingHttpResponse:
    """The form said that the person showed who they are; the act refuses it otherwise."""
    champs: dict[str, Any] = {
        "rang": lire_rang(request.POST.get("adulte", "")),
        "verifiee": True,
        "acte": acte_de(request),
    }
    if format_ is Format.PDF:
        fichier = imprimer_historique(nud, **champs)
        return en_fichier(HttpResponse(fichier.contenu, content_type="application/pdf"), fichier.nom)
    copie = remettre_historique(nud, format_=format_, **champs)
    fin = " ".join(phrase for phrase, vrai in ((COUPEE, copie.coupe), (RESERVEES, copie.reserves)) if vrai)
    return en_tableur(f"historique-{copie.demande.nud}", COLONNES, en_lignes(copie.lignes), fin=fin)


def _montrer(request: RequeteHabilitee, nud: str, formulaire: FormulaireCopie) -> HttpResponse:
    lus = request.POST if formulaire.is_bound else request.GET
    demandee, rang = lire_demandee(request.GET.dict()), lire_rang(lus.get("adulte", ""))
    lu = consulter_historique(
        nud,
        demandee,
        acte=acte_de(request),
        rang=rang,
        position=lire_place(request.GET.get("place", "")),
        relue=formulaire.is_bound,
    )
    contexte = {
        "lu": lu,
        "adulte": lu.adultes[lu.rang],
        "histoire": presenter_histoire(lu.page, demandee, lu.annees, adulte=str(rang or "")),
        "remet": lu.remettable,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/lecture/historique_demandeur.html", contexte)


def lire_rang(texte: str) -> int:
    """Rank of an adult, from an address; that of the applicant when the address holds no rank."""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 3 else 0
