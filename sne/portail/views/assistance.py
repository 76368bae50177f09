"""Help asked of the service: what was asked and answered, one more word, « c’est réglé », whether it helped."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.assistance.actions.menages import Dit, ecrire_en_menage
from sne.assistance.rules.etats import SATISFACTIONS
from sne.assistance.rules.menages import SANS_TEXTE, Mot
from sne.assistance.selectors.menages import list_du_menage, list_en_chemin
from sne.demandeurs.rules.niveaux import Geste
from sne.portail.assistance.forms import FormulaireMot, FormulaireQuestion
from sne.portail.forms import FormulaireDuMenage
from sne.portail.middleware import RequeteDuMenage
from sne.portail.visites import sienne_de
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.socle.requete import identifiant


@require_http_methods(["GET", "HEAD", "POST"])
def assistance(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """« Mes questions »: each with its thread, who has it, and a field to go on. Their own alone."""
    sienne = sienne_de(request, nud, Geste.ECRIRE_A_L_ASSISTANCE)
    numero, refuse = request.POST.get("numero", ""), None
    if request.method == "POST":
        refuse = FormulaireMot(request.POST, auto_id=f"{numero}-%s")
        bouton = next((m for m in SANS_TEXTE if m == request.POST.get("geste")), None)
        if bouton:
            refuse.errors.clear()  # a button comes without the field
        dits = {"numero": numero, "geste": bouton or Mot.SUITE}
        if bouton is Mot.AVIS:
            dits["corps"] = request.POST.get("reponse", "")
        if refuse.is_valid() and _ecrire(request, sienne, refuse, **dits):
            return redirect("assistance-du-menage", nud)
    instant = request.visiteur.instant
    tickets = list_du_menage(request.visiteur.session.compte, nud, le=instant)
    vides = {
        t.numero: FormulaireMot(auto_id=f"{t.numero}-%s", initial={"formulaire": uuid.uuid4()})
        for t in tickets
    }
    contexte = {
        "nud": nud,
        "tickets": [
            (t, (refuse if refuse and t.numero == numero else vides[t.numero]) if t.ouvert else None)
            for t in tickets
        ],
        "satisfactions": SATISFACTIONS,
        "en_chemin": list_en_chemin(request.visiteur.session.compte, nud),
        "erreurs": refuse.erreurs() if refuse else (),
    }
    return render(request, "portail/menage/assistance.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """A question: of what kind, in a sentence, in full. Nothing that the file says is asked again."""
    sienne = sienne_de(request, nud, Geste.ECRIRE_A_L_ASSISTANCE)
    formulaire = FormulaireQuestion(initial={"formulaire": uuid.uuid4()})
    if request.method == "POST":
        formulaire = FormulaireQuestion(request.POST)
        champs = ("categorie", "titre", "corps")
        if formulaire.is_valid() and _ecrire(
            request, sienne, formulaire, **{nom: formulaire.cleaned_data[nom] for nom in champs}
        ):
            return redirect("assistance-du-menage", nud)
    contexte = {
        "nud": nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "portail/menage/assistance_nouvelle.html", contexte)


def _ecrire(request: RequeteDuMenage, sienne: Sienne, formulaire: FormulaireDuMenage, **dits: Any) -> bool:
    """Whether it is on its way; else the form says why."""
    demande = sienne.demande
    dit = {"corps": formulaire.cleaned_data.get("corps", ""), **dits}
    question = Dit(
        id=identifiant(request.POST.get("formulaire", "")) or uuid.uuid4(),
        demande=demande.id,
        nud=demande.nud,
        territoire=demande.territoire,
        **dit,
    )
    return formulaire.tenter(ecrire_en_menage, question, acte=sienne.acte)
