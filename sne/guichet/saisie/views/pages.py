"""One page of entry, whatever is being typed: saved before it is judged, then what the button says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sne.guichet.sensibilisation.ecran import noter_lecture, rappel_a_montrer
from sne.saisie.aide import aide_de
from sne.saisie.brut import (
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
from sne.saisie.cadre import get_lecture
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.etapes import DERNIERE, Etat, etape_de, voisines
from sne.saisie.forms.pages import PAGES, titre_de
from sne.saisie.forms.pages.page import Page
from sne.saisie.presentation import identite as presentation
from sne.socle.forms import ErreurDeChamp
from sne.socle.requete import RequeteHabilitee

TITRE = "#titre-etape"
"""After a save the focus goes to the title of the page: the next key is for its first field, not for the menu."""
QUITTE = "Brouillon enregistré. Vous le retrouvez sur cette page."


def traiter_page(request: RequeteHabilitee, saisie: SaisieEnCours, etape: str, page: str) -> HttpResponse:
    """One page of a step: shown as it was left, or saved and followed by the next one. Raises ``Http404``."""
    code = page or etape
    if code not in PAGES or PAGES[code].etape != etape or not PAGES[code].concerne(saisie.contenu):
        raise Http404
    if request.method == "POST":
        return _enregistrer(request, saisie, code)
    return _montrer(request, saisie, code, saisie.page(code))


def _enregistrer(request: RequeteHabilitee, saisie: SaisieEnCours, code: str) -> HttpResponse:
    """Save first, then do what the button says."""
    noter_lecture(request)
    saisi = brut_de(request.POST)
    retraits = lignes_retirees(saisi, PAGES[code])
    brut, nouvelle_ligne = appliquer_boutons(saisi, PAGES[code])
    page = saisie.construire(code, brut, controler=CONTINUER in brut)
    saisie = saisie.garder(code, brut, acteur=request.acteur, retraits=retraits)
    if CONTINUER in brut and not page.valide:
        return _montrer(request, saisie, code, page)
    return redirect(_suite(request, saisie, code, nouvelle_ligne))


def _suite(request: RequeteHabilitee, saisie: SaisieEnCours, code: str, nouvelle_ligne: str) -> str:
    precedente, suivante = voisines(saisie.etapes, code)
    ici = saisie.adresse(code)
    if "quitter" in request.POST:
        messages.success(request, QUITTE)
        return reverse("accueil")
    if "terminer" in request.POST:
        return f"{saisie.adresse(DERNIERE)}{TITRE}"
    if nouvelle_ligne:
        return f"{ici}?ligne={nouvelle_ligne}"
    if CONTINUER in request.POST:
        return f"{saisie.adresse(suivante)}{TITRE}"
    return f"{saisie.adresse(precedente)}{TITRE}" if "precedente" in request.POST and precedente else ici


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


def _montrer(request: RequeteHabilitee, saisie: SaisieEnCours, code: str, page: Page) -> HttpResponse:
    contexte = contexte_page(saisie, code)
    change = page.etat_civil and saisie.brouillon.revision is not None
    rappel = rappel_a_montrer(request) if change else None
    contexte |= {"page": page, "erreurs": page.erreurs, "rappel": rappel}
    page.commencer_par(request.GET.get("ligne", ""))
    return render(request, saisie.gabarit, contexte)


def pages_a_corriger(saisie: SaisieEnCours) -> tuple[ErreurDeChamp, ...]:
    """A line of the error summary for each page where something typed is wrong, leading to it."""
    return tuple(
        ErreurDeChamp(f"{page.titre}\u00a0: {page.etat}.", saisie.adresse(page.code))
        for etape in saisie.etapes
        for page in etape.pages
        if page.etat is Etat.A_CORRIGER
    )


def contexte_page(saisie: SaisieEnCours, code: str) -> dict[str, object]:
    """What every page shows around its form: the stepper, who it is about, what is already there."""
    liste = saisie.etapes
    precedente, suivante = voisines(liste, code)
    etape = etape_de(liste, code)
    return {
        "enregistrement": saisie,
        "code": code,
        "titre": titre_de(code),
        "aide": aide_de(saisie.aide_finale if code == DERNIERE else code),
        "rang": etape.rang,
        "suite": bool(etape.pages) and code != etape.pages[0].code,
        "total": len(liste),
        "suivante": titre_de(suivante) if suivante else "",
        "precedente": precedente,
        "nirs": saisie.nirs_connus,
        "revision": saisie.brouillon.revision,
        "remarques": saisie.remarques_de(code),
        "adresse": saisie.adresse(code),
        "liens_etapes": [(page, saisie.adresse(page.code)) for etape in liste for page in etape.pages],
        "adresse_verifier": saisie.adresse(DERNIERE),
        "deja": presentation.deja_saisi(saisie.contenu, get_lecture(saisie.cadre.aujourd_hui)),
    }
