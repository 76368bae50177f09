"""The steps of a registration, one address each; what is typed is saved before it is judged."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.demandes import presentation
from sne.guichet.demandes.brut import (
    BOUTONS,
    CONTINUER,
    Brut,
    ajouter_ligne,
    brut_de,
    lignes_vides,
    lire_bouton,
    premier,
    retirer_ligne,
)
from sne.guichet.demandes.enregistrement import Enregistrement, get_enregistrement, get_lecture
from sne.guichet.demandes.etapes import DERNIERE, etape_de, voisines
from sne.guichet.demandes.forms.pages import PAGES, Page, titre_de
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.actions.brouillons import abandonner_brouillon
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def etape(request: RequeteHabilitee, brouillon_id: uuid.UUID, etape: str, page: str = "") -> HttpResponse:
    """One page of a step: shown as it was left, or saved and followed by the next one."""
    code = page or etape
    if code not in PAGES or PAGES[code].etape != etape:
        raise Http404
    enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
    if not PAGES[code].concerne(enregistrement.contenu):
        raise Http404
    if request.method == "POST":
        return _enregistrer(request, enregistrement, code)
    return _montrer(request, enregistrement, code, enregistrement.page(code))


@exiger(Permission.DEMANDE_DEPOSER)
@require_http_methods(["GET", "POST"])
def abandonner(request: RequeteHabilitee, brouillon_id: uuid.UUID) -> HttpResponse:
    """Drop a draft for good, once asked whether that is meant."""
    if request.method == "GET":
        enregistrement = get_enregistrement(brouillon_id, request.acteur, le=aujourd_hui())
        return render(request, "guichet/demandes/abandonner.html", {"enregistrement": enregistrement})
    abandonner_brouillon(brouillon_id, acteur=request.acteur)
    messages.success(request, "Brouillon supprimé.")
    return redirect("accueil")


def _enregistrer(request: RequeteHabilitee, enregistrement: Enregistrement, code: str) -> HttpResponse:
    """Save first, then do what the button says."""
    saisi = brut_de(request.POST)
    retraits = lignes_retirees(saisi, PAGES[code])
    brut, nouvelle_ligne = appliquer_boutons(saisi, PAGES[code])
    page = enregistrement.construire(code, brut, controler=CONTINUER in brut)
    enregistrement = enregistrement.garder(code, brut, acteur=request.acteur, retraits=retraits)
    if CONTINUER in brut and not page.valide:
        return _montrer(request, enregistrement, code, page)
    return redirect(_suite(request, enregistrement, code, nouvelle_ligne))


def _suite(request: RequeteHabilitee, enregistrement: Enregistrement, code: str, nouvelle_ligne: str) -> str:
    precedente, suivante = voisines(enregistrement.etapes, code)
    ici = enregistrement.adresse(code)
    if "quitter" in request.POST:
        messages.success(request, "Brouillon enregistré. Vous le retrouvez sur cette page.")
        return reverse("accueil")
    if "terminer" in request.POST:
        return enregistrement.adresse(DERNIERE)
    if nouvelle_ligne:
        return f"{ici}?ligne={nouvelle_ligne}"
    if CONTINUER in request.POST:
        return enregistrement.adresse(suivante)
    return enregistrement.adresse(precedente) if "precedente" in request.POST and precedente else ici


def lignes_retirees(brut: Brut, page: type[Page]) -> list[tuple[str, int]]:
    """Rows (group, rank) to take out, one after the other: by « Retirer », then those where nothing was said."""
    bouton = lire_bouton(premier(brut, "retirer"), page.groupes)
    retraits = [bouton] if bouton else []
    for groupe, rang in retraits:
        brut = retirer_ligne(brut, groupe, rang)
    for groupe, ignores in page.sans_valeur.items():
        vides = lignes_vides(brut, groupe, ignores=ignores)
        retraits += [(groupe, rang) for rang in vides]
    return retraits


def appliquer_boutons(brut: Brut, page: type[Page]) -> tuple[Brut, str]:
    """What was typed after « Ajouter » or « Retirer », without the buttons; and the row to put the focus in."""
    ajout, nouvelle = premier(brut, "ajouter"), ""
    retraits = lignes_retirees(brut, page)
    brut = {nom: valeurs for nom, valeurs in brut.items() if nom not in BOUTONS}
    for groupe, rang in retraits:
        brut = retirer_ligne(brut, groupe, rang)
    if ajout in page.groupes:
        brut = ajouter_ligne(brut, ajout, maximum=page.groupes[ajout])
        nouvelle = f"{ajout}-{premier(brut, f'{ajout}-nombre')}"
    return page.completer(brut), nouvelle


def _montrer(
    request: RequeteHabilitee, enregistrement: Enregistrement, code: str, page: Page
) -> HttpResponse:
    contexte = contexte_etape(enregistrement, code)
    contexte |= {"page": page, "erreurs": page.erreurs}
    page.commencer_par(request.GET.get("ligne", ""))
    return render(request, "guichet/demandes/etape.html", contexte)


def contexte_etape(enregistrement: Enregistrement, code: str) -> dict[str, object]:
    """What every page shows around its form: the stepper, who it is about, what is already there."""
    liste = enregistrement.etapes
    precedente, suivante = voisines(liste, code)
    etape = etape_de(liste, code)
    return {
        "enregistrement": enregistrement,
        "code": code,
        "titre": titre_de(code),
        "rang": etape.rang,
        "suite": bool(etape.pages) and code != etape.pages[0].code,
        "total": len(liste),
        "suivante": titre_de(suivante) if suivante else "",
        "precedente": precedente,
        "adresse": enregistrement.adresse(code),
        "liens_etapes": [
            (page, enregistrement.adresse(page.code)) for etape in liste for page in etape.pages
        ],
        "adresse_verifier": enregistrement.adresse(DERNIERE),
        "deja": presentation.deja_saisi(
            enregistrement.contenu, get_lecture(enregistrement.cadre.aujourd_hui)
        ),
    }
