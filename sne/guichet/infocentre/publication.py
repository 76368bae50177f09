"""What becomes of each version: its names and dates on one line of time, who still opens it, what is proposed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.infocentre.forms import FormulaireDecision, FormulaireVersion
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.infocentre.rapports.actions.decider import proposer_decision, repondre_decision
from sne.infocentre.rapports.actions.ecrire import ecrire_version
from sne.infocentre.rapports.models import Issue
from sne.infocentre.rapports.possible import exiger_definir, exiger_retirer, exiger_valider
from sne.infocentre.rapports.rules.vie import NATURES, Decision, NatureDecision
from sne.infocentre.rapports.selectors.catalogue import list_catalogue
from sne.infocentre.rapports.selectors.decisions import DecisionLue, list_decisions
from sne.infocentre.rapports.selectors.lectures import count_retardataires, get_lectorat
from sne.infocentre.rapports.selectors.versions import get_rapport, list_rapports
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

PROPOSEE = "Décision proposée. Une autre personne du pôle métier doit la valider."
REPONDUES = {
    Issue.VALIDEE: "Décision validée. Elle prend effet d’elle-même à sa date.",
    Issue.REFUSEE: "Décision refusée. Rien ne change.",
    Issue.RETIREE: "Proposition retirée. Rien ne change.",
}


@exiger(Permission.RAPPORT_PUBLIER)
@require_GET
def publication(request: RequeteHabilitee) -> HttpResponse:
    """Every report, with its versions of today."""
    instant = maintenant()
    rapports = [
        (lu, [(v, v.vie.nom(instant), v.vie.en_vigueur(instant)) for v in lu.versions.values()])
        for lu in list_rapports()
    ]
    return render(request, "guichet/infocentre/publication.html", {"rapports": rapports})


@exiger(Permission.RAPPORT_PUBLIER)
@require_http_methods(["GET", "POST"])
def rapport(request: RequeteHabilitee, code: str) -> HttpResponse:
    """One report: versions, time line, readers; a valid form proposes a decision."""
    lu, instant, le = get_rapport(code), maintenant(), aujourd_hui()
    choix = [
        (str(v.numero), f"Version {v.numero}, {v.vie.nom(instant) or 'non publiée'}")
        for v in lu.versions.values()
    ]
    formulaire = FormulaireDecision(saisi_de(request), versions=choix)
    if formulaire.is_valid() and _proposer(request, code, formulaire):
        messages.success(request, PROPOSEE)
        return redirect("infocentre-publier", code)
    courantes = lu.courantes(instant)
    contexte = {
        "rapport": lu,
        "versions": [
            {
                "version": v,
                "nom": v.vie.nom(instant),
                "en_vigueur": v.vie.en_vigueur(instant),
                "retiree": v.vie.retiree(instant),
                "lectorat": get_lectorat(v, le=le),
                "retardataires": count_retardataires(v, courantes[0])
                if courantes and v in courantes[1:]
                else 0,
            }
            for v in lu.versions.values()
        ],
        "decisions": [_presenter(d, request) for d in list_decisions(code)],
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "definit": not refus_de(exiger_definir, request.acteur),
    }
    return render(request, "guichet/infocentre/publier.html", contexte)


@exiger(Permission.INDICATEUR_DEFINIR)
@require_http_methods(["GET", "POST"])
def ecrire(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Write a version, from the newest one; nothing of it is read before a decision publishes it."""
    lu = get_rapport(code)
    derniere = lu.versions[max(lu.versions)]
    initial = {"phrase": derniere.phrase, "colonnes": "\n".join(c.indicateur for c in derniere.colonnes)}
    formulaire = FormulaireVersion(saisi_de(request), initial=initial)
    if formulaire.is_valid() and _ecrire(request, code, formulaire):
        messages.success(request, "Version écrite. Elle sera lue quand une décision la publiera.")
        return redirect("infocentre-publier", code)
    contexte = {
        "rapport": lu,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "indicateurs": list_catalogue(),
    }
    return render(request, "guichet/infocentre/ecrire.html", contexte)


def _ecrire(request: RequeteHabilitee, code: str, formulaire: FormulaireVersion) -> bool:
    try:
        ecrire_version(code, **formulaire.cleaned_data, acte=acte_de(request))
    except Interdit as refus:
        formulaire.add_error("colonnes", refus.phrase)
        return False
    return True


@exiger(Permission.RAPPORT_PUBLIER)
@require_POST
def repondre(request: RequeteHabilitee, code: str, decision_id: uuid.UUID) -> HttpResponse:
    """Validate, refuse or take back what was proposed."""
    issue = request.POST.get("issue", "")
    if issue not in Issue.values:
        messages.error(request, "Choisissez de valider, de refuser ou de retirer cette proposition.")
        return redirect("infocentre-publier", code)
    try:
        repondre_decision(decision_id, Issue(issue), acte=acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
    else:
        messages.success(request, REPONDUES[Issue(issue)])
    return redirect("infocentre-publier", code)


def _proposer(request: RequeteHabilitee, code: str, formulaire: FormulaireDecision) -> bool:
    lues, instant = formulaire.cleaned_data, maintenant()
    decision = Decision(
        int(lues["version"]),
        NatureDecision(lues["nature"]),
        lues["prend_effet_le"] or instant,
        lues["nom"] or "",
    )
    return formulaire.tenter(
        proposer_decision, code, decision, motif=lues["motif"], acte=Acte(request.acteur, instant)
    )


def _presenter(decision: DecisionLue, request: RequeteHabilitee) -> dict[str, Any]:
    """``valide``, ``retire``: what this person may answer."""
    attend = not decision.issue
    return {
        "decision": decision,
        "quoi": NATURES[decision.nature],
        "valide": attend and not refus_de(exiger_valider, request.acteur, decision.auteur),
        "retire": attend and not refus_de(exiger_retirer, request.acteur, decision.auteur),
    }
