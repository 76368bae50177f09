"""Enquiries: the list, one of them with everything that is done on it, the page that opens one from a file."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.enquete.forms import (
    FormulaireDecision,
    FormulaireElement,
    FormulaireFin,
    FormulaireLevee,
    FormulaireLien,
    FormulaireOuverture,
)
from sne.guichet.enquete.presentation import grouper, presenter_enquete, presenter_ligne
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.guichet.restauration.presentation import etat_de_la_requete
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.avis.selectors.oppositions import list_oppositions
from sne.registre.demande.selectors.existence import get_demande_id
from sne.registre.enquete.actions.enquetes import (
    ajouter_element,
    clore_enquete,
    consulter_enquete,
    lier_demande,
    ouvrir_enquete,
)
from sne.registre.enquete.actions.gels import decider_levee, demander_levee, geler
from sne.registre.enquete.possible import exiger_enquete_ouvrable
from sne.registre.enquete.rules.enquete import NatureElement
from sne.registre.enquete.selectors.enquetes import EnqueteLue, get_enquete, list_pieces
from sne.registre.listes.rules.listes import CodeFile
from sne.registre.restauration.possible import exiger_restauration_demandable
from sne.registre.restauration.selectors import list_requetes, list_retours_a_decider
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.forms import Formulaire
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant, saisi_de

FAIT: Mapping[str, str] = {
    "noter": "Élément ajouté à l’enquête.",
    "lier": "Demande ajoutée à l’enquête.",
    "figer": "Dossier figé.",
    "demander": "Levée demandée. Une autre personne doit décider.",
    "decider": "Décision enregistrée.",
    "clore": "Enquête close.",
}
FORMULAIRES: Mapping[str, type[Formulaire]] = {
    "noter": FormulaireElement,
    "lier": FormulaireLien,
    "demander": FormulaireLevee,
    "decider": FormulaireDecision,
    "clore": FormulaireFin,
}
REPETES = frozenset({"demander", "decider"})
"""Acts of which the page shows a form for each frozen file."""
CHAMPS = {"reference": "piece"}
"""Fields of the register under the name that the page gives them."""


@exiger(Permission.ENQUETE_LIRE)
@require_GET
def enquetes(request: RequeteHabilitee) -> HttpResponse:
    """Open enquiries, the oldest first; ended ones on the other tab, the newest first."""
    closes = request.GET.get("etat") == "closes"
    page, de_la_file = ouvrir_file(request, CodeFile.ENQUETES)
    retenir(request, "Enquêtes", (("", reverse("enquete", args=[e.id])) for e in page.lignes))
    contexte = de_la_file | {
        "closes": closes,
        "lignes": [presenter_ligne(e) for e in page.lignes],
        "a_decider": list_retours_a_decider([e.id for e in page.lignes], request.acteur),
    }
    return render(request, "guichet/enquete/liste.html", contexte)


@exiger(Permission.ENQUETE_OUVRIR)
@require_http_methods(["GET", "POST"])
def ouvrir(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Why an enquiry is opened on this file; it may be frozen in the same act."""
    fiche = lire_demande(request, nud)
    exiger_enquete_ouvrable(fiche.demande, request.acteur)
    formulaire = FormulaireOuverture(saisi_de(request))
    if fiche.gel:
        del formulaire.fields["figer"]
    if formulaire.is_valid():
        ouverte = _ouvrir(request, fiche.demande.id, formulaire)
        if ouverte is not None:
            return redirect("enquete", ouverte)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/enquete/ouvrir.html", contexte)


def _ouvrir(
    request: RequeteHabilitee, demande_id: uuid.UUID, formulaire: FormulaireOuverture
) -> uuid.UUID | None:
    """Open, then freeze if asked; a refusal about a field comes back beside it."""
    valeurs = formulaire.cleaned_data
    qui: dict[str, Any] = {"acte": acte_de(request)}
    try:
        enquete = ouvrir_enquete(demande_id, motif=valeurs["motif"], precision=valeurs["precision"], **qui)
    except Interdit as refus:
        _refuser(formulaire, refus)
        return None
    if valeurs.get("figer"):
        try:
            geler(demande_id, enquete_id=enquete, **qui)
        except Interdit as refus:  # somebody else froze it meanwhile: the enquiry is open all the same
            messages.warning(request, refus.phrase)
    messages.success(request, "Enquête ouverte. Les guichets n’en voient rien.")
    return enquete


@exiger(Permission.ENQUETE_LIRE)
@require_http_methods(["GET", "POST"])
def enquete(request: RequeteHabilitee, enquete_id: uuid.UUID) -> HttpResponse:
    """Everything of one enquiry; what is posted says which act it is."""
    if request.method == "GET":
        return _montrer(request, consulter_enquete(enquete_id, acte=acte_de(request)))
    lue, acte = get_enquete(enquete_id, request.acteur), request.POST.get("acte", "")
    if acte not in ACTES:
        raise Http404
    if acte not in FORMULAIRES:
        return _faire(request, lue, acte, {})
    vise = request.POST.get("vise", "") if acte in REPETES else ""
    formulaire = _formulaire(request, lue, acte, vise=vise, poste=True)
    if formulaire.is_valid():
        try:
            return _faire(request, lue, acte, formulaire.cleaned_data)
        except Interdit as refus:
            _refuser(formulaire, refus)
    return _montrer(request, lue, formulaire)


