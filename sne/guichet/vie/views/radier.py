"""Striking off: what it ends and what it keeps, the reason, the proof."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.vie.forms.radiation import FormulaireRadiation
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.vie.actions.radier import Radiee, radier_demande
from sne.registre.vie.selectors.radiation import list_motifs
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.requete import RequeteHabilitee
from sne.socle.templatetags.socle_tags import date_fr


@exiger(Permission.DEMANDE_RADIER)
@require_http_methods(["GET", "POST"])
def radier(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The form; posted and accepted, the file says until when the demande may come back."""
    fiche = lire_demande(request, nud)
    motifs = list_motifs(request.acteur, territoire=fiche.demande.territoire, le=aujourd_hui())
    formulaire = FormulaireRadiation(
        request.POST if request.method == "POST" else None,
        motifs=motifs,
        passee_max_jours=get_parametres(aujourd_hui())[ParametresDemande].radiation_passee_max_jours,
    )
    if request.method == "POST" and formulaire.is_valid() and (faite := _radier(request, fiche, formulaire)):
        messages.success(
            request,
            f"Demande radiée. Elle peut être réactivée jusqu’au {date_fr(faite.reactivable_jusqu_au)}\u00a0: "
            "numéro et ancienneté sont gardés.",
        )
        return redirect("demande", faite.nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
    }
    return render(request, "guichet/vie/radier.html", contexte)


def _radier(request: RequeteHabilitee, fiche: Fiche, formulaire: FormulaireRadiation) -> Radiee | None:
    """Strike off; a refusal about a field comes back beside it."""
    try:
        return radier_demande(fiche.demande.id, formulaire.faits(), acte=Acte(request.acteur, maintenant()))
    except Interdit as exc:
        if exc.champ not in formulaire.fields:
            raise
        formulaire.add_error(exc.champ, exc.phrase)
        return None
