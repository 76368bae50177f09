"""A registration made twice by mistake: the territorial manager takes it back, or puts it back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.vie.forms.annulation import FormulaireAnnulation, FormulaireRetablissement
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee

Agir = Callable[..., None]


@exiger(Permission.DEMANDE_ANNULER)
@require_http_methods(["GET", "POST"])
def annuler(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Which demande is kept, and what happened."""
    formulaire = FormulaireAnnulation(request.POST if request.method == "POST" else None)
    return _traiter(
        request, nud, formulaire, annuler_enregistrement, "Demande annulée. Elle peut être rétablie."
    )


@exiger(Permission.DEMANDE_ANNULER)
@require_http_methods(["GET", "POST"])
def retablir(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Why it was no double."""
    formulaire = FormulaireRetablissement(request.POST if request.method == "POST" else None)
    return _traiter(request, nud, formulaire, retablir_demande, "Demande rétablie, sous le même numéro.")


def _traiter(
    request: RequeteHabilitee, nud: str, formulaire: FormulaireRetablissement, agir: Agir, dit: str
) -> HttpResponse:
    """The form, or the act; a refusal about a field comes back beside it."""
    fiche = lire_demande(request, nud)
    if request.method == "POST" and formulaire.is_valid():
        try:
            acte = Acte(request.acteur, maintenant())
            agir(fiche.demande.id, **formulaire.cleaned_data, acte=acte)
        except Interdit as exc:
            if exc.champ not in formulaire.fields:
                raise
            formulaire.add_error(exc.champ, exc.phrase)
        else:
            messages.success(request, dit)
            return redirect("demande", fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
        "annuler": isinstance(formulaire, FormulaireAnnulation),
    }
    return render(request, "guichet/vie/annuler.html", contexte)
