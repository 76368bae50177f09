"""Lift the protection of a demande: what it does, how the person was heard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.joindre.forms import FormulaireLevee
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.separation.actions.lever_protection import lever_protection
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

LEVEE = (
    "Protection levée. Les messages de cette demande repartent, et le dossier ne porte plus d’avertissement."
)


@exiger(Permission.SEPARATION_DECIDER)
@require_http_methods(["GET", "POST"])
def lever(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The form; a refusal about the sentence comes back beside it, another one on the page of refusals."""
    fiche = lire_demande(request, nud)
    formulaire = FormulaireLevee(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter_ou_lever(
        lever_protection, fiche.demande.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, LEVEE)
        return redirect("demande", fiche.demande.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "a_proteger": fiche.a_proteger,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/joindre/lever.html", contexte)
