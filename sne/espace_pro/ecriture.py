"""Writing a page: one's texts, the draft with its preview, kept at each button, submitted to somebody else."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.espace_pro.cadre import montrer
from sne.espace_pro.forms import FormulairePage
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission, cles_de
from sne.site_pro.actions.rediger import commencer, enregistrer, jeter, soumettre
from sne.site_pro.models import BrouillonPage, Page
from sne.site_pro.rules.pages import PAPIERS, Genre
from sne.site_pro.selectors.documents import cartes
from sne.site_pro.selectors.lecture import list_pages
from sne.site_pro.selectors.redaction import (
    get_brouillon,
    get_page_a_ecrire,
    list_brouillons,
    list_soumises,
)
from sne.socle.erreurs import ConflitDeRevision, Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de
from sne.textes.rules import avec_documents, masquer_nir, rendre

LISTES = frozenset({"publics", "acces"})
SOUMISE = "Votre texte attend d’être relu par une autre personne."
REPRIS = ("titre", "reponse", "mots", "corps", "publics", "acces")
MODELES = (
    ("Titre", "## Titre"),
    ("Titre plus petit", "### Titre"),
    ("Gras", "**mots**"),
    ("Liste", "- un\n- deux"),
    ("Étapes", "::: etapes\n1. Un\n2. Deux\n:::"),
    ("Attention", "::: attention\nTexte\n:::"),
    ("Encart", "::: encart\nTexte\n:::"),
    ("Question", "::: question\nTexte\n:::"),
    ("Tableau", "| Un | Deux |\n|---|---|\n| a | b |"),
    ("Lien vers un autre site", "[mots](https://exemple.fr/)"),
)
"""What the text may hold, each as it is typed: copied where no script puts it in."""


@exiger(Permission.CONTENU_PROPOSER)
@require_GET
def brouillons(request: RequeteHabilitee) -> HttpResponse:
    """One's drafts, and what one submitted that waits or came back."""
    contexte = {"brouillons": list_brouillons(request.acteur), "soumises": list_soumises(request.acteur)}
    return montrer(request, "espace_pro/brouillons.html", contexte, onglet="aide-brouillons")


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def nouvelle(request: RequeteHabilitee) -> HttpResponse:
    """A draft of a page that does not exist yet."""
    return redirect("aide-ecrire", commencer(None, {}, acte=acte_de(request)))


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def modifier(request: RequeteHabilitee, code: str) -> HttpResponse:
    """A draft of a page as it was last written."""
    return redirect("aide-ecrire", reprendre(request, code))


def reprendre(request: RequeteHabilitee, code: str, **dits: str) -> uuid.UUID:
    """The draft of this page, from its last text that one may read, with ``dits``."""
    acte = acte_de(request)
    page = get_page_a_ecrire(code, request.acteur, cles=cles_de(request.acteur), le=acte.survenu_le)
    return commencer(page, _dernier_texte(request, page) | dits, acte=acte)


@exiger(Permission.CONTENU_PROPOSER)
@require_http_methods(["GET", "POST"])
def ecrire(request: RequeteHabilitee, brouillon: uuid.UUID) -> HttpResponse:
    """The text and what it gives. Each button keeps it; submitting says what is missing, on its field."""
    ouvert = get_brouillon(brouillon, request.acteur)
    if request.method == "GET":
        formulaire = FormulairePage(initial=_initial(ouvert.contenu), neuve=ouvert.page is None)
        return _page(request, ouvert, formulaire, ouvert.contenu)
    saisi = ouvert.contenu | _saisi(request, ouvert)
    formulaire = FormulairePage(request.POST, neuve=ouvert.page is None)
    acte = acte_de(request)
    try:
        ouvert.numero = enregistrer(brouillon, saisi, numero=_numero(request), acte=acte)
    except ConflitDeRevision as refus:
        formulaire = FormulairePage(initial=_initial(saisi), neuve=ouvert.page is None)
        return _page(request, ouvert, formulaire, saisi, conflit=refus.phrase)
    ouvert.modifie_le = acte.survenu_le
    if "soumettre" not in request.POST:
        vierge = FormulairePage(initial=_initial(saisi), neuve=ouvert.page is None)
        return _page(request, ouvert, vierge, saisi)
    if formulaire.is_valid():
        try:
            avis = saisi.get("avis")
            soumettre(brouillon, avis=uuid.UUID(avis) if avis else None, acte=acte)
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, SOUMISE)
            return redirect("aide-brouillons")
    return _page(request, ouvert, formulaire, saisi)


@exiger(Permission.CONTENU_PROPOSER)
@require_POST
def jeter_brouillon(request: RequeteHabilitee, brouillon: uuid.UUID) -> HttpResponse:
    """A draft of one's own is thrown away."""
    jeter(brouillon, acte=acte_de(request))
    messages.success(request, "Le brouillon est supprimé.")
    return redirect("aide-brouillons")


def _page(
    request: RequeteHabilitee,
    ouvert: BrouillonPage,
    formulaire: FormulairePage,
    saisi: Mapping[str, Any],
    *,
    conflit: str = "",
) -> HttpResponse:
    apercu, illisible = "", ""
    try:
        rendu = rendre(masquer_nir(str(saisi.get("corps", ""))))
        apercu = avec_documents(
            rendu.html, cartes(rendu.documents, cles=cles_de(request.acteur), le=maintenant())
        )
    except Interdit as refus:
        illisible = refus.phrase
    pages = list_pages(cles=cles_de(request.acteur), le=maintenant())
    contexte = {
        "brouillon": ouvert,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "saisi": saisi,
        "apercu": apercu,
        "illisible": illisible,
        "conflit": conflit,
        "modeles": MODELES,
        "pages": pages,
        "documents": [p for p in pages if Genre(p.genre) in PAPIERS],
    }
    return montrer(request, "espace_pro/ecrire.html", contexte, statut=409 if conflit else 200)


def _saisi(request: HttpRequest, ouvert: BrouillonPage) -> dict[str, Any]:
    noms = FormulairePage(neuve=ouvert.page is None).fields
    lus = {nom: request.POST.getlist(nom) for nom in noms}
    return {nom: valeurs if nom in LISTES else "".join(valeurs[:1]) for nom, valeurs in lus.items()}


def _initial(contenu: Mapping[str, Any]) -> dict[str, Any]:
    return {**contenu, "acces": next(iter(contenu.get("acces", ())), "")}


def _numero(request: HttpRequest) -> int:
    lu = request.POST.get("lu", "")
    return int(lu) if lu.isdecimal() and len(lu) < 9 else 0


def _dernier_texte(request: RequeteHabilitee, page: Page) -> dict[str, Any]:
    """Of the last revision of one's own or online; a revision of somebody else that waits is not shown here."""
    siennes = page.revisions.filter(auteur=request.acteur.id)
    en_ligne = page.revisions.filter(
        effet_le__lte=maintenant(), acces__overlap=sorted(cles_de(request.acteur))
    )
    derniere = (siennes | en_ligne).order_by("-numero").first()
    return {nom: getattr(derniere, nom) for nom in REPRIS} if derniere else {}
