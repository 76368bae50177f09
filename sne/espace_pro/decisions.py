"""Decisions of the programme: read by everybody, answered for a territory, kept by those who hold the register."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sne.espace_pro.cadre import acteur_de
from sne.espace_pro.forms_decisions import (
    FormulaireConclusion,
    FormulaireCondition,
    FormulaireMesure,
    FormulaireQuestion,
    FormulaireSuite,
    FormulaireVote,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.programme.actions.decider import (
    Conclusion,
    Question,
    conclure,
    dire_suite,
    lever_condition,
    mesurer,
    mettre_au_vote,
    voter,
)
from sne.programme.policies import can_tenir
from sne.programme.possible import exiger_clore, exiger_suivre, exiger_voter
from sne.programme.rules.decisions import ETATS, INSTANCES, SUITES, Etat, Instance, Suite
from sne.programme.selectors import DecisionLue, get_decision, list_decisions
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.forms import Formulaire, rassembler_erreurs
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de

FAITES = {
    "voter": "La réponse de votre territoire est enregistrée. Vous pouvez la changer jusqu’à la fin du vote.",
    "conclure": "La décision est consignée.",
    "suivre": "La suite est consignée.",
    "mesurer": "La mesure est consignée.",
    "lever": "La condition est levée.",
}


@login_not_required
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """All of them; those that wait for the reader's territory first."""
    acteur = acteur_de(request)
    toutes = list_decisions(acteur, jour=jour(maintenant()))
    etat = request.GET.get("etat", "")
    contexte = {
        "manquent": [d for d in toutes if d.manque],
        "decisions": [d for d in toutes if not etat or d.etat == etat],
        "etats": [(e.value, ETATS[e], sum(d.etat is e for d in toutes)) for e in Etat],
        "etat": ETATS[Etat(etat)] if etat in set(Etat) else "",
        "tient": acteur is not None and can_tenir(acteur),
    }
    return render(request, "espace_pro/decisions.html", contexte)


@exiger(Permission.PROGRAMME_TENIR)
@require_http_methods(["GET", "POST"])
def nouvelle(request: RequeteHabilitee) -> HttpResponse:
    """A decision is put to the vote."""
    formulaire = FormulaireQuestion(saisi_de(request))
    if formulaire.is_valid():
        try:
            faite = mettre_au_vote(
                Question(**formulaire.cleaned_data), acte=Acte(request.acteur, maintenant())
            )
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, "La décision est mise au vote.")
            return redirect("aide-decision", faite.code)
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "espace_pro/decision_nouvelle.html", contexte)


@login_not_required
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """One of them; what its reader may do of it stands under it, one form each."""
    acteur = acteur_de(request)
    lue = get_decision(code, acteur, jour=jour(maintenant()))
    possibles = _possibles(request, lue)
    geste = request.POST.get("geste", "")
    formulaires = {nom: fabrique(None) for nom, fabrique in possibles.items()}
    if acteur is not None and geste in possibles:
        formulaire = formulaires[geste] = possibles[geste](request.POST)
        if formulaire.is_valid() and _faire(geste, lue, formulaire, Acte(acteur, maintenant())):
            messages.success(request, FAITES[geste.partition("-")[0]])
            return redirect("aide-decision", code)
    contexte = {
        "lue": lue,
        "instance": INSTANCES[Instance(lue.decision.instance)],
        "suites": [(s, SUITES[Suite(s.etat)]) for s in lue.suites],
        "formulaires": formulaires,
        "leves": [(c, formulaires.get(f"lever-{c.id}")) for c in lue.conditions],
        "erreurs": rassembler_erreurs(formulaires.values()),
    }
    return render(request, "espace_pro/decision.html", contexte)


def _possibles(request: HttpRequest, lue: DecisionLue) -> dict[str, Callable[[Any], Formulaire]]:
    """The forms that its reader may send, by the name of what they do."""
    acteur, le = acteur_de(request), jour(maintenant())
    if acteur is None:
        return {}
    forms: dict[str, Callable[[Any], Formulaire]] = {}
    if not refus_de(exiger_voter, acteur, lue.decision, jour=le):
        forms["voter"] = lambda saisi: FormulaireVote(saisi, questions=lue.questions, siennes=lue.siennes)
    if not refus_de(exiger_clore, acteur, lue.decision, jour=le):
        forms["conclure"] = FormulaireConclusion
    if not refus_de(exiger_suivre, acteur, lue.decision):
        forms |= {"suivre": FormulaireSuite, "mesurer": FormulaireMesure}
        attendent = (c for c in lue.conditions if c.levee_le is None)
        forms |= {f"lever-{c.id}": FormulaireCondition for c in attendent}
    return forms


def _faire(geste: str, lue: DecisionLue, formulaire: Formulaire, acte: Acte) -> bool:
    """Whether it was done; what refused it is said on its field."""
    dits, code = formulaire.cleaned_data, lue.decision.code
    try:
        if geste == "voter":
            choix = {groupe: dits[f"groupe_{groupe}"] for groupe, _, _ in lue.questions}
            choix = {groupe: "" if lettre == "-" else lettre for groupe, lettre in choix.items()}
            voter(code, choix, dits["commentaire"], acte=acte)
        elif geste == "conclure":
            conclure(code, Conclusion(**dits | {"conditions": dits["conditions"].splitlines()}), acte=acte)
        elif geste == "suivre":
            dire_suite(code, dits["etat"], motif=dits["motif"], lien=dits["lien"], acte=acte)
        elif geste == "mesurer":
            mesurer(code, **dits, acte=acte)
        else:
            lever_condition(code, uuid.UUID(geste.removeprefix("lever-")), dits["preuve"], acte=acte)
    except Interdit as refus:
        formulaire.refuser(refus)
        return False
    return True
