"""Sets of close demandes: what waits, the closest first; then one comparison and how it ends."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.accueil.onglets import onglets
from sne.guichet.doublons.forms.ensembles import FormulaireEnsemble
from sne.guichet.doublons.presentation.ensembles import presenter_ensemble, presenter_ligne
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.doublons.actions.ensembles import consulter_ensemble, decider_ensemble
from sne.registre.doublons.rules.ensembles import IssueEnsemble
from sne.registre.doublons.selectors.balayage import list_balayages
from sne.registre.doublons.selectors.ensembles import EnsembleLu, get_ensemble
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.DOUBLON_DECIDER)
@require_GET
def demandes_proches(request: RequeteHabilitee) -> HttpResponse:
    """Sets that wait, the closest first, and when the territory was last swept."""
    page, de_la_file = ouvrir_file(request, CodeFile.PROCHES)
    retenir(
        request,
        "Demandes proches",
        (("", reverse("ensemble-doublon", args=[ensemble.id])) for ensemble in page.lignes),
    )
    balayages = list_balayages([request.acteur.territoire])
    contexte = de_la_file | {
        "lignes": [presenter_ligne(ensemble) for ensemble in page.lignes],
        "balayage": balayages[0] if balayages else None,
        "onglets": onglets(request.acteur),
        "onglet": "demandes-proches",
    }
    return render(request, "guichet/doublons/ensembles_liste.html", contexte)


@exiger(Permission.DOUBLON_DECIDER)
@require_http_methods(["GET", "POST"])
def ensemble(request: RequeteHabilitee, ensemble_id: uuid.UUID) -> HttpResponse:
    """Demandes compared, person by person; a valid form ends the set, and its page says what comes next."""
    if request.method == "GET":
        lu = consulter_ensemble(ensemble_id, acte=acte_de(request))
        return _montrer(request, lu, FormulaireEnsemble(membres=lu.membres))
    lu = get_ensemble(ensemble_id, request.acteur, le=maintenant())
    formulaire = FormulaireEnsemble(request.POST, membres=lu.membres)
    if formulaire.is_valid() and _decider(request, lu, formulaire):
        messages.success(request, "Décision enregistrée. Aucune demande n’a changé.")
        meme = formulaire.cleaned_data["issue"] == IssueEnsemble.MEME_FOYER
        return apres(
            request, reverse("ensemble-doublon", args=[lu.id]) if meme else reverse("demandes-proches")
        )
    return _montrer(request, lu, formulaire)


def _decider(request: RequeteHabilitee, lu: EnsembleLu, formulaire: FormulaireEnsemble) -> bool:
    """End the set; a refusal about a field comes back beside it."""
    try:
        decider_ensemble(lu.id, **formulaire.decision(), acte=acte_de(request))
    except Interdit as exc:
        if not exc.champ:
            raise
        formulaire.add_error("foyer_0" if exc.champ == "groupes" else exc.champ, exc.phrase)
        return False
    return True


def _montrer(request: RequeteHabilitee, lu: EnsembleLu, formulaire: FormulaireEnsemble) -> HttpResponse:
    contexte = {
        "presente": presenter_ensemble(lu),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/doublons/ensemble.html", contexte)
