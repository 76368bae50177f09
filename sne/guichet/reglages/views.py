"""Dated parameters: the list, one of them with a form to propose another value, a proposal to answer."""

import uuid
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.guichet.reglages.forms import FormulaireProposition, FormulaireRecherche, FormulaireRefus
from sne.guichet.reglages.presentation import (
    en_ligne,
    presenter_propositions,
    presenter_valeur,
    presenter_valeurs,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.reglages.actions import (
    Saisie,
    accepter_parametre,
    proposer_parametre,
    refuser_parametre,
    retirer_parametre,
)
from sne.reglages.possible import exiger_acceptable, exiger_decidable, exiger_proposable, exiger_retirable
from sne.reglages.selectors import (
    Proposition,
    Reglage,
    get_proposition,
    get_reglage,
    list_propositions,
    list_reglages,
)
from sne.socle.erreurs import Interdit, Introuvable, refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

PROPOSEE = "Valeur proposée. Une autre personne doit l’accepter avant son premier jour."
REFUSEE = "Valeur refusée. Rien ne change."
ACTES: Mapping[str, tuple[Callable[..., None], str]] = {
    "accepter": (
        accepter_parametre,
        "Valeur acceptée. Elle s’applique d’elle-même à partir de son premier jour.",
    ),
    "retirer": (retirer_parametre, "Proposition retirée. Rien ne change."),
}
"""Acts of one click, and what is said once they are done."""


@exiger(Permission.PARAMETRE_GERER)
@require_GET
def parametres(request: RequeteHabilitee) -> HttpResponse:
    """What waits for an answer, what is to come, then every parameter that the search keeps."""
    le = aujourd_hui()
    tous = list_reglages(le=le)
    domaines = sorted({r.domaine for r in tous})
    recherche = FormulaireRecherche(request.GET or None, domaines=domaines)
    texte, domaine = ("", "")
    if recherche.is_valid():
        texte, domaine = recherche.cleaned_data["q"], recherche.cleaned_data["domaine"]
    contexte = {
        "ouvertes": presenter_propositions(list_propositions(ouvertes=True), tous),
        "a_venir": [(r, presenter_valeur(v)) for r in tous for v in r.a_venir],
        "recherche": recherche,
        "cherche": bool(texte or domaine),
        "domaines": [(d, sum(r.domaine == d for r in tous)) for d in domaines],
        "lignes": [(r, presenter_valeur(r.lue)) for r in list_reglages(le=le, texte=texte, domaine=domaine)]
        if texte or domaine
        else [],
    }
    return render(request, "guichet/reglages/liste.html", contexte)


@exiger(Permission.PARAMETRE_GERER)
@require_http_methods(["GET", "POST"])
def parametre(request: RequeteHabilitee, code: str) -> HttpResponse:
    """What holds, what is to come, what held; a valid form proposes another value."""
    reglage = get_reglage(code, le=aujourd_hui())
    formulaire = FormulaireProposition(saisi_de(request), reglage=reglage)
    if formulaire.is_valid():
        try:
            proposition_id = proposer_parametre(
                code, Saisie(**formulaire.cleaned_data), acte=acte_de(request)
            )
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, PROPOSEE)
            return redirect("parametre-proposition", proposition_id)
    return _montrer(request, reglage, formulaire)


def _montrer(request: RequeteHabilitee, reglage: Reglage, formulaire: FormulaireProposition) -> HttpResponse:
    sinon = refus_de(exiger_proposable, reglage.code, request.acteur)
    contexte = {
        "reglage": reglage,
        "lue": presenter_valeur(reglage.lue),
        "a_venir": presenter_valeurs(reglage.a_venir),
        "passees": presenter_valeurs(reglage.passees),
        "propositions": presenter_propositions(list_propositions(code=reglage.code), [reglage]),
        "formulaire": None if sinon else formulaire,
        "sinon": sinon,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/reglages/parametre.html", contexte)


@exiger(Permission.PARAMETRE_GERER)
@require_http_methods(["GET", "POST"])
def proposition(request: RequeteHabilitee, proposition_id: uuid.UUID) -> HttpResponse:
    """One proposal beside what holds; a valid form refuses it."""
    lue = get_proposition(proposition_id)
    formulaire = FormulaireRefus(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(
        refuser_parametre, lue.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, REFUSEE)
        return redirect("parametres")
    return _montrer_la_proposition(request, lue, formulaire)


def _montrer_la_proposition(
    request: RequeteHabilitee, lue: Proposition, formulaire: FormulaireRefus
) -> HttpResponse:
    le = aujourd_hui()
    reglage = get_reglage(lue.code, le=le)
    [etat] = presenter_propositions([lue], [reglage])
    sinon = refus_de(exiger_acceptable, lue, request.acteur, le=le)
    contexte = {
        "etat": etat,
        "reglage": reglage,
        "avant": en_ligne(reglage.lue.valeur),
        "accepte": not sinon,
        "sinon": sinon,
        "retire": not refus_de(exiger_retirable, lue, request.acteur),
        "formulaire": None if refus_de(exiger_decidable, lue, request.acteur) else formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/reglages/proposition.html", contexte)


@exiger(Permission.PARAMETRE_GERER)
@require_POST
def repondre(request: RequeteHabilitee, proposition_id: uuid.UUID, acte: str) -> HttpResponse:
    """Put it in force, or take it back."""
    if acte not in ACTES:
        raise Introuvable("Cet acte n’existe pas. Revenez à la liste des paramètres.")
    faire, fait = ACTES[acte]
    try:
        faire(proposition_id, acte=acte_de(request))
    except Interdit as refus:
        messages.error(request, refus.phrase)
        return redirect("parametre-proposition", proposition_id)
    messages.success(request, fait)
    return redirect("parametres")
