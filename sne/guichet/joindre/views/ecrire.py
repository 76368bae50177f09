"""Writing to a household from its file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.joindre.forms import FormulaireMot
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.joindre.actions.ecrire_un_mot import ecrire_un_mot
from sne.registre.joindre.possible import exiger_ecrivable
from sne.registre.joindre.rules.mots import Mot
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

PARTI = "Message écrit. «\u00a0Messages\u00a0» dit quand il part, et par quelle voie."


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def ecrire(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """A sentence to choose, a line to add."""
    fiche = lire_demande(request, nud)
    exiger_ecrivable(fiche.source, request.acteur, instant=maintenant())
    formulaire = FormulaireMot(saisi_de(request))
    if formulaire.is_valid():
        dit = formulaire.cleaned_data
        if formulaire.tenter(
            ecrire_un_mot, fiche.demande.id, Mot(dit["mot"]), libre=dit["precision"], acte=acte_de(request)
        ):
            messages.success(request, PARTI, extra_tags="messages")
            return redirect(f"{reverse('demande', args=[fiche.demande.nud])}#messages")
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "a_proteger": fiche.a_proteger,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/joindre/ecrire.html", contexte)