def _faire(request: RequeteHabilitee, lue: EnqueteLue, acte: str, valeurs: Mapping[str, Any]) -> HttpResponse:
    ACTES[acte](request, lue, valeurs)
    messages.success(request, FAIT[acte])
    return apres(request, reverse("enquete", args=[lue.id]))


def _noter(request: RequeteHabilitee, lue: EnqueteLue, valeurs: Mapping[str, Any]) -> None:
    nature, _, reference = valeurs["piece"].partition(":")
    ajouter_element(
        lue.id,
        nature=NatureElement(nature or "NOTE"),
        reference=identifiant(reference),
        texte=valeurs["texte"],
        acte=acte_de(request),
    )


def _lier(request: RequeteHabilitee, lue: EnqueteLue, valeurs: Mapping[str, Any]) -> None:
    try:
        demande_id = get_demande_id(valeurs["numero"], request.acteur)
    except Introuvable as refus:
        raise Interdit(refus.phrase, champ="numero") from None
    lier_demande(lue.id, demande_id, acte=acte_de(request))


def _figer(request: RequeteHabilitee, lue: EnqueteLue, _: Mapping[str, Any]) -> None:
    geler(_vise(request), enquete_id=lue.id, acte=acte_de(request))


def _demander(request: RequeteHabilitee, _: EnqueteLue, valeurs: Mapping[str, Any]) -> None:
    demander_levee(_vise(request), **valeurs, acte=acte_de(request))


def _decider(request: RequeteHabilitee, _: EnqueteLue, valeurs: Mapping[str, Any]) -> None:
    decider_levee(_vise(request), **valeurs, acte=acte_de(request))


def _clore(request: RequeteHabilitee, lue: EnqueteLue, valeurs: Mapping[str, Any]) -> None:
    clore_enquete(lue.id, **valeurs, acte=acte_de(request))


ACTES: Mapping[str, Callable[[RequeteHabilitee, EnqueteLue, Mapping[str, Any]], None]] = {
    "noter": _noter,
    "lier": _lier,
    "figer": _figer,
    "demander": _demander,
    "decider": _decider,
    "clore": _clore,
}


def _formulaire(
    request: RequeteHabilitee, lue: EnqueteLue, acte: str, *, vise: str = "", poste: bool = False
) -> Formulaire:
    """One form of the page; ``vise``: what it is about, when the page shows several of a kind."""
    options: dict[str, Any] = {"prefix": f"{acte}-{vise}" if vise else acte}
    if acte == "noter":
        options["pieces"] = grouper(list_pieces(lue, request.acteur))
    return FORMULAIRES[acte](request.POST if poste else None, **options)


def _montrer(request: RequeteHabilitee, lue: EnqueteLue, poste: Formulaire | None = None) -> HttpResponse:
    """The page; the form that was refused holds what was typed."""

    def formulaire(acte: str, vise: str = "") -> Formulaire:
        neuf = _formulaire(request, lue, acte, vise=vise)
        return poste if poste is not None and poste.prefix == neuf.prefix else neuf

    presente = presenter_enquete(lue, request.acteur)
    contexte = {
        "presente": presente,
        "formulaires": {acte: formulaire(acte) for acte in ("noter", "lier", "clore")},
        "gels": [(g, formulaire(g.acte, str(g.vise)) if g.acte else None) for g in presente.gels],
        "oppositions": list_oppositions(lue.id, request.acteur),
        "erreurs": poste.erreurs() if poste else (),
        **_retours(request, lue),
    }
    return render(request, "guichet/enquete/enquete.html", contexte)


def _retours(request: RequeteHabilitee, lue: EnqueteLue) -> dict[str, Any]:
    """Demandes that may be put back as they were, and what was asked of it already."""
    requetes = list_requetes(lue.id, request.acteur)
    attendent = {r.nud for r in requetes if r.issue is None}
    peut = not refus_de(exiger_restauration_demandable, lue, request.acteur)
    return {
        "retours": [
            (etat_de_la_requete(r, request.acteur), reverse("retablir-decider", args=[r.id]))
            for r in requetes
        ],
        "a_retablir": [d for d in lue.demandes if peut and d.nud not in attendent],
    }


def _refuser(formulaire: Formulaire, refus: Interdit) -> None:
    champ = CHAMPS.get(refus.champ, refus.champ)
    formulaire.add_error(champ if champ in formulaire.fields else None, refus.phrase)


def _vise(request: RequeteHabilitee) -> uuid.UUID:
    """The demande, freeze or request that the button is about. Raises ``Introuvable``."""
    vise = identifiant(request.POST.get("vise", ""))
    if vise is None:
        raise Introuvable("Cet élément n’est pas de cette enquête.")
    return vise
