"""Every indicator in words; one of them through its definitions, which one person proposes and another publishes."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.infocentre.forms import FormulaireDefinition
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.rapports.actions.definir import proposer_definition, repondre_definition
from sne.infocentre.rapports.models import Issue
from sne.infocentre.rapports.possible import (
    exiger_definir,
    exiger_publier_definition,
    exiger_retirer_definition,
)
from sne.infocentre.rapports.rules.definitions import CHAMPS
from sne.infocentre.rapports.rules.formules import Definition, carte
from sne.infocentre.rapports.selectors.catalogue import get_lectures, list_catalogue
from sne.infocentre.rapports.selectors.definitions import list_emplois, list_versions
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

PROPOSEE = "Définition proposée. Une autre personne du pôle métier doit la publier."
REPONDUES = {
    Issue.VALIDEE: "Définition publiée. Un rapport la montre à partir de sa prochaine version.",
    Issue.REFUSEE: "Définition refusée. Rien ne change.",
    Issue.RETIREE: "Proposition retirée. Rien ne change.",
}


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def indicateurs(request: RequeteHabilitee) -> HttpResponse:
    """The catalogue: number, label and card of each."""
    lectures = get_lectures(aujourd_hui())
    contexte = {"indicateurs": [(d, carte(d, lectures)) for d in list_catalogue()]}
    return render(request, "guichet/infocentre/indicateurs.html", contexte)


@exiger(Permission.RAPPORT_LIRE)
@require_GET
def indicateur(request: RequeteHabilitee, code: str) -> HttpResponse:
    """One indicator: its definition of today, each one before and proposed, what differs, which reports show which."""
    versions, acteur = list_versions(code), request.acteur
    publiee = next(v.definition for v in versions if v.issue == Issue.VALIDEE)
    definit = not refus_de(exiger_definir, acteur)
    contexte = {
        "definition": publiee,
        "carte": carte(publiee, get_lectures(aujourd_hui())),
        "versions": [
            {
                "vue": v,
                "publie": not v.issue and not refus_de(exiger_publier_definition, acteur, v.auteur),
                "retire": not v.issue and not refus_de(exiger_retirer_definition, acteur, v.auteur),
            }
            for v in versions
            if v.issue == Issue.VALIDEE or definit
        ],
        "emplois": list_emplois(code, instant=maintenant()),
        "definit": definit,
        "attend": any(not v.issue for v in versions),
    }
    return render(request, "guichet/infocentre/indicateur.html", contexte)


@exiger(Permission.INDICATEUR_DEFINIR)
@require_http_methods(["GET", "POST"])
def definir(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Propose what an indicator means from now on, from what it means today."""
    publiee = next(v.definition for v in list_versions(code) if v.issue == Issue.VALIDEE)
    initial = {champ: getattr(publiee, champ) for champ in CHAMPS}
    formulaire = FormulaireDefinition(saisi_de(request), initial=initial)
    if formulaire.is_valid() and _proposer(request, publiee, formulaire):
        messages.success(request, PROPOSEE)
        return redirect("infocentre-indicateur", code)
    contexte = {
        "definition": publiee,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "mesures": MESURES.values(),
    }
    return render(request, "guichet/infocentre/definir.html", contexte)


@exiger(Permission.INDICATEUR_DEFINIR)
@require_POST
def repondre(request: RequeteHabilitee, code: str, indicateur_id: uuid.UUID) -> HttpResponse:
    """Publish, refuse or take back what was proposed."""
    issue = request.POST.get("issue", "")
    if issue not in Issue.values:
        messages.error(request, "Choisissez de publier, de refuser ou de retirer cette définition.")
        return redirect("infocentre-indicateur", code)
    try:
        repondre_definition(indicateur_id, Issue(issue), acte=acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
    else:
        messages.success(request, REPONDUES[Issue(issue)])
    return redirect("infocentre-indicateur", code)


def _proposer(request: RequeteHabilitee, publiee: Definition, formulaire: FormulaireDefinition) -> bool:
    lues = dict(formulaire.cleaned_data)
    motif = lues.pop("motif")
    return formulaire.tenter(
        proposer_definition, replace(publiee, **lues), motif=motif, acte=acte_de(request)
    )
