"""What the controls remark on a file: each corrected, or answered « c’est exact, parce que… »."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.parcours import apres, situer
from sne.guichet.modification.forms import FormulaireRemarque
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.contenu.rules.anomalie import Anomalie
from sne.registre.contenu.rules.remarques import en_mots
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.expliquer import expliquer_remarque
from sne.registre.modification.possible import exiger_modifiable
from sne.registre.modification.selectors.remarques import list_remarques_de
from sne.saisie.forms.pages import PAGES, page_du_chemin
from sne.saisie.presentation.valeurs import phrase_de
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de

LEVEE = "Remarque levée. Rien n’a changé dans ce que la personne a déclaré."


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def remarques(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Every remark of the file, one form each; then the next file of the list, when the button asks for it."""
    fiche = lire_demande(request, nud)
    exiger_modifiable(fiche.source, request.acteur)
    code = request.POST.get("code", "")
    formulaire = FormulaireRemarque(request.POST if code else None)
    if (
        code
        and formulaire.is_valid()
        and formulaire.tenter(
            expliquer_remarque, fiche.demande.id, code, **formulaire.cleaned_data, acte=acte_de(request)
        )
    ):
        messages.success(request, LEVEE)
        return _apres(request, fiche, code)
    parcours = situer(request, fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "parcours": parcours,
        "remarques": [
            (ligne, formulaire if ligne[0] == code else FormulaireRemarque(auto_id=f"id_{ligne[0]}_%s"))
            for ligne in presenter(fiche)
        ],
        "erreurs": formulaire.erreurs() if code else (),
    }
    return render(request, "guichet/modification/remarques.html", contexte)


def _apres(request: RequeteHabilitee, fiche: Fiche, code: str) -> HttpResponse:
    """The remarks that are left; else the next file of the list, when it was asked for; else the file."""
    nud = fiche.demande.nud
    if any(autre.code != code for autre in list_remarques_de(fiche.source, fiche.contenu)):
        return redirect("demande-remarques", nud)
    return apres(request, reverse("demande", args=[nud]), nud=nud)


def presenter(fiche: Fiche) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(code, what it is in short, (sentence, where it is corrected) of each place), remark by remark."""
    par_code: dict[str, list[Anomalie]] = {}
    for anomalie in list_remarques_de(fiche.source, fiche.contenu):
        par_code.setdefault(anomalie.code, []).append(anomalie)
    return [
        (code, en_mots([code]), [(phrase_de(a, fiche.contenu), _ou(fiche, a)) for a in anomalies])
        for code, anomalies in par_code.items()
    ]


def _ou(fiche: Fiche, anomalie: Anomalie) -> str:
    page = page_du_chemin(anomalie.chemin)
    return reverse("demande-modifier", args=[fiche.demande.nud, page]) if page in PAGES else ""
